"""The runs of characters that are worth knowing, and what each counts before anything is learned.

A run that one text alone has teaches nothing, and where several share a bucket the commonest owns
it. The rarer a run, the more it tells; single characters tell least.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from lianfang.text.ngrams import distinct, owned, owners_of, runs_in
from lianfang.text.runs import Runs
from lianfang.text.weighing import packed
from lianfang.training.regression import quantised

if TYPE_CHECKING:
    from lianfang.text.ngrams import Buckets, Floats, Marks
    from lianfang.text.stream import Stream
    from lianfang.training.regression import Fitted

FEWEST_TEXTS = 2
RARITY = 2.0
"""The power of a run's inverse document frequency that its prior is. Chosen on authors held out."""

SINGLE = 0.5
"""What a single character counts beside longer runs. Chosen alike."""


@dataclass(frozen=True)
class Vocabulary:
    """Known runs of characters.

    Attributes:
        buckets: that they own, in order.
        marks: of each.
        prior: what each counts; the mean square is 1.
    """

    buckets: Buckets
    marks: Marks
    prior: Floats

    @classmethod
    def of(cls, stream: Stream, texts: int | None = None) -> Vocabulary:
        """The runs of a batch, or of its first texts, so many, that two of them have."""
        starts = stream.starts if texts is None else stream.starts[: texts + 1]
        mixed, lengths = distinct(stream.codes[: starts[-1]], starts)
        every, at, held = np.unique(mixed, return_index=True, return_counts=True)
        often = np.flatnonzero(held >= FEWEST_TEXTS)
        every, held, length = every[often], held[often], lengths[at[often]]
        buckets, marks = owned(every)
        order = np.lexsort((every, -held, buckets))
        first = np.flatnonzero(np.diff(buckets[order].astype(np.int64), prepend=-1))
        mine = order[first]
        rarity: Floats = 1 + np.log((starts.size) / (1 + held[mine]))
        prior = rarity**RARITY * np.where(length[mine] == 1, SINGLE, 1.0)
        prior /= np.sqrt(np.mean(prior**2)) if prior.size else 1.0
        return cls(buckets[mine], marks[mine], prior)

    def rows(self, stream: Stream) -> Any:  # noqa: ANN401  SciPy has no types
        """One row a text, a column for each run: what it counts in the text."""
        owners = owners_of(self.buckets, self.marks)
        numbers, first, sizes = runs_in(stream.codes, stream.starts, owners)
        values = np.repeat(1 / np.sqrt(np.maximum(sizes, 1)), np.diff(first)) * self.prior[numbers]
        made = sparse.csr_matrix((values, numbers, first), shape=(sizes.size, self.prior.size))
        made.sum_duplicates()
        return made

    def learned(self, fitted: Fitted) -> Runs:
        """What was learned of the runs, which are the first columns of what was described."""
        table, scale = quantised(fitted.weights[:, : self.prior.size] * self.prior)
        return Runs(self.buckets, self.marks, packed(table), scale, fitted.bias)
