"""Learn labels of any kind from somebody's own labelled texts, tried on groups held out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from lianfang.errors import InputError
from lianfang.text.alike import alike, together
from lianfang.text.labeller import Labeller, given, honest
from lianfang.text.stream import Stream
from lianfang.training.label_card import label_card
from lianfang.training.regression import FOLDS, Columns, calibration, fit, held_out
from lianfang.training.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from lianfang.training.labelled_file import LabelledTexts
    from lianfang.training.regression import Tell

FEWEST_GROUPS = 2
"""One teaches a label, another tries it."""

MOST_LABELS = 200
"""More are most often no labels, but another column."""


def train_labels(lines: LabelledTexts, tell: Tell) -> Labeller:
    """Learn one regression a label; lines of a group are held out together.

    Without groups, near-duplicates of one another are a group.

    Raises:
        InputError: one label alone, too many, or none that can be tried on another group's lines.
    """
    stream = Stream.of(lines.texts)
    vocabulary = Vocabulary.of(stream)
    columns = _columns(lines, vocabulary.prior.size)
    single = all(len(those) == 1 for those in lines.labels)
    groups = _numbered(lines.groups) or _nearly_the_same(lines.texts, tell)
    folds = folds_of(groups, columns.truth, lines.source)
    rows = vocabulary.rows(stream)
    odds = held_out(rows, columns, folds, tell)
    fitted = fit(rows, columns, tell, "fitting on all lines")
    pairs = zip(odds.T, columns.truth.T, strict=True)
    slope, shift = np.array([calibration(own, truth) for own, truth in pairs]).T
    found = given(honest(odds, slope, shift), single=single)
    card = label_card(lines, columns, groups, found)
    return Labeller(tuple(columns.names), vocabulary.learned(fitted), slope, shift, single, card)


def _columns(lines: LabelledTexts, runs: int) -> Columns:
    names = sorted({name for those in lines.labels for name in those})
    if all(len(those) == len(names) for those in lines.labels):
        what = f'every text has the label "{names[0][:40]}"' if names else "no text has a label"
        do = "label the texts with two kinds or more, or name the column with --label-column"
        raise InputError(what, where=lines.source, do=do)
    if len(names) > MOST_LABELS:
        do = f"name the column of the labels with --label-column; at most {MOST_LABELS} can be"
        raise InputError(f"{len(names):,} different labels", where=lines.source, do=do)
    truth = np.array([[name in those for name in names] for those in lines.labels])
    return Columns(names, truth, runs)


def _nearly_the_same(texts: Sequence[str], tell: Tell) -> list[int]:
    tell("looking for near-duplicates", "")
    return together(len(texts), alike(texts))


def _numbered(groups: Sequence[str]) -> list[int]:
    first: dict[str, int] = {}
    return [first.setdefault(name, number) for number, name in enumerate(groups)]


def folds_of(groups: Sequence[int], truth: NDArray[np.bool_], source: str) -> NDArray[np.int64]:
    """A fold for each line; those of a group share it, and each fold has its share of each label.

    The largest groups are dealt first, each to the fold that has fewest lines with its labels.

    Raises:
        InputError: fewer groups than folds, or no label stands in two of them.
    """
    sizes = Counter(groups)
    if len(sizes) < FOLDS:
        what = f"{len(sizes)} groups of texts where {FOLDS} are needed to hold some of them out"
        do = "give more texts that aren't near-duplicates of others, or another --group-column"
        raise InputError(what, where=source, do=do)
    held = {group: np.zeros(truth.shape[1]) for group in sizes}
    for group, row in zip(groups, truth, strict=True):
        held[group] += row
    if (np.count_nonzero(list(held.values()), axis=0) < FEWEST_GROUPS).all():
        do = "give each label texts that differ, or name the column with --label-column"
        raise InputError("no label stands in two groups of texts", where=source, do=do)
    dealt, lines = np.zeros((FOLDS, truth.shape[1])), np.zeros(FOLDS)
    fold_of: dict[int, int] = {}
    for group, size in sorted(sizes.items(), key=lambda one: (-one[1], one[0])):
        full = dealt @ held[group]
        fold_of[group] = fold = int(np.lexsort((lines, full))[0])
        dealt[fold] += held[group]
        lines[fold] += size
    return np.array([fold_of[group] for group in groups])
