"""Labels for texts, learned from somebody's own labelled file (see `training.labels`).

Each label is a logistic regression over runs of characters (see `ngrams`), whose log-odds were made
honest on lines held out. The file is a plain one of arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lianfang.errors import InputError
from lianfang.text.arrays import load_arrays, save_arrays, unreadable
from lianfang.text.runs import Runs
from lianfang.text.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lianfang.text.ngrams import Floats
    from lianfang.text.stream import Bools

KIND = "labels"
"""What the file says that it holds."""

ARRAYS = ("slope", "shift")
LIKELY = 0.5
"""Where a text may have several labels, it is given those from this probability on."""


@dataclass(frozen=True)
class Labeller:
    """What was learned; a column a label.

    Attributes:
        labels: their names.
        runs: what runs of characters weigh for each label.
        slope, shift: from log-odds to honest ones, for each label.
        single: whether a text has just one label.
        card: what it was learned from, and how it did on lines held out.
    """

    labels: tuple[str, ...]
    runs: Runs
    slope: Floats
    shift: Floats
    single: bool
    card: dict[str, Any]

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Of each label for each text; they don't add up to 1, each label is judged alone."""
        stream = Stream.of(texts)
        odds = self.runs.odds(stream, stream.starts[:-1], stream.starts[1:])
        return honest(odds, self.slope, self.shift)


def honest(odds: Floats, slope: Floats, shift: Floats) -> Floats:
    """Probabilities from log-odds as they were learned."""
    likely: Floats = (1 + np.tanh((slope * odds + shift) / 2)) / 2
    return likely


def given(likely: Floats, *, single: bool) -> Bools:
    """Which labels each text is given: the likeliest, or all that are likely."""
    if not single:
        several: Bools = likely >= LIKELY
        return several
    one = np.zeros(likely.shape, dtype=bool)
    one[np.arange(len(likely)), likely.argmax(axis=1)] = True
    return one


def save(labeller: Labeller, path: Path) -> None:
    """Write a file, whole or not at all.

    Raises:
        InputError: it can't be written.
    """
    arrays = labeller.runs.arrays() | {name: getattr(labeller, name) for name in ARRAYS}
    told = {name: getattr(labeller, name) for name in ("labels", "single", "card")}
    save_arrays(path, {"kind": KIND, **told}, arrays)


def load(path: Path) -> Labeller:
    """Read a file.

    Raises:
        InputError: it isn't there, or holds no labels of this version.
    """
    told, arrays = load_arrays(path)
    if told.get("kind") != KIND:
        do = "train labels with `lianfang model train --labels FILE`, or `lianfang screen --model`"
        raise InputError("a judge's weights, no labels", where=str(path), do=do)
    try:
        labels = tuple(told["labels"])
        runs = Runs.read(arrays, len(labels))
        if runs is None:
            raise InputError("labels of another version", where=str(path), do="train them anew")
        known = {name: arrays[name] for name in ARRAYS}
        return Labeller(labels=labels, runs=runs, single=told["single"], card=told["card"], **known)
    except KeyError as error:
        raise unreadable(path, error) from error
