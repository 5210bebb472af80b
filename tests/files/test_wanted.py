"""Columns that are taken along where a file has them."""

from __future__ import annotations

import io
import json

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lianfang.errors import InputError
from lianfang.files import Row, Wanted, open_source

ROWS = [("甲", "一"), ("乙", "二")]
MAYBE = (Wanted("account", ("账号",), needed=False), Wanted("platform", ("平台",), needed=False))
SURELY = (Wanted("account", ("账号",)), Wanted("platform", ("平台",)))


def csv_bytes():
    return "平台,正文\n甲,一\n乙,二\n".encode()


def jsonl_bytes():
    rows = (json.dumps({"平台": platform, "text": text}) for platform, text in ROWS)
    return "\n".join(rows).encode()


def xlsx_bytes():
    book, made = openpyxl.Workbook(), io.BytesIO()
    for row in [("平台", "正文"), *ROWS]:
        book.active.append(row)
    book.save(made)
    return made.getvalue()


def parquet_bytes():
    made = io.BytesIO()
    platforms, texts = zip(*ROWS, strict=True)
    pq.write_table(pa.table({"平台": platforms, "正文": texts}), made)
    return made.getvalue()


TABLES = {"csv": csv_bytes, "jsonl": jsonl_bytes, "xlsx": xlsx_bytes, "parquet": parquet_bytes}


def read(content, name, others):
    with open_source(name, others=others, opened=io.BytesIO(content)) as source:
        return list(source)


@pytest.mark.parametrize("kind", TABLES)
def test_what_isnt_needed_is_empty_where_it_isnt_there(kind):
    rows = read(TABLES[kind](), f"some.{kind}", MAYBE)
    assert [(row.others, row.text) for row in rows] == [
        (("", platform), text) for platform, text in ROWS
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_what_is_needed_is_asked_for(kind):
    with pytest.raises(InputError, match="no account column"):
        read(TABLES[kind](), f"some.{kind}", SURELY)


def test_a_text_file_has_none_of_them():
    assert read(b"one\n", "some.txt", MAYBE) == [Row(1, 1, "one", ("", ""))]
    with pytest.raises(InputError, match="no account or platform column"):
        read(b"one\n", "some.txt", SURELY)


def test_an_open_file_is_read_from_its_beginning_and_named_as_told(tmp_path):
    path = tmp_path / "kept"
    path.write_bytes(csv_bytes())
    with path.open("rb") as file:
        file.read(3)
        with open_source("sent.csv", others=MAYBE, opened=file) as source:
            assert (source.name, source.size) == ("sent.csv", len(csv_bytes()))
            assert len(list(source)) == len(ROWS)
