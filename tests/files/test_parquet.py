from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lianfang.errors import InputError
from lianfang.files import Reject, Row, open_source
from lianfang.files import parquet as module


def written(columns, **options) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file, **options)
    return file.getvalue()


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())],
)
def test_kinds_of_string(read, kind):
    texts = pa.array(["一", "", "三"], pa.string()).cast(kind)
    assert read("a.parquet", written({"text": texts, "id": ["x", None, "z"]})) == [
        Row(1, "x", "一"),
        Row(2, 2, ""),
        Row(3, "z", "三"),
    ]


def test_other_kinds_are_written_out(read, texts):
    assert texts(read("a.parquet", written({"text": [1, 20]}))) == ["1", "20"]
    assert texts(read("b.parquet", written({"text": [["a", "b"]]}))) == ["['a', 'b']"]


def test_ids(read):
    assert read("a.parquet", written({"id": [0, None], "内容": ["a", "b"]})) == [
        Row(1, 0, "a"),
        Row(2, 2, "b"),
    ]
    assert read("b.parquet", written({"k": [1.5], "t": ["a"]}), text_column="t", id_column="k") == [
        Row(1, "1.5", "a")
    ]


def test_a_null_is_no_empty_text(read):
    first, bad, last = read("a.parquet", written({"text": ["a", None, "c"]}))
    assert (first, last) == (Row(1, 1, "a"), Row(3, 3, "c"))
    assert isinstance(bad, Reject)
    assert (bad.row, bad.column) == (2, "text")
    assert "unknown, not empty" in bad.reason


@pytest.mark.parametrize("kind", ["string", "dictionary", "binary"])
def test_bytes_that_are_not_utf8(read, kind):
    values = pa.array(["一".encode(), "转账".encode("gb18030"), b"\xff\xff", None], pa.binary())
    column = {
        "binary": lambda: values,
        "string": lambda: values.view(pa.string()),
        "dictionary": lambda: values.view(pa.string()).dictionary_encode(),
    }[kind]()
    one, two, bad, null = read("a.parquet", written({"text": column}))
    assert (one, two) == (Row(1, 1, "一"), Row(2, 2, "转账"))
    assert isinstance(bad, Reject)
    assert "neither UTF-8 nor GB18030" in bad.reason
    assert isinstance(null, Reject)
    assert "null" in null.reason


def test_names_with_dots_and_twice(read, texts):
    table = pa.table([["a"], ["b"], ["c"]], names=["text", "text.x", "text"])
    file = io.BytesIO()
    pq.write_table(table, file)
    assert texts(read("a.parquet", file.getvalue())) == ["a"]
    assert texts(read("a.parquet", file.getvalue(), text_column="text.x")) == ["b"]


def test_batches_and_position(read, texts, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "BATCH_ROWS", 10)
    path = tmp_path / "a.parquet"
    expected = [f"文本{n}" for n in range(95)]
    path.write_bytes(written({"text": expected}, row_group_size=25))
    with open_source(path) as source:
        positions = [(item.text, source.position) for item in source]
        assert source.position == source.size
    assert [text for text, _ in positions] == expected
    assert 0 < positions[50][1] < source.size


def test_batches_are_bounded_in_bytes():
    content = written({"text": ["长" * 1_000_000] * 8}, use_dictionary=False)
    assert module._batch_rows(pq.ParquetFile(io.BytesIO(content)).metadata) == 5
    assert module._batch_rows(pq.ParquetFile(io.BytesIO(written({"text": ["a"]}))).metadata) == 4096


def test_empty_files_yield_nothing(read):
    assert read("a.parquet", written({"text": pa.array([], pa.string())})) == []
    assert read("b.parquet", b"") == []


def test_no_text_column(read):
    with pytest.raises(InputError, match='the columns are "a", "b"'):
        read("a.parquet", written({"a": ["x"], "b": ["y"]}))


def test_a_file_cut_short_is_an_error(read):
    content = written({"text": ["a"] * 100})
    with pytest.raises(InputError) as caught:
        read("a.parquet", content[:-20])
    assert "not a Parquet file that can be read" in caught.value.what
    assert caught.value.do


def test_damage_further_on_is_told_after_the_rows_before_it(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "BATCH_ROWS", 50)
    content = bytearray(
        written({"text": [f"文本{n}" * 20 for n in range(200)]}, row_group_size=100)
    )
    metadata = pq.ParquetFile(io.BytesIO(content)).metadata
    start = metadata.row_group(1).column(0).dictionary_page_offset
    content[start : start + 400] = b"\xff" * 400
    path = tmp_path / "a.parquet"
    path.write_bytes(content)
    rows = []
    with open_source(path) as source, pytest.raises(InputError, match="damaged after row 100"):
        rows.extend(source)
    assert len(rows) == 100
