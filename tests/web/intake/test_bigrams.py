"""Pairs of characters as numbers, of many texts at once."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

TEXTS = st.lists(st.text(st.sampled_from("征信a1 ❤\n𠮷😀é"), max_size=12), max_size=8)


def number(first, second):
    """As PostgreSQL would: `(ascii(first) << 16) # ascii(second)`, in 32 bits."""
    return int(np.array((ord(first) << 16 ^ ord(second)) & 0xFFFFFFFF, np.uint32).astype(np.int32))


@pytest.mark.usefixtures("place")
@given(TEXTS)
def test_each_text_has_the_pairs_that_stand_in_it(texts):
    from lianfang.web.intake.bigrams import bigrams_of

    said = [
        sorted({number(a, b) for a, b in pairwise(text) if a.isalnum() and b.isalnum()})
        for text in texts
    ]
    assert [some.tolist() for some in bigrams_of(texts)] == said


def test_pairs_of_characters_in_use_differ(place):
    from lianfang.web.intake.bigrams import bigrams

    assert len({*bigrams("征信修复").tolist(), *bigrams("修信征").tolist()}) == 5
