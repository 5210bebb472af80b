"""Many texts as one array of normalised code points, each with its way back to the original.

`Stream.of(texts)` folds every character (NFKC, case, traditional to simplified; see
`tables`), takes out what is invisible or decoration, and takes out separators that stand
between two Han characters ("全 额*退-保"). Whatever stood in the way is remembered in `gap`.
One pass over the characters does it all.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lianfang.text.compiled import compiled
from lianfang.text.tables import CLASS, EXPANDS, EXPANSION_AT, EXPANSIONS, FOLD, Class

if TYPE_CHECKING:
    from collections.abc import Sequence

Codes = NDArray[np.uint32]
Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Origin = NDArray[np.int32]

LONGEST_SEPARATOR = 3
"""A longer run of separators is a line drawn between things, not a disguise."""

NO_GAP, SPACE_GAP, WEAK_GAP, HIDDEN_GAP = 0, 1, 2, 3
SPACE = 0x20
HAN, WEAK, DECOR, DROP = (int(c) for c in (Class.HAN, Class.WEAK, Class.DECOR, Class.DROP))


@dataclass(frozen=True)
class Stream:
    """A batch of texts, normalised and joined; a newline ends each.

    Attributes:
        texts: the originals.
        codes: normalised code points of all texts.
        classes: the `Class` of each.
        origin: position of each in the joined originals.
        raw: code points of the joined originals.
        gap: what was taken out just before it: nothing, something hidden, a
            separator, or mere spaces (`NO_GAP`, `HIDDEN_GAP`, `WEAK_GAP`, `SPACE_GAP`).
        undone: how the disguised word that stood there was written, 0 where none did (see
            `disguise`).
        starts: where each text begins in `codes`; one more entry for the end.
        raw_starts: where each text begins in the joined originals.
    """

    texts: Sequence[str]
    codes: Codes
    classes: Bytes
    origin: Origin
    raw: Codes
    gap: Bytes
    undone: Bytes
    starts: Ints
    raw_starts: Ints

    @classmethod
    def of(cls, texts: Sequence[str]) -> Stream:
        joined = "\n".join(texts) + "\n"
        raw = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        raw_starts = np.zeros(len(texts) + 1, dtype=np.int64)
        np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1, out=raw_starts[1:])
        made = _read(raw, raw_starts, FOLD, CLASS, EXPANSIONS, EXPANSION_AT)
        undone = np.zeros(made.codes.size, dtype=np.uint8)
        return cls(
            texts, made.codes, made.classes, made.origin, raw, made.gap, undone, made.starts,
            raw_starts,
        )  # fmt: skip

    @cached_property
    def text(self) -> str:
        """The normalised texts, joined; one character for each entry of `codes`."""
        return self.codes.tobytes().decode("utf-32-le")

    def text_of(self, positions: Ints) -> Ints:
        """Number of the text that each position belongs to."""
        return np.searchsorted(self.starts, positions, side="right") - 1

    def original_span(self, text: int, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that `[start, end)` of the stream was read from."""
        base = int(self.raw_starts[text])
        return int(self.origin[start]) - base, int(self.origin[end - 1]) - base + 1


class Read(NamedTuple):
    """The arrays of a stream, as `Stream` names them."""

    codes: Codes
    classes: Bytes
    origin: Origin
    gap: Bytes
    starts: Ints


@compiled
def _length(raw: Codes, fold: Codes, expansion_at: Ints) -> int:
    """How many code points there are once each is folded."""
    length = raw.size
    for code in raw:
        folded = fold[code]
        if folded >= EXPANDS:
            entry = folded - EXPANDS
            length += expansion_at[entry + 1] - expansion_at[entry] - 1
    return length


@compiled
def _read(
    raw: Codes,
    raw_starts: Ints,
    fold: Codes,
    class_of: Bytes,
    expansions: Codes,
    expansion_at: Ints,
) -> Read:
    """Fold, drop and join in one pass.

    A run of separators is written as it comes, and taken back when a Han character follows
    one that began behind a Han character.
    """
    size = _length(raw, fold, expansion_at)
    codes, classes = np.empty(size, np.uint32), np.empty(size, np.uint8)
    origin, gap = np.empty(size, np.int32), np.zeros(size, np.uint8)
    starts = np.zeros(raw_starts.size, np.int64)
    at, text, pending = 0, 0, NO_GAP
    run, behind_han, run_gap = 0, False, NO_GAP
    for place in range(raw.size):
        if place == raw_starts[text]:
            starts[text] = at
            text += 1
        folded = fold[raw[place]]
        first, last = 0, 1
        if folded >= EXPANDS:
            first, last = expansion_at[folded - EXPANDS], expansion_at[folded - EXPANDS + 1]
        for piece in range(first, last):
            code = expansions[piece] if folded >= EXPANDS else folded
            kind = class_of[code]
            if DECOR <= kind <= DROP:
                pending = HIDDEN_GAP
                continue
            if kind == WEAK:
                if run == 0:
                    behind_han, run_gap = at > 0 and classes[at - 1] == HAN, NO_GAP
                run += 1
                run_gap = max(run_gap, pending, SPACE_GAP if code == SPACE else WEAK_GAP)
            else:
                if 0 < run <= LONGEST_SEPARATOR and behind_han and kind == HAN:
                    at -= run
                    pending = max(pending, run_gap)
                run = 0
            codes[at], classes[at], origin[at], gap[at] = code, kind, place, pending
            at += 1
            pending = NO_GAP
    if text < starts.size:
        starts[text] = at
    return Read(codes[:at], classes[:at], origin[:at], gap[:at], starts)


def normalise(text: str) -> str:
    """One text as the scanner reads it. Idempotent."""
    return Stream.of([text]).text[:-1]


def normalised(texts: Sequence[str]) -> list[str]:
    """As `normalise`, for many texts at once."""
    stream = Stream.of(texts)
    starts = stream.starts.tolist()
    return [stream.text[start : end - 1] for start, end in pairwise(starts)]
