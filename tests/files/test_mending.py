"""Refused rows go out to Excel and come back as they were."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.errors import InputError
from lianfang.files import Reject, Row, open_source
from lianfang.files.mending import (
    LINES,
    MISSING,
    MORE,
    TOLD,
    Refused,
    bare,
    guarded,
    mended,
    mending,
)

TELL = ("7", "正文", "=1+1", "怎么改")
NAMES = ["平台", "正文", "时间"]
# What csv takes for the end of a record within quotes comes back as it was.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"))


def out(rows, *, names=NAMES, format_="csv", text=None):
    made = io.BytesIO()
    told = [Refused(TELL, row) for row in rows]
    mending(format_, names, told, text, into=made, scratch=io.BytesIO())
    return made.getvalue()


def back(content, name="a.csv"):
    made = io.BytesIO()
    format_ = mended(name, io.BytesIO(content), made)
    return format_, made.getvalue()


def cells(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def items(format_, content):
    opened = io.BytesIO(content)
    column = "正文" if format_ == "csv" else None
    with open_source(f"a.{format_}", opened=opened, text_column=column) as source:
        return list(source)


@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3).filter(any), min_size=1))
def test_cells_that_nobody_touched_come_back(rows):
    format_, content = back(out(rows))
    assert (format_, cells(content)) == ("csv", [NAMES, *rows])


@given(TEXTS)
def test_a_guard_is_taken_away(cell):
    assert bare(guarded(cell)) == cell


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+86 138", "-1", "@a", "\t=1", "＝1", "622202123456789012", "0012", "2026-10-02 10:11",
     "Oct 2, 2026", "TRUE", " x", "'x", "1E5", "3月2日", MISSING, MORE],
)  # fmt: skip
def test_excel_takes_it_for_text(cell):
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell",
    ["", "今天天气真好", "https", "加微信聊聊，不成功不收费不成功不收费不成功不收费 13812345678"],
)
def test_what_is_text_anyway_stays(cell):
    assert guarded(cell) == cell


def test_it_opens_in_excel_and_tells_what_to_do():
    content = out([["甲", "乙", "丙"]])
    assert content.startswith(b"\xef\xbb\xbf")
    header, row = cells(content)
    assert header == [*TOLD, *NAMES]
    assert row[:4] == ["'7", "正文", "'=1+1", "怎么改"]


def test_a_row_that_nobody_mended_is_refused_again():
    rows = [["甲"], ["甲", "乙", "丙", "丁"], ["甲", "", "丙"]]
    sent = out(rows, text=1)
    assert cells(sent)[0][-1] == MORE
    assert cells(sent)[1][5:] == [MISSING, MISSING]
    assert cells(sent)[3][5] == MISSING
    assert [type(one) for one in items(*back(sent))] == [Reject] * 3


def test_mended_rows_are_read_at_their_places():
    header, short, long = cells(out([["甲"], ["甲", "乙", "丙", "丁"]]))
    short[5:] = ["写好了", "", ""]
    long[5:] = ["乙丙", "丁", ""]
    book, made = openpyxl.Workbook(), io.BytesIO()
    for row in (header, short, [], long):
        book.active.append(row)
    book.save(made)
    assert items(*back(made.getvalue(), "a.xlsx")) == [Row(2, 2, "写好了"), Row(4, 4, "乙丙")]


def test_excel_may_save_it_in_gbk_with_other_delimiters():
    text = out([["甲", "=乙", "0012"]]).decode("utf-8-sig").replace(",", "\t")
    assert cells(back(text.encode("gb18030"))[1]) == [NAMES, ["甲", "=乙", "0012"]]


@pytest.mark.parametrize(
    ("format_", "line", "wanted"),
    [("jsonl", '{"text": "=1"', Reject), ("jsonl", '{"text": "=1"}', Row), ("txt", "=一 二", Row)],
)
def test_lines_come_back_as_lines(format_, line, wanted):
    sent = out([[line]], names=[""], format_=format_)
    assert cells(sent)[0][-1] == LINES[format_]
    found, content = back(sent)
    assert (found, content) == (format_, f"\n{line}\n".encode())
    assert [type(one) for one in items(found, content)] == [wanted]
    assert items(found, content)[0].__getattribute__("number" if wanted is Row else "row") == 2


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"", "行号,列\n1,2\n".encode()])
def test_another_file_is_refused(content):
    with pytest.raises(InputError, match="first four columns"):
        back(content)
