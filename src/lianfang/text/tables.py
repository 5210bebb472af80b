"""The generated character tables as arrays over all code points.

`FOLD[c]` is the code point read in place of `c`, or `EXPANDS + i` where the i-th entry of
`EXPANSIONS` (several code points) is read. `CLASS[c]` is a `Class`. Both are written by
`scripts/make_tables.py` from Unicode data and OpenCC.
"""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LAST = 0x110000
EXPANDS = LAST
_HERE = Path(__file__).parent


class Class(IntEnum):
    """What a character is to the reader of a disguise."""

    OTHER = 0
    HAN = 1
    ALNUM = 2
    WEAK = 3  # a separator that means nothing between two Han characters
    DECOR = 4  # emoji and symbols: never part of a word
    DROP = 5  # invisible, or a mark on another character
    SENTENCE = 6
    CLAUSE = 7
    QUOTE_OPEN = 8
    QUOTE_CLOSE = 9
    QUOTE_BOTH = 10
    NEWLINE = 11


def _load_folds() -> tuple[NDArray[np.uint32], list[NDArray[np.uint32]]]:
    table = np.arange(LAST, dtype=np.uint32)
    expansions: list[NDArray[np.uint32]] = []
    for line in (_HERE / "fold.tsv").read_text(encoding="ascii").splitlines():
        code, _, target = line.partition("\t")
        codes = [int(part, 16) for part in target.split(" ")]
        if len(codes) > 1:
            expansions.append(np.array(codes, dtype=np.uint32))
        table[int(code, 16)] = codes[0] if len(codes) == 1 else EXPANDS + len(expansions) - 1
    return table, expansions


def _load_classes() -> NDArray[np.uint8]:
    table = np.zeros(LAST, dtype=np.uint8)
    for line in (_HERE / "classes.tsv").read_text(encoding="ascii").splitlines():
        first, last, name = line.split("\t")
        table[int(first, 16) : int(last, 16) + 1] = Class[name.upper().replace("-", "_")]
    return table


FOLD, EXPANSIONS = _load_folds()
CLASS = _load_classes()
