"""The generated character tables as arrays over all code points.

`FOLD[c]` is the code point read in place of `c`, or `EXPANDS + i` where the code points
`EXPANSIONS[EXPANSION_AT[i]:EXPANSION_AT[i + 1]]` are read. `CLASS[c]` is a `Class`.
Both are written by `scripts/make_tables.py` from Unicode data and OpenCC.
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


def _load_folds() -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.int64]]:
    table = np.arange(LAST, dtype=np.uint32)
    expansions: list[int] = []
    at = [0]
    for line in (_HERE / "fold.tsv").read_text(encoding="ascii").splitlines():
        code, _, target = line.partition("\t")
        codes = [int(part, 16) for part in target.split(" ")]
        if len(codes) > 1:
            expansions.extend(codes)
            at.append(len(expansions))
        table[int(code, 16)] = codes[0] if len(codes) == 1 else EXPANDS + len(at) - 2
    return table, np.array(expansions, dtype=np.uint32), np.array(at, dtype=np.int64)


def _load_classes() -> NDArray[np.uint8]:
    table = np.zeros(LAST, dtype=np.uint8)
    for line in (_HERE / "classes.tsv").read_text(encoding="ascii").splitlines():
        first, last, name = line.split("\t")
        table[int(first, 16) : int(last, 16) + 1] = Class[name.upper().replace("-", "_")]
    return table


FOLD, EXPANSIONS, EXPANSION_AT = _load_folds()
CLASS = _load_classes()
