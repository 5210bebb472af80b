from __future__ import annotations

import pytest

from lianfang.files import Reject, Row


def test_rows_carry_their_ids(read):
    content = """{"id": "a", "text": "一"}

{"text": "二", "id": 7}
{"text": "三"}
{"text": "", "id": 0, "more": {"x": [1, 2.5, null]}}
""".encode()
    assert read("a.jsonl", content) == [
        Row(1, "a", "一"),
        Row(3, 7, "二"),
        Row(4, 4, "三"),
        Row(5, 0, ""),
    ]


def test_columns_by_name(read):
    content = '{"body": "一", "no": "x", "text": "other", "id": 5}\n'.encode()
    assert read("a.ndjson", content, text_column="body", id_column="no") == [Row(1, "x", "一")]


@pytest.mark.parametrize(
    ("line", "reason", "column"),
    [
        ("{", "not JSON", None),
        ('{"text": "a"} x', "not JSON", None),
        ("", "not JSON", None),
        ('["a"]', "a list, not an object", None),
        ("null", "null, not an object", None),
        ('"a"', "a string, not an object", None),
        ("3", "a number, not an object", None),
        ("{}", 'no "text" among no columns at all', "text"),
        ('{"body": "a", "n": 1}', 'no "text" among "body", "n"', "text"),
        ('{"text": null}', '"text" is null; a missing text is unknown, not empty', "text"),
        ('{"text": 3}', '"text" is a number, not a string', "text"),
        ('{"text": true}', '"text" is true or false, not a string', "text"),
        ('{"text": ["a"]}', '"text" is a list, not a string', "text"),
        ('{"text": "a", "id": 1.5}', '"id" is a number, not a string', "id"),
        ('{"text": "a", "id": true}', '"id" is true or false', "id"),
        ('{"text": "a", "id": null}', '"id" is null', "id"),
        ('{"text": "a", "id": ' + "9" * 5_000 + "}", "too many digits", None),
        ('{"text": ' * 100_000, "nested too deep", None),
        ("[" * 100_000, "nested too deep", None),
        ('{"text": "\\ud800", "x":' + "[" * 100_000, "nested too deep", None),
    ],
)
def test_a_bad_line_is_rejected_with_its_reason(read, line, reason, column):
    before, bad, after = read("a.jsonl", f'{{"text":"a"}}\n{line or "{"}\n{{"text":"b"}}'.encode())
    assert (before, after) == (Row(1, 1, "a"), Row(3, 3, "b"))
    assert isinstance(bad, Reject)
    assert reason in bad.reason
    assert (bad.row, bad.column) == (2, column)
    assert bad.what_to_do
    assert bad.raw == (line or "{")[:2_000]


def test_what_msgspec_refuses_is_read_all_the_same(read, texts):
    content = (
        b'{"text": "\\ud800x"}\n{"text": "a\0b\tc"}\n{"text": "\\u0000"}\n'
        b'{"text": "y", "score": NaN}\n{"text": "z", "n": 1e999}\n\xef\xbb\xbf{"text": "w"}\n'
    )
    assert texts(read("a.jsonl", content)) == ["\ud800x", "a\0b\tc", "\0", "y", "z", "w"]


def test_long_ids_stay_exact_and_the_last_of_two_keys_counts(read):
    content = b'{"id": 123456789012345678901234567890, "text": "a", "text": "b"}\n'
    assert read("a.jsonl", content) == [Row(1, 123456789012345678901234567890, "b")]


def test_encodings(read, texts):
    line = '{"text": "𠮷转账"}'
    assert texts(read("a.jsonl", f"{line}\r\n".encode() + line.encode("gb18030"))) == ["𠮷转账"] * 2
    assert texts(read("b.jsonl", line.encode("utf-16"))) == ["𠮷转账"]
    bad, good = read("c.jsonl", b'{"text": "\xff\xff"}\n' + line.encode())
    assert isinstance(bad, Reject)
    assert bad.reason == "neither UTF-8 nor GB18030"
    assert good == Row(2, 2, "𠮷转账")
