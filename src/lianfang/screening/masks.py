"""Sets of numbers as rows of bits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lianfang.text.compiled import inlined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lianfang.text.stream import Ints

WORD = 64
Masks = NDArray[np.uint64]


def masks(groups: Sequence[Iterable[int]], words: int) -> Masks:
    """One row of so many words a group of numbers."""
    rows = np.zeros((len(groups), words), dtype=np.uint64)
    for row, group in enumerate(groups):
        for number in group:
            rows[row, number // WORD] |= np.uint64(1) << np.uint64(number % WORD)
    return rows


class Sparse(NamedTuple):
    """The words of rows that hold something: of row `r` those at `[first[r], first[r + 1])`."""

    first: Ints
    word: Ints
    bits: Masks


def sparse(rows: Masks) -> Sparse:
    """Rows without their empty words."""
    row, word = np.nonzero(rows)
    return Sparse(np.searchsorted(row, np.arange(len(rows) + 1)), word, rows[row, word])


@inlined
def meets(present: Masks, rows: Sparse, row: int) -> bool:
    """Whether the set in the only row of `present` has a number of a row's."""
    for at in range(rows.first[row], rows.first[row + 1]):
        if present[0, rows.word[at]] & rows.bits[at]:
            return True
    return False


@inlined
def has(rows: Masks, row: int, number: int) -> bool:
    """Whether a number is in the set of a row."""
    return bool((rows[row, number >> 6] >> np.uint64(number & 63)) & np.uint64(1))
