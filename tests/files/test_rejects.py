from __future__ import annotations

import csv

import pytest

from lianfang.errors import InputError
from lianfang.files import Reject, RejectWriter
from lianfang.files.rows import Plan


def reject(raw: str = "raw", **changes: object) -> Reject:
    values = {"source": "f", "row": 2, "column": None, "reason": "r", "what_to_do": "d"}
    return Reject(**{**values, "raw": raw, **changes})


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_excel_opens_it(tmp_path):
    path = tmp_path / "r.csv"
    with RejectWriter(path) as writer:
        writer.write(reject("一,二\n三", column="内容"))
    assert path.read_bytes().startswith(b"\xef\xbb\xbfsource,row,column,reason,what_to_do,raw\r\n")
    assert rows(path)[1] == ["f", "2", "内容", "r", "d", "一,二\n三"]
    assert writer.count == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(tmp_path, start):
    path = tmp_path / "r.csv"
    with RejectWriter(path) as writer:
        writer.write(reject(f"{start}1+1", source=f"{start}f", column=f"{start}c"))
        writer.write(reject("1=1"))
    first, second = rows(path)[1:]
    assert (first[0], first[2], first[5]) == (f"'{start}f", f"'{start}c", f"'{start}1+1")
    assert second[5] == "1=1"


def test_rejects_are_there_as_they_come(tmp_path):
    path = tmp_path / "r.csv"
    with RejectWriter(path) as writer:
        writer.write(reject("first"))
        assert rows(path)[1][5] == "first"


def test_lone_surrogates_are_shown(tmp_path):
    path = tmp_path / "r.csv"
    with RejectWriter(path) as writer:
        writer.write(reject("a\ud800b"))
    assert rows(path)[1][5] == "a\\ud800b"


def test_a_file_that_is_there_is_emptied(tmp_path):
    path = tmp_path / "r.csv"
    path.write_text("old")
    RejectWriter(path).close()
    assert len(rows(path)) == 1


def test_where_it_cannot_be_written(tmp_path):
    with pytest.raises(InputError, match="can't be written"):
        RejectWriter(tmp_path / "no" / "r.csv")


def test_raw_is_bounded():
    assert len(Plan("f").reject(1, "r", "d", "x" * 5_000).raw) == 2_000
