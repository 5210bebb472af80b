"""Texts as rows of numbers: runs of characters, and the features that fired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from lianfang.screening.firing import Firing
from lianfang.screening.layout import Layout
from lianfang.text.ngrams import BUCKETS, buckets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lianfang.guides.program import Program
    from lianfang.text.stream import Stream

PRIOR = {"weak": 0.15, "medium": 0.3, "strong": 0.6}
"""What a feature counts beside runs of length 1 before anything is learned. The larger, the less
evidence it takes to give it weight."""


def matrix(program: Program, texts: Sequence[str]) -> Any:  # noqa: ANN401  SciPy has no types
    """One row a text: a column for each bucket, then one for each rule."""
    layout = Layout(program)
    stream = layout.read(texts)
    fired = Firing(layout, stream).fired
    rules = sparse.csr_matrix(
        (prior_of(program)[fired.rule], (fired.text, fired.rule)),
        shape=(len(texts), len(program.rules)),
    )
    return sparse.hstack([runs(stream), rules], format="csr")


def runs(stream: Stream) -> Any:  # noqa: ANN401
    """One row a text, a column for each bucket: the share of each run of characters."""
    found, first = buckets(stream.codes, stream.starts)
    counts = np.diff(first)
    values = np.repeat(1 / np.sqrt(counts), counts)
    made = sparse.csr_matrix((values, found, first), shape=(counts.size, BUCKETS))
    made.sum_duplicates()
    return made


def prior_of(program: Program) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The prior of each rule, by which its learned weight is multiplied."""
    return np.array([PRIOR[rule.feature.strength] for rule in program.rules])
