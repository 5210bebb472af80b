"""What runs of characters weigh in several columns, as it is kept in a model's file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from lianfang.text.ngrams import BUCKETS, MARK_BITS, owners_of
from lianfang.text.strongest import strongest
from lianfang.text.weighing import packed, packed_few, unpacked, weighed, weighed_few

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lianfang.text.arrays import Arrays
    from lianfang.text.ngrams import Buckets, Floats, Marks, Owners, Table
    from lianfang.text.stream import Ints, Stream
    from lianfang.text.strongest import Sides, Strongest
    from lianfang.text.weighing import Packed

ARRAYS = ("buckets", "marks", "table", "scale", "bias")
"""By which a model's file names them."""


@dataclass(frozen=True)
class Runs:
    """The weights of the runs that are known.

    Attributes:
        buckets: that the runs own, in order.
        marks: by which each is told from others of its bucket.
        rows: the `packed` weights of each, in steps of `scale`.
        scale: the step of each column.
        bias: log-odds of each column before anything is read.
    """

    buckets: Buckets
    marks: Marks
    rows: Packed
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
            and int(buckets.max(initial=0)) < BUCKETS
            and int(marks.max(initial=0)) < 1 << MARK_BITS
        )
        return cls(buckets, marks, packed(table), scale, bias) if sound else None

    def arrays(self) -> Arrays:
        """What a file holds of them."""
        return {name: getattr(self, name) for name in ARRAYS}

    @property
    def table(self) -> Table:
        """A row of weights for each run, in steps of `scale`."""
        return unpacked(self.rows, self.scale.size)

    def only(self, columns: Sequence[int] | Ints) -> Few:
        """The same of a few columns."""
        entries = packed_few(self.buckets, self.marks, self.table[:, columns])
        return Few(entries, self.scale[columns], self.bias[columns])

    def odds(self, stream: Stream, first: Ints, last: Ints) -> Floats:
        """Log-odds of each column that the runs of some ranges of a stream give."""
        found = weighed(stream.codes, first, last, self._owners, self.rows, self.scale)
        found += self.bias
        return found

    def strongest(
        self, stream: Stream, ranges: tuple[Ints, Ints], sides: Sides, most: int
    ) -> Strongest:
        """The runs of each range of a stream (first and last) that weigh most for one side."""
        raised = self.rows.view(np.uint8)
        return strongest(stream.codes, *ranges, self._owners, raised, self.scale, sides, most)

    @cached_property
    def _owners(self) -> Owners:
        return owners_of(self.buckets, self.marks)


@dataclass(frozen=True)
class Few:
    """The weights of runs in a few columns alone, looked up in one breath.

    Attributes:
        entries: the weights, `packed_few`.
        scale, bias: as of `Runs`.
    """

    entries: Packed
    scale: Floats
    bias: Floats

    def odds(self, stream: Stream, first: Ints, last: Ints) -> Floats:
        """As of `Runs`."""
        found = weighed_few(stream.codes, first, last, self.entries, self.scale)
        found += self.bias
        return found
