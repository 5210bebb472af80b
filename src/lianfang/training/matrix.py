"""Texts as rows of numbers: runs of characters, and the features that fired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from lianfang.screening.firing import Firing
from lianfang.screening.layout import Layout

if TYPE_CHECKING:
    from lianfang.guides.program import Program
    from lianfang.text.stream import Stream
    from lianfang.training.vocabulary import Vocabulary

PRIOR = {"weak": 0.015, "medium": 0.03, "strong": 0.06}
"""What a feature counts beside runs of length 1 before anything is learned. The larger, the less
evidence it takes to give it weight. Chosen on authors held out."""


def matrix(program: Program, stream: Stream, vocabulary: Vocabulary) -> Any:  # noqa: ANN401  SciPy has no types
    """One row a text: a column for each run that is known, then one for each rule."""
    fired = Firing(Layout(program), stream).fired
    rules = sparse.csr_matrix(
        (prior_of(program)[fired.rule], (fired.text, fired.rule)),
        shape=(len(stream.texts), len(program.rules)),
    )
    return sparse.hstack([vocabulary.rows(stream), rules], format="csr")


def prior_of(program: Program) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The prior of each rule, by which its learned weight is multiplied."""
    return np.array([PRIOR[rule.feature.strength] for rule in program.rules])
