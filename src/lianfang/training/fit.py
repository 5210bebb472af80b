"""Fit a judge, and try it on authors that it hasn't seen.

Authors are held out in turns; what the others teach is tried on them. From these trials come the
calibration, the thresholds, and every number of the card.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lianfang.model import Stance
from lianfang.screening.layout import Layout
from lianfang.screening.learned import ahead, probability
from lianfang.screening.weights import NEAR, OFFENDS, Weights
from lianfang.training.card import card
from lianfang.training.digest import digest
from lianfang.training.matrix import matrix, prior_of
from lianfang.training.regression import FOLDS, Columns, calibration, fit, held_out
from lianfang.training.variants import with_cautions
from lianfang.training.vocabulary import Vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from lianfang.guides.program import Program
    from lianfang.text.ngrams import Floats
    from lianfang.training.lines import Labelled
    from lianfang.training.regression import Tell

MOST_FALSE_ALARMS, MOST_UNSURE = 0.035, 0.05
"""Share of innocent lines about an activity (most of them hard ones) that may be called suspect;
that may be called suspect or left to a person."""
MOST_OF_NOTHING = 0.018, 0.026
"""The same of lines about no activity, of which there are many more outside."""
PASSED_OVER = 0.055
"""Share of lines that are about something, or offend, that a glance may pass over."""
NEAR_COLUMN, OFFENDS_COLUMN, FIRST_STANCE = 0, 1, 2
FIRST_ACTIVITY = FIRST_STANCE + len(Stance)


def train(program: Program, lines: Labelled, tell: Tell) -> Weights:
    """Learn weights from labelled lines.

    Args:
        program: the guides whose features are weighed.
        lines: what to learn from.
        tell: called with a word on each step.
    """
    own = len(lines.texts)
    many = with_cautions(lines)
    tell(f"reading {len(many.texts):,} lines", "")
    stream = Layout(program).read(many.texts)
    vocabulary = Vocabulary.of(stream, own)
    runs = vocabulary.prior.size
    rows = matrix(program, stream, vocabulary)
    columns = labels(program, many, runs)
    truth, activities = columns.truth[:own], list(columns.names[FIRST_ACTIVITY:])
    odds = held_out(rows, columns, _folds(many.authors), tell)[:own]
    fitted = fit(rows, columns, tell, "fitting on all lines")
    offends = np.array([stance.offends for stance in lines.stances])
    far = ahead(odds[:, FIRST_STANCE:FIRST_ACTIVITY], odds[:, OFFENDS_COLUMN])
    slope, shift = calibration(far, offends)
    about = probability(odds[:, FIRST_ACTIVITY:])
    score = probability(slope * far + shift)
    clear_below, suspect_from = thresholds(score, offends, truth[:, NEAR_COLUMN])
    return Weights(
        tuple(columns.names),
        vocabulary.learned(fitted),
        tuple(rule.id for rule in program.rules),
        (fitted.weights[:, runs:] * prior_of(program)).T.copy(),
        slope,
        shift,
        clear_below,
        suspect_from,
        near_from(odds[:, NEAR_COLUMN], truth[:, NEAR_COLUMN]),
        card(lines, activities, score, about, (clear_below, suspect_from))
        | {"digest": digest(program.library, lines)},
    )


def labels(program: Program, lines: Labelled, runs: int) -> Columns:
    """`near` (from runs alone, since it decides who sees the guides), `offends`, stances and
    activities.
    """
    stances = [stance.value for stance in Stance]
    pairs = list(zip(lines.stances, lines.activities, strict=True))
    columns = [
        [stance.offends or bool(about) for stance, about in pairs],
        [stance.offends for stance, _ in pairs],
        *([stance.value == name for stance, _ in pairs] for name in stances),
        *([name in about for _, about in pairs] for name in program.guides),
    ]
    truth = np.array(columns, dtype=bool).T
    return Columns([NEAR, OFFENDS, *stances, *program.guides], truth, runs, runs_alone=1)


def _folds(authors: list[str]) -> NDArray[np.int64]:
    order = {name: number for number, name in enumerate(sorted(set(authors)))}
    return np.array([order[name] % FOLDS for name in authors])


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
