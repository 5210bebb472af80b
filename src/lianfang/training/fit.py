"""Fit a judge, and try it on authors that it hasn't seen.

Each column is a logistic regression of its own (scikit-learn's liblinear, which gives the same
numbers each time). Authors are held out in turns; what the others teach is tried on them. From
these trials come the calibration, the thresholds, and every number of the card.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from lianfang.model import Stance
from lianfang.screening.learned import lead, probability
from lianfang.screening.weights import NEAR, Weights
from lianfang.text.ngrams import BUCKETS
from lianfang.training.card import card
from lianfang.training.digest import digest
from lianfang.training.matrix import matrix, prior_of
from lianfang.training.variants import with_cautions

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from lianfang.guides.program import Program
    from lianfang.text.ngrams import Floats
    from lianfang.training.lines import Labelled

STRENGTH = 100.0
"""Inverse of the regularisation, chosen on held-out authors."""

FOLDS = 4
MOST_FALSE_ALARMS, MOST_UNSURE = 0.025, 0.035
"""Share of innocent lines about an activity (most of them hard ones) that may be called suspect;
that may be called suspect or left to a person."""
MOST_OF_NOTHING = 0.015, 0.022
"""The same of lines about no activity, of which there are many more outside."""
PASSED_OVER = 0.03
"""Share of lines that are about something, or offend, that a glance may pass over."""
NEAR_COLUMN, FIRST_STANCE = 0, 1
FIRST_ACTIVITY = FIRST_STANCE + len(Stance)


@dataclass(frozen=True)
class Fitted:
    """Coefficients (columns by buckets and rules) and intercepts."""

    weights: Floats
    bias: Floats


def train(program: Program, lines: Labelled, tell: Callable[[str], None]) -> Weights:
    """Learn weights from labelled lines.

    Args:
        program: the guides whose features are weighed.
        lines: what to learn from.
        tell: called with a word on each step.
    """
    own = len(lines.texts)
    many = with_cautions(lines)
    names, truth = labels(program, many)
    tell(f"reading {len(many.texts):,} lines")
    rows = matrix(program, many.texts)
    odds = held_out(rows, truth, _folds(many.authors), tell)[:own]
    tell("fitting on all lines")
    fitted = fit(rows, truth)
    offends = np.array([stance.offends for stance in lines.stances])
    ahead = lead(odds[:, FIRST_STANCE:FIRST_ACTIVITY])
    slope, shift = calibration(ahead, offends)
    about = probability(odds[:, FIRST_ACTIVITY:])
    score = probability(slope * ahead + shift)
    clear_below, suspect_from = thresholds(score, offends, truth[:own, NEAR_COLUMN])
    table, scale = quantised(fitted.weights[:, :BUCKETS])
    return Weights(
        tuple(names),
        table,
        scale,
        fitted.bias,
        tuple(rule.id for rule in program.rules),
        (fitted.weights[:, BUCKETS:] * prior_of(program)).T.copy(),
        slope,
        shift,
        clear_below,
        suspect_from,
        near_from(odds[:, NEAR_COLUMN], truth[:own, NEAR_COLUMN]),
        card(lines, names[FIRST_ACTIVITY:], score, about, (clear_below, suspect_from))
        | {"digest": digest(program.library, lines)},
    )


def labels(program: Program, lines: Labelled) -> tuple[list[str], NDArray[np.bool_]]:
    """Names of the columns, and for each line whether it is so."""
    stances = [stance.value for stance in Stance]
    pairs = list(zip(lines.stances, lines.activities, strict=True))
    columns = [
        [stance.offends or bool(about) for stance, about in pairs],
        *([stance.value == name for stance, _ in pairs] for name in stances),
        *([name in about for _, about in pairs] for name in program.guides),
    ]
    return [NEAR, *stances, *program.guides], np.array(columns, dtype=bool).T


def fit(rows: Any, truth: NDArray[np.bool_]) -> Fitted:  # noqa: ANN401
    """One regression a column; `near` from runs alone, since it decides who sees the guides."""
    fitted = []
    for column in range(truth.shape[1]):
        seen = rows[:, :BUCKETS] if column == NEAR_COLUMN else rows
        weights, bias = _column(seen, truth[:, column])
        fitted.append((np.pad(weights, (0, rows.shape[1] - weights.size)), bias))
    return Fitted(np.array([w for w, _ in fitted]), np.array([b for _, b in fitted]))


def _column(rows: Any, truth: NDArray[np.bool_]) -> tuple[Floats, float]:  # noqa: ANN401
    if truth.all() or not truth.any():
        return np.zeros(rows.shape[1]), 8.0 if truth.all() else -8.0
    model = LogisticRegression(C=STRENGTH, solver="liblinear", tol=1e-3, random_state=0)
    model.fit(rows, truth)
    return model.coef_[0], float(model.intercept_[0])


def _folds(authors: list[str]) -> NDArray[np.int64]:
    order = {name: number for number, name in enumerate(sorted(set(authors)))}
    return np.array([order[name] % FOLDS for name in authors])


def held_out(
    rows: Any,  # noqa: ANN401
    truth: NDArray[np.bool_],
    folds: NDArray[np.int64],
    tell: Callable[[str], None],
) -> Floats:
    """Log-odds of each line, as learned from authors other than its own."""
    odds = np.zeros(truth.shape)
    for fold in range(FOLDS):
        tell(f"trying on authors held out, {fold + 1} of {FOLDS}")
        out = folds == fold
        fitted = fit(rows[~out], truth[~out])
        odds[out] = rows[out] @ fitted.weights.T + fitted.bias
    return odds


def calibration(odds: Floats, truth: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and shift that make held-out odds honest (Platt's scaling)."""
    model = LogisticRegression(C=1e6, solver="lbfgs").fit(odds[:, None], truth)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def thresholds(
    score: Floats, offends: NDArray[np.bool_], near: NDArray[np.bool_]
) -> tuple[float, float]:
    """`clear_below` and `suspect_from`, by the false alarms that each allows."""
    about, nothing = score[~offends & near], score[~near]
    high, low = (
        max(
            float(np.round(np.quantile(rows, 1 - share), 4))
            for rows, share in ((about, of_about), (nothing, of_nothing))
            if rows.size
        )
        for of_about, of_nothing in zip(
            (MOST_FALSE_ALARMS, MOST_UNSURE), MOST_OF_NOTHING, strict=True
        )
    )
    return low, high


def near_from(odds: Floats, near: NDArray[np.bool_]) -> float:
    """Log-odds from which on a text is looked at closely."""
    return float(np.round(np.quantile(odds[near], PASSED_OVER), 4))


def quantised(weights: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Weights in 127 steps a side, and the step of each column."""
    most = np.maximum(np.abs(weights).max(axis=1), 1e-9)
    scale = most / 127
    table = np.round(weights / scale[:, None]).astype(np.int8)
    return np.ascontiguousarray(table.T), scale
