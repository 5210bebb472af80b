from __future__ import annotations

from datetime import date

import pyarrow.parquet as pq
import pytest
from bench.month.generate import POST_COLUMNS
from bench.platform.posts import MIXES, write

START = date(2026, 10, 1)


@pytest.fixture
def written(tmp_path):
    def written(mix, rows, seed=7):
        path = tmp_path / "posts.parquet"
        write(path, mix=mix, rows=rows, start=START, seed=seed)
        return pq.read_table(path)

    return written


@pytest.mark.parametrize("mix", MIXES)
def test_so_many_posts_and_none_twice(written, mix):
    table = written(mix, 700)
    assert table.column_names == list(POST_COLUMNS)
    assert len(set(table["链接"].to_pylist())) == table.num_rows == 700


@pytest.mark.parametrize("mix", MIXES)
def test_the_same_seed_gives_the_same(written, mix):
    first, again, other = written(mix, 300), written(mix, 300), written(mix, 300, seed=8)
    assert first == again != other


def test_few_offend_in_a_plain_stream(written):
    """Such posts sign with the name of a shop; here they are told by what they ask for."""
    month, plain = (written(mix, 4000)["正文"].to_pylist() for mix in MIXES)
    asking = [sum("微信" in text or "加V" in text for text in texts) for texts in (month, plain)]
    assert 0 < asking[1] < asking[0] / 2
