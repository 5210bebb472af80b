from __future__ import annotations

import csv
import io

import pytest

from lianfang.errors import InputError
from lianfang.files import Reject, Row


def test_rows_are_numbered_as_in_excel(read):
    content = 'id,内容\r\na1,"一,二"\r\na2,"三\r\n四 ""引"" "\r\n\r\n,五\r\n'.encode()
    assert read("a.csv", content) == [
        Row(2, "a1", "一,二"),
        Row(3, "a2", '三\r\n四 "引" '),
        Row(5, 5, "五"),
    ]


def test_blank_lines_before_the_header_count(read):
    assert read("a.csv", b"\n  \ntext\nx\n") == [Row(4, 4, "x")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("suffix", ["csv", "tsv", "TSV"])
def test_the_delimiter_is_found_in_the_header(read, delimiter, suffix):
    content = f"id{delimiter}text\n1{delimiter}好\n".encode()
    assert read(f"a.{suffix}", content) == [Row(2, "1", "好")]


def test_a_known_name_outweighs_a_count(read):
    assert read("a.csv", b"text;a,b,c\nx;y\n") == [Row(2, 2, "x")]


def test_a_single_column_needs_no_usual_name(read, texts):
    assert texts(read("a.csv", '原话\n好\n\n""\n'.encode())) == ["好", ""]


def test_headers_without_rows_and_empty_files(read):
    assert [read(f"{n}.csv", c) for n, c in enumerate((b"text\n", b"text", b"", b"\n\n"))] == [
        []
    ] * 4


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"a,b\n1,2\n", 'no text column; the columns are "a", "b"'),
        (b"te\xff\xffxt,b\n", "unreadable header: neither UTF-8 nor GB18030"),
        (b'"text,b\n1,2\n', "unreadable header: a quote opened on line 1"),
        (b"text\rx\ry\r", "unreadable header: a carriage return"),
        (b",,\n,\n", "no header"),
    ],
)
def test_an_unusable_header_is_an_error(read, content, what):
    with pytest.raises(InputError) as caught:
        read("a.csv", content)
    assert caught.value.what.startswith(what)
    assert "a.csv" in caught.value.where
    assert caught.value.do


def test_a_huge_header_is_no_crash(read):
    with pytest.raises(InputError) as caught:
        read("a.csv", b"x" * 1_000_000 + b",y\n")
    assert len(str(caught.value)) < 500


def test_field_counts(read):
    few, good, many, empty = read("a.csv", b"id,text\n1\n2,b\n3,c,d\n4,\n,\n")
    assert (good, empty) == (Row(3, "2", "b"), Row(5, "4", ""))
    assert isinstance(few, Reject)
    assert (few.row, few.column, few.raw) == (2, "text", "1")
    assert few.reason == "1 field where the header has 2"
    assert isinstance(many, Reject)
    assert (many.row, many.reason) == (4, "3 fields where the header has 2")
    assert "quotes" in many.what_to_do


def test_a_bad_line_inside_a_record_costs_the_record(read):
    content = b'text,id\n"one\n\xff\xff, "\n",1\nb,2\n\xff\xff,3\nc,4\n'
    bad, b, alone, c = read("a.csv", content.replace(b', "', b', ""'))
    assert (b, c) == (Row(3, "2", "b"), Row(5, "4", "c"))
    assert isinstance(bad, Reject)
    assert isinstance(alone, Reject)
    assert bad.reason == alone.reason == "neither UTF-8 nor GB18030"
    assert [bad.row, alone.row] == [2, 4]


def test_encodings(read, texts):
    rows = (
        "text,id\n𠮷转账,1\n".encode("gb18030") + "退保,2\n".encode() + "谢谢,3".encode("gb18030")
    )
    assert texts(read("a.csv", rows)) == ["𠮷转账", "退保", "лл"]
    assert texts(read("b.csv", '内容,id\n"一\n二",1\n'.encode("utf-16"))) == ["一\n二"]
    assert texts(read("c.csv", "text,id\n一,1\n".encode("utf-8-sig"))) == ["一"]


def test_a_gb18030_file_keeps_its_short_texts(read, texts):
    assert texts(read("a.csv", "内容,id\n谢谢,1\n".encode("gb18030"))) == ["谢谢"]


def test_nul_and_other_line_ends_stay_in_the_text(read, texts):
    text = "a\0b\u2028c\x0bd\x85"
    assert texts(read("a.csv", f"text,id\n{text},1\n".encode())) == [text]


def test_a_field_of_ten_megabytes(read, texts):
    long = "长" * 3_500_000
    assert texts(read("a.csv", f"text,id\n{long},1\nb,2\n".encode())) == [long, "b"]


def test_the_limit_on_fields_is_raised_and_never_lowered(read):
    before = csv.field_size_limit(1 << 40)
    try:
        read("a.csv", b"text\nx\n")
        assert csv.field_size_limit() == 1 << 40
    finally:
        csv.field_size_limit(before)


def test_too_long_a_line_is_rejected(read):
    content = b"text,id\n" + b"x" * 50 + b',1\n"a\n' + b"y" * 60 + b'",2\nb,3\n'
    items = read("a.csv", content, max_line_bytes=40)
    assert [type(item) for item in items] == [Reject, Reject, Reject, Row]
    assert items[-1] == Row(5, "3", "b")


def test_agrees_with_csv_on_what_csv_writes(read):
    file = io.StringIO()
    rows = [["1", 'a"b'], ["2", "c\nd,e"], ["3", " f "], ["4", '""\n""'], ["5", "g\rh"]]
    csv.writer(file).writerows([["id", "text"], *rows])
    items = read("a.csv", file.getvalue().encode())
    assert [[item.id, item.text] for item in items] == rows
