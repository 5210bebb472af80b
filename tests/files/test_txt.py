from __future__ import annotations

from lianfang.files import Reject, Row


def test_one_row_a_line_numbered_as_in_an_editor(read):
    items = read("a.txt", "第一条\r\n\n  \n第四条\n最后".encode())
    assert items == [Row(1, 1, "第一条"), Row(4, 4, "第四条"), Row(5, 5, "最后")]


def test_only_line_feeds_split(read, texts):
    line = "a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g\rh"
    assert texts(read("a.txt", f"{line}\nnext\n".encode())) == [line, "next"]


def test_spaces_and_nul_are_kept(read, texts):
    assert texts(read("a.txt", b" a\0b \r\n\0\n")) == [" a\0b ", "\0"]


def test_empty_files_yield_nothing(read):
    assert read("a.txt", b"") == []
    assert read("b.txt", b"\xef\xbb\xbf") == []
    assert read("c.txt", b"\n \r\n") == []


def test_a_bad_line_costs_itself_alone(read):
    first, bad, last = read("a.txt", "好\n".encode() + b"abc\xff\xff\n" + "后".encode())
    assert (first, last) == (Row(1, 1, "好"), Row(3, 3, "后"))
    assert isinstance(bad, Reject)
    assert (bad.row, bad.column) == (2, None)
    assert bad.reason == "neither UTF-8 nor GB18030"
    assert bad.source.endswith("a.txt")
    assert bad.what_to_do
    assert bad.raw.startswith("abc")
    assert "\n" not in bad.raw


def test_a_line_of_ten_megabytes(read, texts):
    long = "长" * 3_500_000
    assert texts(read("a.txt", f"{long}\n短\n".encode())) == [long, "短"]
