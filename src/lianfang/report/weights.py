"""What a verdict's score is made of, as bars: the strongest features and runs of characters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianfang.text.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lianfang.model import Verdict, Weight
    from lianfang.report.reasons import Reason
    from lianfang.report.segments import Range

MOST_BARS = 8
MOST_PLACES = 12
"""Places of one run that are shown."""

WHOLE_BAR = 1.0
"""Log-odds that fill a bar, where none of the text's is stronger."""

END = "⏎"
"""How a run writes the end of a line, or of the text."""

_DIGITS = str.maketrans("123456789", "0" * 9)
"""Runs take all digits as one."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        what: the feature's name, or the characters.
        is_run: whether it is a run of characters.
        value: log-odds; above 0 they speak for an offence.
        share: length of the bar in per cent of the longest.
        layer: the layer of the text where its places are marked; None where it has none.
    """

    what: str
    is_run: bool
    value: float
    share: float
    layer: int | None

    @property
    def sign(self) -> str:
        return f"{self.value:+.2f}".replace("-", "−")


@dataclass(frozen=True, slots=True)
class Bars:
    """The strongest weights of a verdict.

    Attributes:
        shown: strongest first.
        weaker: how many more there are.
        places: for each run of characters among them where it stands in the text.
    """

    shown: tuple[Bar, ...]
    weaker: int
    places: tuple[tuple[Range, ...], ...]


def bars(verdict: Verdict, quoted: Verdict, text: str, reasons: Sequence[Reason]) -> Bars:
    """Make the bars.

    Args:
        verdict: what screening said of the text.
        quoted: the same as it may be shown.
        text: the original text.
        reasons: the verdict's features; the layer of each is its number, runs come after the
            next one.
    """
    pairs = zip(verdict.weights, quoted.weights, strict=True)
    strongest = sorted(pairs, key=lambda pair: -abs(pair[0].value))[:MOST_BARS]
    known = {reason.id: number for number, reason in enumerate(reasons)}
    runs = [weight.what for weight, _ in strongest if weight.what not in known]
    stream = Stream.of([text])
    places = {run: tuple(_places(stream, run)) for run in runs}
    layers = {run: len(reasons) + 1 + number for number, run in enumerate(places)}
    longest = max([WHOLE_BAR, *(abs(weight.value) for weight, _ in strongest)])

    def bar(weight: Weight, told: Weight) -> Bar:
        share = round(100 * abs(weight.value) / longest, 1)
        number = known.get(weight.what)
        if number is None:
            layer = layers[weight.what] if places[weight.what] else None
            return Bar(told.what, is_run=True, value=weight.value, share=share, layer=layer)
        layer = number if reasons[number].ranges else None
        label = reasons[number].label
        return Bar(label, is_run=False, value=weight.value, share=share, layer=layer)

    shown = tuple(bar(*pair) for pair in strongest)
    return Bars(shown, len(verdict.weights) - len(shown), tuple(places.values()))


def _places(stream: Stream, run: str) -> Iterator[Range]:
    """Where a run stands in the original text; the ends of a text are no place."""
    read = f"\n{stream.text}".translate(_DIGITS)
    wanted = run.replace(END, "\n").translate(_DIGITS)
    at, found = read.find(wanted), 0
    while at >= 0 and found < MOST_PLACES:
        first, last = max(at - 1, 0), min(at - 1 + len(wanted), len(stream.text) - 1)
        if first < last:
            yield stream.original_span(0, first, last)
            found += 1
        at = read.find(wanted, at + 1)
