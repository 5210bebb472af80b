"""Logistic regressions side by side, one a column, and what they say of lines held out.

Each is scikit-learn's liblinear, which gives the same numbers each time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.linear_model import LogisticRegression

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from lianfang.text.ngrams import Floats

STRENGTH = 100.0
"""Inverse of the regularisation, chosen on held-out authors."""

FOLDS = 4

Tell = Callable[[str, str], None]
"""Called before each piece of work with the step and, where it has some, the part of it."""


@dataclass(frozen=True)
class Fitted:
    """Coefficients (columns by runs and rules) and intercepts."""

    weights: Floats
    bias: Floats


@dataclass(frozen=True)
class Columns:
    """What is to be learned: the columns' names, and a row of truths a line.

    Attributes:
        runs: so many of the first numbers that describe a line are runs of characters.
        runs_alone: so many of the first columns are learned from these alone, whatever else the
            lines are described by.
    """

    names: Sequence[str]
    truth: NDArray[np.bool_]
    runs: int
    runs_alone: int = 0

    def of(self, rows: NDArray[np.bool_]) -> Columns:
        """The same of some of the lines."""
        return Columns(self.names, self.truth[rows], self.runs, self.runs_alone)


def fit(rows: Any, columns: Columns, tell: Tell, step: str) -> Fitted:  # noqa: ANN401
    """One regression a column.

    Args:
        rows: a sparse matrix, a row a line; first a column for each known run.
        columns: what to learn.
        tell: told of each column.
        step: what it is told that this is.
    """
    size = len(columns.names)
    weights, bias = np.zeros((size, rows.shape[1])), np.zeros(size)
    # what stands in no line weighs nothing, and would only take time
    seen = np.flatnonzero(rows.getnnz(axis=0))
    rows = rows[:, seen]
    runs = int(np.searchsorted(seen, columns.runs))
    for number, name in enumerate(columns.names):
        tell(step, f"{name} ({number + 1}/{size})")
        those = slice(runs if number < columns.runs_alone else None)
        weights[number, seen[those]], bias[number] = _column(
            rows[:, those], columns.truth[:, number]
        )
    return Fitted(weights, bias)


def _column(rows: Any, truth: NDArray[np.bool_]) -> tuple[Floats, float]:  # noqa: ANN401
    if truth.all() or not truth.any():
        return np.zeros(rows.shape[1]), 8.0 if truth.all() else -8.0
    model = LogisticRegression(C=STRENGTH, solver="liblinear", tol=1e-3, random_state=0)
    model.fit(rows, truth)
    return model.coef_[0], float(model.intercept_[0])


def held_out(rows: Any, columns: Columns, folds: NDArray[np.int64], tell: Tell) -> Floats:  # noqa: ANN401
    """Log-odds of each line, as learned from the lines of other folds than its own."""
    odds = np.zeros(columns.truth.shape)
    for fold in range(FOLDS):
        out = folds == fold
        step = f"trying on lines held out, {fold + 1} of {FOLDS}"
        fitted = fit(rows[~out], columns.of(~out), tell, step)
        odds[out] = rows[out] @ fitted.weights.T + fitted.bias
    return odds


def calibration(odds: Floats, truth: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and shift that make held-out odds honest; odds that say nothing get the slope 0.

    Platt's scaling with his targets, which never are quite 0 or 1: few lines that happen to be
    told apart without a fault make nobody sure. J. Platt, "Probabilistic Outputs for Support Vector
    Machines", 1999.
    """
    yes, no = int(truth.sum()), int((~truth).sum())
    target = np.where(truth, (yes + 1) / (yes + 2), 1 / (no + 2))
    both, sides = np.tile(odds, 2)[:, None], np.repeat([True, False], odds.size)
    model = LogisticRegression(C=1e6, solver="lbfgs")
    model.fit(both, sides, sample_weight=np.concatenate([target, 1 - target]))
    if model.coef_[0, 0] <= 0:
        return 0.0, log((yes + 1) / (no + 1))
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def quantised(weights: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Weights in 127 steps a side, and the step of each column."""
    most = np.maximum(np.abs(weights).max(axis=1), 1e-9)
    scale = most / 127
    table = np.round(weights / scale[:, None]).astype(np.int8)
    return np.ascontiguousarray(table.T), scale
