"""Which rules fire in which texts of a batch, and the places that make them fire.

Three steps, each on what the one before leaves over:

1. terms are found and sieved by what each rule needs, over the whole batch;
2. handles and numbers are looked for where a rule that could fire asks for them;
3. conditions are evaluated, unit by unit, for the pairs of text and rule that are left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lianfang.screening.evaluate import NOTHING, Batch, Fired, evaluate
from lianfang.screening.finds import START, by_set, find, locate, merged
from lianfang.screening.judge import Evidence
from lianfang.screening.mentions import mentions
from lianfang.screening.sieve import Pairs, sieve
from lianfang.text.units import Units

if TYPE_CHECKING:
    from collections.abc import Callable

    from lianfang.screening.layout import Layout
    from lianfang.text.stream import Bools, Stream


class Firing:
    """The rules that fired in one batch.

    Whether a text may be suspect or about an activity, if all holds that may hold, is for the judge
    to say (`concern`); such texts are *concerned*, and only they are looked at through and through.
    Of others only the features are read that speak for a calm stance.

    Args:
        layout: of the program.
        stream: the batch.
        concern: says which texts are concerned; without it all are.

    Attributes:
        units: sentences and turns.
        fired: in concerned texts, with places.
        aside: in the others; they speak for a stance alone, and have no places.
    """

    def __init__(
        self, layout: Layout, stream: Stream, concern: Callable[[Evidence], Bools] | None = None
    ) -> None:
        self.layout, self.stream, self.units = layout, stream, Units(stream)
        self._found = find(layout.scanner.scan(stream), layout.leads, stream.gap, stream.undone)
        locate(self._found, self.units.all, self.units.quotes)
        first = np.searchsorted(self._found[START], stream.starts)
        pairs = sieve(self._found, first, stream.starts, stream.codes, stream.classes, layout.needs)
        if concern is None:
            self.aside = pairs.keep(pairs.text < 0)
            self.fired = evaluate(pairs, self._batch(pairs)) if pairs.text.size else NOTHING
        else:
            self.fired, self.aside = self._in_two_steps(pairs, concern)

    def _in_two_steps(
        self, pairs: Pairs, concern: Callable[[Evidence], Bools]
    ) -> tuple[Fired, Pairs]:
        layout, size = self.layout, len(self.stream.texts)
        own = layout.of_guide[pairs.rule]
        possible = concern(Evidence(pairs.rule, pairs.text, size))[pairs.text]
        calm = layout.calm[pairs.rule]
        read = possible | (calm & ~layout.plain[pairs.rule])
        if not read.any():
            return NOTHING, pairs.keep(calm)
        batch = self._batch(pairs.keep(read))
        open_ = read & (own | calm) & ~(calm & layout.plain[pairs.rule])
        early = evaluate(pairs.keep(open_), batch)
        left = pairs.keep(~open_ & possible)
        rules = np.concatenate((early.rule, left.rule))
        texts = np.concatenate((early.text, left.text))
        concerned = concern(Evidence(rules, texts, size))
        late = pairs.keep(~open_ & concerned[pairs.text])
        mine = concerned[early.text]
        others = pairs.keep(calm & ~open_ & ~concerned[pairs.text])
        aside = Pairs(
            np.concatenate((early.text[~mine], others.text)),
            np.concatenate((early.rule[~mine], others.rule)),
            pairs.marks,
        )
        if not concerned.any():
            return NOTHING, aside
        return _both(early, mine, evaluate(late, batch)), aside

    def _batch(self, pairs: Pairs) -> Batch:
        """The places of all texts of some pairs, with the mentions that these ask for."""
        layout, stream = self.layout, self.stream
        more = mentions(layout, stream, pairs)
        locate(more, self.units.all, self.units.quotes)
        asked = np.zeros(len(stream.texts), dtype=bool)
        asked[pairs.text] = True
        places, first = merged(self._found, more, stream.starts, asked)
        return Batch(
            first,
            stream.starts,
            stream.classes,
            places,
            by_set(places, layout.sets),
            self.units.all,
            layout.code,
            layout.needs,
            layout.cues,
            layout.leads.longest,
        )

    def evidence(self) -> Evidence:
        """What a judge weighs."""
        rules = np.concatenate((self.fired.rule, self.aside.rule))
        texts = np.concatenate((self.fired.text, self.aside.text))
        at = np.full(rules.size, -1, dtype=np.int64)
        somewhere = np.flatnonzero(self.fired.first < self.fired.last)
        at[somewhere] = self.fired.hits[START, self.fired.first[somewhere]]
        return Evidence(rules, texts, len(self.stream.texts), at)


def _both(early: Fired, mine: Bools, late: Fired) -> Fired:
    """Some that fired early, and all that fired late."""
    width = early.hits.shape[1]
    return Fired(
        np.concatenate((early.text[mine], late.text)),
        np.concatenate((early.rule[mine], late.rule)),
        np.concatenate((early.first[mine], late.first + width)),
        np.concatenate((early.last[mine], late.last + width)),
        np.concatenate((early.hits, late.hits), axis=1),
    )
