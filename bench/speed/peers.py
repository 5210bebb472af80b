"""What else one could run: libraries that do one step of ours, on the same texts."""

from __future__ import annotations

import tempfile
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ahocorasick
import daachorse
import fasttext
import numpy as np

from lianfang.text.scan import Scanner
from lianfang.text.stream import Stream
from lianfang.text.tables import CLASS, EXPANDS, EXPANSION_AT, EXPANSIONS, FOLD, Class

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.quality.data import Item

BATCH = 4096
"""As many texts as the screener takes at once."""

SMALL = {"dim": 16, "epoch": 10, "wordNgrams": 2, "bucket": 50_000, "thread": 1, "verbose": 0}


def trained(items: Sequence[Item]) -> Any:  # noqa: ANN401  fastText has no types
    """A small fastText model of the stances, characters as words."""
    lines = (f"__label__{item.stance} {spaced(item.text)}\n" for item in items)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "train.txt"
        path.write_text("".join(lines), encoding="utf-8")
        return fasttext.train_supervised(str(path), **SMALL)


def spaced(text: str) -> str:
    """Characters parted by blanks, as fastText wants words."""
    return " ".join(text.replace("\n", " "))


def classify(model: Any, texts: Sequence[str]) -> object:  # noqa: ANN401
    """The stance of each text. (A list, because `predict` of one text fails on NumPy 2.)"""
    return model.predict([spaced(text) for text in texts])


def streams(texts: Sequence[str]) -> list[Stream]:
    """Our normalisation alone, batch by batch."""
    return [Stream.of(texts[i : i + BATCH]) for i in range(0, len(texts), BATCH)]


def our_scan(patterns: Sequence[str], texts: Sequence[str]) -> Callable[[], object]:
    """Our scanning; each time on new copies, since a stream keeps what it has worked out."""
    scanner, made = Scanner(patterns), streams(texts)
    return lambda: [scanner.scan(replace(stream)) for stream in made]


def ahocorasick_scan(patterns: Sequence[str], joined: Sequence[str]) -> Callable[[], object]:
    """Scanning with pyahocorasick, every match taken up."""
    automaton = ahocorasick.Automaton()
    for number, pattern in enumerate(patterns):
        automaton.add_word(pattern, number)
    automaton.make_automaton()
    return lambda: [list(automaton.iter(text)) for text in joined]


def daachorse_scan(patterns: Sequence[str], joined: Sequence[str]) -> Callable[[], object]:
    """Scanning with daachorse, overlapping matches too."""
    automaton = daachorse.CharwiseDoubleArrayAhoCorasick(list(patterns))
    return lambda: [automaton.find_overlapping(text) for text in joined]


def translation() -> dict[int, str | None]:
    """Our folding as a table of `str.translate`, for the characters that Unicode has named.

    It folds and drops; unlike ours it takes no separators out and keeps no way back.
    """
    other = (np.arange(FOLD.size) != FOLD) | np.isin(CLASS, (Class.DECOR, Class.DROP))
    codes = np.flatnonzero(other).tolist()
    return {code: _target(code) for code in codes if unicodedata.name(chr(code), "")}


def _target(code: int) -> str | None:
    if CLASS[code] in (Class.DECOR, Class.DROP):
        return None
    folded = int(FOLD[code])
    if folded < EXPANDS:
        return chr(folded)
    entry = folded - EXPANDS
    return "".join(map(chr, EXPANSIONS[EXPANSION_AT[entry] : EXPANSION_AT[entry + 1]].tolist()))
