"""What a JSON line says: a verdict, and the indicators of a text that somebody will look at.

Personal numbers and handles are masked in whatever is quoted, unless they are to be revealed.
The id is the caller's own and stays.
"""

from __future__ import annotations

from msgspec.structs import asdict, replace

from lianfang.indicators import find_indicators, hide, masked_in
from lianfang.model import Indicator, Line, Verdict
from lianfang.screening.quoted import quoting, tells
from lianfang.text.writable import writable


def line(verdict: Verdict, text: str, *, reveal: bool) -> Verdict:
    """What is written of a verdict; one that tells nothing is written as it is.

    Args:
        verdict: what screening said of the text.
        text: the original text.
        reveal: mask nothing.
    """
    if not tells(verdict):
        return verdict
    found = find_indicators(text)
    if not reveal:
        hidden = hide(text, found)
        found = [masked_in(hidden, one) for one in found]
        verdict = quoting(verdict, hidden)
    return Line(**asdict(verdict), indicators=tuple(_writable(one) for one in found))


def _writable(indicator: Indicator) -> Indicator:
    return replace(indicator, value=writable(indicator.value))
