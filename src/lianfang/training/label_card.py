"""The numbers of labels that were learned: how they did on groups of lines held out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from lianfang.screening.wilson import wilson
from lianfang.training.card import share_of
from lianfang.training.regression import FOLDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from lianfang.training.labelled_file import LabelledTexts
    from lianfang.training.regression import Columns

    Truth = NDArray[np.bool_]


def label_card(
    lines: LabelledTexts, columns: Columns, groups: Sequence[int], found: Truth
) -> dict[str, Any]:
    """Counts and shares, each share with its 95 % interval; beside them the naive floor.

    The floor gives every line the most frequent label.

    Args:
        lines: what was learned from.
        columns: the labels, and which each line has.
        groups: the group of each line.
        found: the labels that each line was given by what other groups taught.
    """
    truth = columns.truth
    often = int(truth.sum(axis=0).argmax())
    floor = np.zeros_like(truth)
    floor[:, often] = True
    numbers = np.array(groups)
    return {
        "lines": len(groups),
        "groups": len(set(groups)),
        "grouped_by": "column" if lines.groups else "near-duplicates",
        "folds": FOLDS,
        "labels": {
            name: {"groups": int(np.unique(numbers[own]).size)} | _rates(own, given)
            for name, own, given in zip(columns.names, truth.T, found.T, strict=True)
        },
        "confusion": _confusion(truth, found),
        **_whole(truth, found),
        "floor": {"label": columns.names[often], **_whole(truth, floor)},
    }


def _whole(truth: Truth, found: Truth) -> dict[str, Any]:
    """Lines that were given just their labels, and the mean of the labels' F1."""
    right = (truth == found).all(axis=1)
    rates = [_rates(own, given) for own, given in zip(truth.T, found.T, strict=True)]
    macro = sum(rate["f1"][0] for rate in rates) / len(rates)
    return {"right": share_of(int(right.sum()), right.size), "macro_f1": round(macro, 4)}


def _rates(own: Truth, given: Truth) -> dict[str, Any]:
    """Of one label: precision, recall and F1."""
    both, either = int((own & given).sum()), int((own | given).sum())
    return {
        "precision": share_of(both, int(given.sum())),
        "recall": share_of(both, int(own.sum())),
        "f1": _f1(both, either),
    }


def _f1(both: int, either: int) -> list[float]:
    """F1 is 2J / (1 + J), where J is the share of `both` in `either`; so are its ends."""
    shares = (both / either if either else 0.0, *wilson(both, either))
    return [*(round(2 * share / (1 + share), 4) for share in shares), either]


def _confusion(truth: Truth, found: Truth) -> list[list[int]]:
    """For each label how many of its lines were given each label; last, none."""
    none = ~found.any(axis=1, keepdims=True)
    table: list[list[int]] = (truth.T.astype(int) @ np.hstack([found, none])).tolist()
    return table
