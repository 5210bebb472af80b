from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from lianfang.errors import InputError
from lianfang.files import xlsx_guard
from lianfang.files.xlsx_guard import check_size


def workbook(**cells: str) -> io.BytesIO:
    book = openpyxl.Workbook()
    for address, value in cells.items():
        book.active[address] = value
    file = io.BytesIO()
    book.save(file)
    return file


def test_a_word_in_the_far_corner_is_refused_before_calamine_aborts(read):
    with pytest.raises(InputError) as caught:
        read("a.xlsx", workbook(A1="text", A2="a", XFD1048576="far").getvalue())
    assert "too many cells" in caught.value.what
    assert "CSV" in caught.value.do


def test_wide_and_long_tables_pass(read, texts):
    assert texts(read("a.xlsx", workbook(A1="text", A2="a", XFD2="far").getvalue())) == ["a"]
    check_size(workbook(A1="text", Z1048576="far"), "a.xlsx")


def test_the_limit_on_cells(monkeypatch):
    monkeypatch.setattr(xlsx_guard, "MAX_CELLS", 28 * 10)
    check_size(workbook(A1="a", AB10="b"), "a.xlsx")
    for far in ("AB11", "AC10"):
        with pytest.raises(InputError, match="too many cells"):
            check_size(workbook(A1="a", **{far: "b"}), "a.xlsx")


def test_an_address_across_two_blocks_is_seen(monkeypatch):
    monkeypatch.setattr(xlsx_guard, "BLOCK", 7)
    with pytest.raises(InputError, match="too many cells"):
        check_size(workbook(A1="a", XFD1048576="b"), "a.xlsx")


def test_an_address_written_in_a_cell_is_none():
    check_size(workbook(A1='<c r="XFD1048576"'), "a.xlsx")


def test_a_bomb_is_refused(monkeypatch):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/a.xml", b" " * 2_000_000)
    monkeypatch.setattr(xlsx_guard, "MAX_UNPACKED", 1_000_000)
    with pytest.raises(InputError, match="unpacks to more"):
        check_size(file, "a.xlsx")


def test_a_zip_with_a_password_is_refused():
    content = bytearray(workbook(A1="a").getvalue())
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1
    with pytest.raises(InputError, match="not a workbook"):
        check_size(io.BytesIO(bytes(content)), "a.xlsx")
