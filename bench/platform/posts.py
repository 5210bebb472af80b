"""Parquet files of synthetic posts, of two mixes."""

from __future__ import annotations

from itertools import count, islice
from random import Random
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from bench.month.generate import POST_COLUMNS
from bench.month.grammar import grammar
from bench.month.model import Month
from bench.month.streams import posts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from bench.month.model import Post

MIXES = {"month": None, "5 % offending": 0.05}
"""A mix's share of posts that solicit, None as the month has it. The month is what a watch by
trade words brings in: of six posts one solicits, and four talk about the trade. The other mix is
a plain stream: the rest of it is everyday talk and lawful trade."""

_ORDINARY = "ordinary"
_OFFENDING = "offer"
PART = 20_000
Record = tuple[str, ...]


def write(path: Path, *, mix: str, rows: int, start: date, seed: int = 7) -> None:
    """Write a file of posts; no two rows are the same, since each has an address of its own.

    Args:
        path: of the Parquet file.
        mix: a name of `MIXES`.
        rows: how many posts.
        start: the first day of their month.
        seed: the same gives the same posts.
    """
    names = pa.schema([(name, pa.string()) for name in POST_COLUMNS])
    records = _records(mix, rows, Month(start, 30), seed)
    with pq.ParquetWriter(path, names, compression="zstd") as writer:
        while part := list(islice(records, PART)):
            writer.write_table(
                pa.table(dict(zip(POST_COLUMNS, zip(*part, strict=True), strict=True)), names)
            )


def _records(mix: str, rows: int, month: Month, seed: int) -> Iterator[Record]:
    share = MIXES[mix]
    chosen = posts(seed, rows, month) if share is None else _mixed(share, month, seed)
    rng = Random(f"{seed}/addresses")
    for number, post in enumerate(islice(chosen, rows)):
        path = grammar().expand("{path}", rng)
        address = f"{post.link.rpartition('/')[0]}/{number:x}{path}"
        yield post.platform, post.account, address, str(post.time), post.text


def _mixed(share: float, month: Month, seed: int) -> Iterator[Post]:
    """Posts of which this share solicits; drawn from as many months as it takes."""
    rng = Random(f"{seed}/mix")
    every = (post for more in count(seed) for post in posts(more, PART, month))
    pools: dict[str, list[Post]] = {_OFFENDING: [], _ORDINARY: []}
    while True:
        wanted = _OFFENDING if rng.random() < share else _ORDINARY
        while not pools[wanted]:
            post = next(every)
            pool = pools.get(post.meaning.intention)
            if pool is not None:
                pool.append(post)
        yield pools[wanted].pop()
