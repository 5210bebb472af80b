"""Sets of numbers as rows of bits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lianfang.text.compiled import inlined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WORD = 64
Masks = NDArray[np.uint64]


def masks(groups: Sequence[Iterable[int]], words: int) -> Masks:
    """One row of so many words a group of numbers."""
    rows = np.zeros((len(groups), words), dtype=np.uint64)
    for row, group in enumerate(groups):
        for number in group:
            rows[row, number // WORD] |= np.uint64(1) << np.uint64(number % WORD)
    return rows


@inlined
def has(rows: Masks, row: int, number: int) -> bool:
    """Whether a number is in the set of a row."""
    return bool((rows[row, number >> 6] >> np.uint64(number & 63)) & np.uint64(1))
