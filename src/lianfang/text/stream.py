"""Many texts as one array of normalised code points, each with its way back to the original.

`Stream.of(texts)` folds every character (NFKC, case, traditional to simplified; see
`tables`), takes out what is invisible or decoration, and takes out separators that stand
between two Han characters ("全 额*退-保"). Whatever stood in the way is remembered in `gap`.

Times grow with the number of characters alone: every step is one pass over the arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lianfang.text.tables import CLASS, EXPANDS, EXPANSIONS, FOLD, Class

if TYPE_CHECKING:
    from collections.abc import Sequence

Codes = NDArray[np.uint32]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

LONGEST_SEPARATOR = 3
"""A longer run of separators is a line drawn between things, not a disguise."""

NO_GAP, SPACE_GAP, WEAK_GAP, HIDDEN_GAP = 0, 1, 2, 3
SPACE = 0x20


@dataclass(frozen=True, slots=True)
class Folded:
    """Code points after folding: `origin[i]` is where `codes[i]` stood before."""

    codes: Codes
    origin: Ints


def fold(raw: Codes) -> Folded:
    """Replace each code point by what is read in its place; lengths may grow."""
    codes = FOLD[raw]
    wide = np.flatnonzero(codes >= EXPANDS)
    if not wide.size:
        return Folded(codes, np.arange(codes.size, dtype=np.int64))
    return _expand(codes, wide)


def _expand(codes: Codes, wide: Ints) -> Folded:
    pieces = [EXPANSIONS[int(code) - EXPANDS] for code in codes[wide]]
    lengths = np.ones(codes.size, dtype=np.int64)
    lengths[wide] = [piece.size for piece in pieces]
    origin = np.repeat(np.arange(codes.size, dtype=np.int64), lengths)
    out = codes[origin]
    starts = np.concatenate(([0], np.cumsum(lengths)))[wide]
    for start, piece in zip(starts, pieces, strict=True):
        out[start : start + piece.size] = piece
    return Folded(out, origin)


def separators_to_drop(classes: NDArray[np.uint8]) -> Bools:
    """Where a short run of separators stands between two Han characters."""
    solid = np.flatnonzero(classes != Class.WEAK)
    if solid.size < 2:  # noqa: PLR2004
        return np.zeros(classes.size, dtype=bool)
    han = classes[solid] == Class.HAN
    run = np.diff(solid) - 1
    joins = (run > 0) & (run <= LONGEST_SEPARATOR) & han[:-1] & han[1:]
    out = np.zeros(classes.size, dtype=bool)
    for step in range(1, LONGEST_SEPARATOR + 1):
        out[solid[:-1][joins & (run >= step)] + step] = True
    return out


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
        starts: where each text begins in `codes`; one more entry for the end.
        raw_starts: where each text begins in the joined originals.
    """

    texts: Sequence[str]
    codes: Codes
    classes: NDArray[np.uint8]
    origin: Ints
    raw: Codes
    gap: NDArray[np.uint8]
    starts: Ints
    raw_starts: Ints

    @classmethod
    def of(cls, texts: Sequence[str]) -> Stream:
        joined = "\n".join(texts) + "\n"
        raw = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        raw_starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths + 1)))
        return cls._of_folded(texts, raw, fold(raw), raw_starts)

    @classmethod
    def _of_folded(
        cls, texts: Sequence[str], raw: Codes, folded: Folded, raw_starts: Ints
    ) -> Stream:
        work = _Work(folded.codes, folded.origin, CLASS[folded.codes])
        hidden = (work.classes == Class.DECOR) | (work.classes == Class.DROP)
        work.drop(hidden, np.full(work.codes.size, HIDDEN_GAP, dtype=np.uint8))
        kind = np.where(work.codes == SPACE, SPACE_GAP, WEAK_GAP).astype(np.uint8)
        work.drop(separators_to_drop(work.classes), kind)
        starts = np.searchsorted(work.origin, raw_starts)
        return cls(texts, work.codes, work.classes, work.origin, raw, work.gap, starts, raw_starts)

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

    @cached_property
    def gaps_before(self) -> Ints:
        """How many gaps lie before each position: differences count those inside a span."""
        return np.concatenate((np.zeros(1, np.int64), np.cumsum(self.gap != NO_GAP)))

    @cached_property
    def spaces_before(self) -> Ints:
        """How many gaps of mere spaces lie before each position."""
        return np.concatenate((np.zeros(1, np.int64), np.cumsum(self.gap == SPACE_GAP)))

    @cached_property
    def changes_before(self) -> Ints:
        """How many characters before each position were read as another (case apart)."""
        raw = self.raw[self.origin]
        changed = (raw != self.codes) & (raw >= 128)  # noqa: PLR2004
        return np.concatenate((np.zeros(1, np.int64), np.cumsum(changed)))


class _Work:
    """A stream in the making."""

    def __init__(self, codes: Codes, origin: Ints, classes: NDArray[np.uint8]) -> None:
        self.codes, self.origin, self.classes = codes, origin, classes
        self.gap = np.zeros(codes.size, dtype=np.uint8)

    def drop(self, unwanted: Bools, kind: NDArray[np.uint8]) -> None:
        """Take characters out, and remember the kind of gap before what follows them."""
        if not unwanted.any():
            return
        keep = np.flatnonzero(~unwanted)
        follows = np.flatnonzero(np.diff(keep, prepend=-1) > 1)
        after = keep[follows]
        begins = np.where(follows > 0, keep[follows - 1] + 1, 0)
        worst = np.maximum(kind, self.gap)
        runs = np.maximum.reduceat(worst, np.stack((begins, after), axis=1).ravel())[::2]
        self.gap[after] = np.maximum(runs, self.gap[after])
        self.codes, self.origin = self.codes[keep], self.origin[keep]
        self.classes, self.gap = self.classes[keep], self.gap[keep]


def normalise(text: str) -> str:
    """One text as the scanner reads it. Idempotent."""
    return Stream.of([text]).text[:-1]
