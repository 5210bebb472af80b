from __future__ import annotations

import gzip
import io
import zipfile
from typing import Any, cast

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lianfang.errors import InputError
from lianfang.files import FORMATS
from lianfang.files.sniff import format_of
from lianfang.files.source import READERS
from lianfang.files.stream import ByteStream


def stream(content: bytes, name: str = "stdin") -> ByteStream:
    return ByteStream(name, cast("Any", io.BytesIO(content)), None, ours=False)


def parquet() -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table({"text": ["a"]}), file)
    return file.getvalue()


def workbook() -> bytes:
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        zipped.writestr("word/document.xml", "x")
    return file.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100


def test_every_format_has_a_reader():
    assert tuple(READERS) == FORMATS


@pytest.mark.parametrize(
    ("suffix", "expected"),
    [
        ("txt", "txt"),
        ("CSV", "csv"),
        ("tsv", "tsv"),
        ("jsonl", "jsonl"),
        ("NdJson", "jsonl"),
        ("json", "jsonl"),
        ("log", "txt"),
    ],
)
def test_suffixes(suffix, expected):
    assert format_of(stream(b"x", f"folder.d/a.{suffix}"), None) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "txt"),
        (b"hello", "txt"),
        (b'\n  \t{"text"', "jsonl"),
        (b"[1]", "txt"),
        (b"PK is a word", "txt"),
        (b"PAR1 is one too", "txt"),
        ("{}".encode("utf-16"), "jsonl"),
        ("{}".encode("utf-8-sig"), "jsonl"),
        (parquet(), "parquet"),
        (workbook(), "xlsx"),
        (workbook()[:-30], "xlsx"),
    ],
)
def test_contents(content, expected):
    assert format_of(stream(content), None) == expected
    assert format_of(stream(content, "a.dat"), None) == expected


@pytest.mark.parametrize(("asked", "expected"), [("JSONL", "jsonl"), (".ndjson", "jsonl")])
def test_a_format_asked_for_outweighs_the_suffix(asked, expected):
    assert format_of(stream(b"x", "a.txt"), asked) == expected


def test_an_unknown_format():
    with pytest.raises(InputError) as caught:
        format_of(stream(b"x"), "doc")
    assert caught.value.what == 'unknown format "doc"'
    assert caught.value.do == "use one of txt, csv, tsv, jsonl, xlsx, parquet"


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.csv", workbook(), "not a file of format csv: it looks like a workbook"),
        ("a.txt", parquet(), "not a file of format txt: it looks like a Parquet file"),
        ("a.xlsx", b"text\nx\n", "not a file of format xlsx: it looks like text"),
        ("a.xlsx", parquet(), "not a file of format xlsx: it looks like a Parquet file"),
        ("a.parquet", workbook(), "not a file of format parquet: it looks like a workbook"),
        ("a.parquet", b"PAR1garbage", "not a file of format parquet: it looks like text"),
        ("a.xlsx", OLE, "an old Excel file"),
        ("a.xls", OLE, "an old Excel file"),
        ("a.docx", archive(), "a zip archive, not a workbook"),
        ("a.csv.gz", gzip.compress(b"text", mtime=0), "compressed with gzip"),
        ("a.csv", gzip.compress(b"text", mtime=0), "compressed with gzip"),
    ],
)
def test_a_file_that_is_not_what_it_says(name, content, what):
    with pytest.raises(InputError) as caught:
        format_of(stream(content, name), None)
    assert caught.value.what.startswith(what)
    assert caught.value.where == name
    assert caught.value.do
