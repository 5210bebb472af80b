"""A file as a table of cells."""

from __future__ import annotations

import io
import json

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lianfang.errors import InputError
from lianfang.files.tables import look, open_table

NAMES, ROWS = ["平台", "标题", "正文"], [["甲", "一", "二"], ["乙", "", "三"]]


def csv_bytes(delimiter=",", encoding="utf-8"):
    lines = [NAMES, *ROWS]
    return "".join(delimiter.join(cells) + "\n" for cells in lines).encode(encoding)


def jsonl_bytes():
    objects = [dict(zip(NAMES, row, strict=True)) for row in ROWS]
    return "\n".join(json.dumps(one) for one in [*objects, {"更多": 1}]).encode()


def xlsx_bytes():
    book, made = openpyxl.Workbook(), io.BytesIO()
    for row in [[], NAMES, *ROWS]:
        book.active.append(row)
    book.save(made)
    return made.getvalue()


def parquet_bytes():
    made = io.BytesIO()
    columns = zip(*ROWS, strict=True)
    table = pa.table({name: list(cells) for name, cells in zip(NAMES, columns, strict=True)})
    pq.write_table(table, made)
    return made.getvalue()


TABLES = {
    "a.csv": (csv_bytes(), 2),
    "gb.csv": (csv_bytes(encoding="gb18030"), 2),
    "a.tsv": (csv_bytes("\t"), 2),
    "a.xlsx": (xlsx_bytes(), 3),
    "a.parquet": (parquet_bytes(), 1),
}


@pytest.mark.parametrize("name", TABLES)
def test_cells_of_a_table(name):
    content, first = TABLES[name]
    file = io.BytesIO(content)
    with open_table(name, file) as table:
        assert table.names == NAMES
        assert list(table.rows) == list(enumerate(ROWS, first))
    assert look(name, file, rows=1).rows == ROWS[:1]
    assert not file.closed


def test_a_line_is_a_cell():
    with open_table("a.txt", io.BytesIO("一\n\n二\r\n".encode())) as table:
        assert (table.names, list(table.rows)) == ([""], [(1, ["一"]), (3, ["二"])])
    assert look("a.txt", io.BytesIO("一".encode())).names == []


def test_keys_of_objects_are_columns():
    found = look("a.jsonl", io.BytesIO(jsonl_bytes()))
    assert found.names == sorted([*NAMES, "更多"])
    assert dict(zip(found.names, found.rows[0], strict=True)) == {
        **dict(zip(NAMES, ROWS[0], strict=True)), "更多": ""
    }  # fmt: skip


def test_rows_that_went_wrong_come_as_they_are():
    content = '平台,正文\n甲\n甲,乙,丙\n甲,"乙\n丙,'.encode() + b"\xff\n"
    with open_table("a.csv", io.BytesIO(content)) as table:
        rows = dict(table.rows)
    assert rows == {2: ["甲"], 3: ["甲", "乙", "丙"], 4: ["甲", "乙"], 5: ["丙", "�"]}


def test_of_columns_with_one_name_the_first_is_looked_at():
    assert look("a.csv", io.BytesIO(b"a,b,a\n1,2,3\n")).rows == [["1", "2"]]


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.jsonl"])
def test_nothing_in_it(name):
    assert look(name, io.BytesIO(b"")).names == []


def test_what_is_no_table_is_refused():
    with pytest.raises(InputError, match="zip archive"):
        look("a", io.BytesIO(b"PK\x03\x04" + b"\0" * 30 + b"PK\x05\x06" + b"\0" * 18))
