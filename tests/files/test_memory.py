"""Memory stays flat however long the file: a bound far below the file's size holds."""

from __future__ import annotations

import json
import tracemalloc

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lianfang.files import open_source

ROWS = 300_000
TEXT = "专业代理退保，全额退费，成功率高，加微信办理"
BOUND = 8 << 20  # bytes; the files are of 20 MB and more


def write(path):
    if path.suffix == ".parquet":
        pq.write_table(pa.table({"text": [f"{TEXT}{n}" for n in range(ROWS)]}), path)
        return
    lines = {
        ".txt": (f"{TEXT}{n}\n" for n in range(ROWS)),
        ".csv": ("text,id\n" if n == 0 else f'"{TEXT}\n{n}",{n}\n' for n in range(ROWS + 1)),
        ".jsonl": (json.dumps({"id": n, "text": TEXT}) + "\n" for n in range(ROWS)),
    }[path.suffix]
    with path.open("w") as file:
        file.writelines(lines)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["txt", "csv", "jsonl", "parquet"])
def test_memory_is_flat(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    write(path)
    tracemalloc.start()
    try:
        with open_source(path) as source:
            count = sum(1 for _ in source)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == ROWS
    assert peak < BOUND


@pytest.mark.slow
def test_an_open_quote_in_a_long_file_holds_no_more_than_its_bound(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('text,id\n"' + f"{TEXT},1\n" * 100_000)
    tracemalloc.start()
    try:
        with open_source(path) as source:
            count = sum(1 for _ in source)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 100_000
    assert peak < BOUND
