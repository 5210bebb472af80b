"""What runs of characters weigh in several columns, as it is kept in a model's file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from lianfang.text.ngrams import BUCKETS, Known, packed, strongest, weighed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from lianfang.text.arrays import Arrays
    from lianfang.text.ngrams import Floats, Packed, Sides, Strongest, Table
    from lianfang.text.stream import Ints, Stream

ARRAYS = ("buckets", "marks", "table", "scale", "bias")
"""By which a model's file names them."""


@dataclass(frozen=True)
class Runs:
    """The weights of the runs that are known.

    Attributes:
        buckets: that the runs own, in order.
        marks: by which each is told from others of its bucket.
        table: a row of weights for each, in steps of `scale`.
        scale: the step of each column.
        bias: log-odds of each column before anything is read.
    """

    buckets: Ints
    marks: NDArray[np.uint16]
    table: Table
    scale: Floats
    bias: Floats

    @classmethod
    def read(cls, arrays: Arrays, columns: int) -> Runs | None:
        """The weights that a file holds; None where they aren't of this shape.

        Raises:
            KeyError: an array is missing.
        """
        buckets, marks, table, scale, bias = (arrays[name] for name in ARRAYS)
        sound = (
            table.shape == (*buckets.shape, columns)
            and marks.shape == buckets.shape
            and scale.shape == bias.shape == (columns,)
            and table.dtype == np.int8
            and (not buckets.size or 0 <= int(buckets.min()) <= int(buckets.max()) < BUCKETS)
        )
        return cls(buckets.astype(np.int64), marks, table, scale, bias) if sound else None

    def arrays(self) -> Arrays:
        """What a file holds of them."""
        told = {name: getattr(self, name) for name in ARRAYS}
        return told | {"buckets": self.buckets.astype(np.uint32)}

    def only(self, columns: Sequence[int] | Ints) -> Runs:
        """The same of some columns."""
        some = np.ascontiguousarray(self.table[:, columns])
        return Runs(self.buckets, self.marks, some, self.scale[columns], self.bias[columns])

    def odds(self, stream: Stream, first: Ints, last: Ints) -> Floats:
        """Log-odds of each column that the runs of some ranges of a stream give."""
        found: Floats = weighed(stream.codes, first, last, self._packed, self.scale) + self.bias
        return found

    def strongest(
        self, stream: Stream, ranges: tuple[Ints, Ints], sides: Sides, most: int
    ) -> Strongest:
        """The runs of each range of a stream (first and last) that weigh most for one side."""
        return strongest(stream.codes, *ranges, self._known, self.table, self.scale, sides, most)

    @cached_property
    def _packed(self) -> Packed:
        return packed(self.buckets, self.marks, self.table)

    @cached_property
    def _known(self) -> Known:
        return known(self.buckets, self.marks)


def known(buckets: Ints, marks: NDArray[np.uint16]) -> Known:
    """Runs that own some buckets, numbered in this order."""
    number = np.full(BUCKETS, -1, dtype=np.int32)
    mark = np.zeros(BUCKETS, dtype=np.uint16)
    number[buckets], mark[buckets] = np.arange(buckets.size), marks
    return Known(number, mark)
