"""The same labelled texts out of every format, and bad rows told."""

from __future__ import annotations

import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from lianfang.errors import InputError
from lianfang.files import open_source
from lianfang.training.labelled_file import read_labelled, wanted

TEXTS = ["余额变动", "验证码三三四四", "开业大促"]
LABELS = [("动账",), ("验证码", "安全"), ("营销",)]
GROUPS = ["一", "二", "3"]
CELLS = [";".join(those) for those in LABELS]


@pytest.fixture
def labelled(tmp_path):
    """Write bytes to a file and read it; the rows refused beside it."""

    def labelled(name, content, label=None, group=None, text=None):
        path = tmp_path / name
        path.write_bytes(content)
        refused = []
        with open_source(path, text_column=text, others=wanted(label, group)) as source:
            return read_labelled(source, refused.append), refused

    return labelled


def delimited(delimiter, encoding):
    rows = [("内容", "标签", "批次"), *zip(TEXTS, CELLS, GROUPS, strict=True)]
    return "".join(delimiter.join(row) + "\n" for row in rows).encode(encoding)


def workbook():
    book = Workbook()
    book.active.append(["编号", "标签", "批次", "内容"])
    for number, row in enumerate(zip(CELLS, (*GROUPS[:2], 3), TEXTS, strict=True)):
        book.active.append([number, *row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def parquet():
    table = {"内容": TEXTS, "标签": [list(t) for t in LABELS], "批次": GROUPS, "id": [7, 8, 9]}
    file = io.BytesIO()
    pq.write_table(pa.table(table), file)
    return file.getvalue()


def jsonl():
    rows = zip(TEXTS, (LABELS[0][0], *map(list, LABELS[1:])), (*GROUPS[:2], 3), strict=True)
    told = [{"text": text, "标签": label, "批次": group} for text, label, group in rows]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in told).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", delimited(",", "utf-8-sig")),
        (
            "b.csv",
            delimited(";", "utf-8").replace("验证码;安全".encode(), '"验证码;安全"'.encode()),
        ),
        ("gbk.csv", delimited(",", "gb18030")),
        ("a.tsv", delimited("\t", "utf-16")),
        ("a.xlsx", workbook()),
        ("a.jsonl", jsonl()),
        ("a.parquet", parquet()),
    ],
)
def test_every_format_says_the_same(labelled, name, content):
    read, refused = labelled(name, content, group="批次")
    assert refused == []
    assert (read.texts, read.labels, read.groups) == (TEXTS, LABELS, GROUPS)
    assert read.source.endswith(name)


def test_rows_that_cannot_be_used_are_told_and_the_rest_is_read(labelled):
    content = "text,label,group\n好,甲,1\n ,甲,1\n好,,1\n好,[],1\n好,乙,\n好,乙\n不错,乙,2\n"
    read, refused = labelled("a.csv", content.encode(), group="group")
    assert read.texts == ["好", "好", "不错"]
    assert read.labels == [("甲",), (), ("乙",)]
    assert [(one.row, one.column, one.reason) for one in refused] == [
        (3, "text", "an empty text"),
        (4, "label", "no label"),
        (6, "group", "no group"),
        (7, "text", "2 fields where the header has 3"),
    ]
    assert all(one.what_to_do for one in refused)


def test_lines_without_the_key_are_told(labelled):
    content = '{"text": "a", "label": "甲"}\n{"text": "b"}\n{"text": "c", "label": null}\n'
    read, refused = labelled("a.jsonl", content.encode())
    assert read.texts == ["a"]
    assert [one.reason for one in refused] == ['no "label" among "text"', "no label"]
    assert "--label-column" in refused[0].what_to_do


def test_an_empty_text_column_is_an_error(labelled):
    with pytest.raises(InputError, match=r"a\.csv: no row to learn from; row 2: an empty text"):
        labelled("a.csv", b"text,label\n,a\n,b\n")
    with pytest.raises(InputError, match="no row to learn from: the file is empty"):
        labelled("b.csv", b"")


@pytest.mark.parametrize(
    ("name", "content", "options", "said"),
    [
        ("a.csv", b"text,x\na,b\n", {}, 'no label column; the columns are "text", "x": .*--label'),
        ("a.csv", b"text,x\na,b\n", {"label": "y"}, 'no label column called "y"'),
        (
            "a.csv",
            b"text,label\na,b\n",
            {"group": "z"},
            'no group column called "z".*--group-column',
        ),
        ("a.csv", b"a,label\na,b\n", {"text": "t"}, 'no text column called "t"'),
        ("a.txt", b"a\n", {"group": "z"}, "a text file has no label or group column"),
    ],
)
def test_columns_that_are_not_there(labelled, name, content, options, said):
    with pytest.raises(InputError, match=said):
        labelled(name, content, **options)
