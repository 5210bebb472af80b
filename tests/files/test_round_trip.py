"""Any list of texts comes back from each format in order, nothing lost, by file and by pipe."""

from __future__ import annotations

import csv
import io
import json
import sys
import unicodedata
from typing import TYPE_CHECKING

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.files import Row, open_source
from lianfang.files.sniff import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

characters = st.characters(exclude_characters="\r\n", codec="utf-8")
any_text = st.one_of(
    st.text(characters),
    st.text(st.sampled_from("\"',;\t| {}[]\\\0a微信退保𠮷é=+")),
    st.from_regex(r"[退保代理，。]{1,20}", fullmatch=True),
)
texts = st.lists(any_text, max_size=12)

# XML holds no control characters; a cell of blanks counts as empty.
cell_text = any_text.filter(
    lambda text: text.strip() and not any(unicodedata.category(c) == "Cc" for c in text)
).filter(lambda text: "_x" not in text and not {"\ufffe", "\uffff"} & set(text))
cell_texts = st.lists(cell_text, max_size=6)


def txt(values: list[str]) -> bytes:
    return "".join(f"{value}\n" for value in values).encode("utf-8-sig")


def jsonl(values: list[str]) -> bytes:
    lines = (json.dumps({"text": value}, ensure_ascii=n % 2 == 0) for n, value in enumerate(values))
    return "".join(f"{line}\n" for line in lines).encode()


def table(delimiter: str) -> Callable[[list[str]], bytes]:
    def write(values: list[str]) -> bytes:
        file = io.StringIO()
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerows([["编号", "内容"], *([f"n{n}", text] for n, text in enumerate(values))])
        return file.getvalue().encode()

    return write


def xlsx(values: list[str]) -> bytes:
    book = openpyxl.Workbook()
    for row, value in enumerate(["text", *values], 1):
        book.active.cell(row, 1).value = value
        book.active.cell(row, 1).data_type = "s"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def parquet(values: list[str]) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table({"text": pa.array(values, pa.string())}), file, row_group_size=5)
    return file.getvalue()


class Piped(io.TextIOWrapper):
    """Standard input that hands out a few bytes at a time."""

    def __init__(self, content: bytes) -> None:
        super().__init__(Trickle(content))


class Trickle(io.BytesIO):
    def read1(self, size: int | None = -1, /) -> bytes:
        return super().read1(min(size or 0, 7))


def check(content: bytes, name: str, expected: list[str], tmp_path, monkeypatch) -> None:
    path = tmp_path / f"a.{name}"
    path.write_bytes(content)
    monkeypatch.setattr(sys, "stdin", Piped(content))
    for source in (open_source(path), open_source("-", format=name)):
        with source:
            items = list(source)
        assert all(isinstance(item, Row) for item in items), items
        assert [item.text for item in items] == expected
        assert [item.number for item in items] == sorted({item.number for item in items})


relaxed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@relaxed
@given(texts)
def test_txt(tmp_path, monkeypatch, values):
    kept = [value for value in values if value.strip()]
    check(txt(values), "txt", kept, tmp_path, monkeypatch)


@relaxed
@given(texts)
def test_txt_with_windows_ends(tmp_path, monkeypatch, values):
    kept = [value for value in values if value.strip()]
    check(txt(values).replace(b"\n", b"\r\n"), "txt", kept, tmp_path, monkeypatch)


@relaxed
@given(st.lists(st.text(st.characters(exclude_characters="\n"))))
def test_jsonl_with_lone_surrogates(tmp_path, monkeypatch, values):
    content = "".join(json.dumps({"text": value}) + "\n" for value in values).encode()
    check(content, "jsonl", values, tmp_path, monkeypatch)


@relaxed
@given(texts)
def test_jsonl(tmp_path, monkeypatch, values):
    check(jsonl(values), "jsonl", values, tmp_path, monkeypatch)


@relaxed
@given(st.lists(st.one_of(any_text, st.text(st.characters(codec="utf-8"))), max_size=12))
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_with_line_ends_inside(tmp_path, monkeypatch, delimiter, values):
    check(table(delimiter)(values), "csv", values, tmp_path, monkeypatch)


@relaxed
@given(st.lists(st.text("一二,\"'\n;ab|𠮷"), max_size=12))
@pytest.mark.parametrize("codec", ["gb18030", "utf-16", "utf-8-sig"])
def test_encodings_of_csv(tmp_path, monkeypatch, codec, values):
    content = table(",")(values).decode().encode(codec)
    check(content, "csv", values, tmp_path, monkeypatch)


@relaxed
@given(texts)
def test_tsv(tmp_path, monkeypatch, values):
    check(table("\t")(values), "tsv", values, tmp_path, monkeypatch)


@settings(relaxed, max_examples=25)
@given(cell_texts)
def test_xlsx(tmp_path, monkeypatch, values):
    check(xlsx(values), "xlsx", values, tmp_path, monkeypatch)


@settings(relaxed, max_examples=50)
@given(texts)
def test_parquet(tmp_path, monkeypatch, values):
    check(parquet(values), "parquet", values, tmp_path, monkeypatch)


@relaxed
@given(st.binary(max_size=400).filter(lambda content: not content.startswith((*KINDS,))))
@pytest.mark.parametrize("name", ["txt", "jsonl", "csv"])
def test_any_bytes_at_all_are_read_or_refused(tmp_path, name, content):
    """Every line that isn't blank is a row, a reject, or part of one; nothing else is raised."""
    path = tmp_path / f"a.{name}"
    path.write_bytes(b"text\n" * (name == "csv") + content)
    with open_source(path, format=name) as source:
        items = list(source)
    if name != "csv" and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        lines = content.removeprefix(b"\xef\xbb\xbf").removesuffix(b"\n").split(b"\n")
        assert len(items) <= len(lines)
        assert len(items) >= sum(line.isascii() and bool(line.decode().strip()) for line in lines)
