"""Personal indicators masked, in themselves and in texts that quote them.

The ends stay, so that two cases can be told apart; lengths never change. Where it can't be told
which characters of a disguised value are which of the canonical one, all are hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from lianfang.indicators.digits import HAN_DIGITS
from lianfang.indicators.mask import BULLET, CARD_KEEPS, IDENTITY_KEEPS, PHONE_KEEPS, mask
from lianfang.text.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lianfang.model import Indicator

HANDLE_KEEPS = (2, 1)
"""Characters of an id, or of an e-mail address before its @, that stay."""

KEEPS = {
    "phone": PHONE_KEEPS,
    "landline": PHONE_KEEPS,
    "bank-card": CARD_KEEPS,
    "wallet": CARD_KEEPS,
    "id-card": IDENTITY_KEEPS,
}


def masked(indicator: Indicator) -> Indicator:
    """A personal indicator with value and canonical form masked; any other as it is."""
    if not indicator.personal:
        return indicator
    value = _bulleted(indicator.value, _hidden_of_value(indicator))
    canonical = _bulleted(indicator.canonical, _hidden_of_canonical(indicator))
    return replace(indicator, value=value, canonical=canonical)


def hide(text: str, indicators: Sequence[Indicator]) -> str:
    """A text with its personal numbers and indicators masked; as long as before.

    A number that only looks like a card's is masked too (`mask`), but no firm's credit code.

    Args:
        text: the original.
        indicators: what `find_indicators` found in it.
    """
    shown = list(mask(text))
    for one in indicators:
        if one.kind == "credit-code":
            shown[one.start : one.end] = one.value
    personal = [one for one in indicators if one.personal]
    places = [one.start + place for one in personal for place in _hidden_of_value(one)]
    return _bulleted(shown, places)


def masked_in(hidden: str, indicator: Indicator) -> Indicator:
    """As `masked`; a link in which something personal stands is masked there too.

    Args:
        hidden: the text of the indicator, as `hide` made it.
        indicator: any that was found in the text.
    """
    piece = hidden[indicator.start : indicator.end]
    if indicator.personal or piece == indicator.value:
        return masked(indicator)
    return replace(indicator, value=piece, canonical=piece)


def _bulleted(text: str | list[str], places: Iterable[int]) -> str:
    shown = list(text)
    for place in places:
        shown[place] = BULLET
    return "".join(shown)


def _hidden_of_canonical(indicator: Indicator) -> range:
    canonical = indicator.canonical
    length = canonical.rfind("@") if indicator.kind == "email" else len(canonical)
    first, last = KEEPS.get(indicator.kind, HANDLE_KEEPS)
    return range(first, length - last) if length > first + last else range(length)


def _hidden_of_value(indicator: Indicator) -> list[int]:
    places = _places(indicator)
    if places:
        return [places[number] for number in _hidden_of_canonical(indicator)]
    return [place for place, char in enumerate(indicator.value) if char.isalnum()]


def _places(indicator: Indicator) -> list[int]:
    """Where in the value each character of the canonical form stands; none if one isn't there.

    From the end backwards, for a country's code stands in front; an address, whose disguise is
    behind its @, from the front, as far as that.
    """
    stream = Stream.of([indicator.value])
    origin = stream.origin[:-1].tolist()
    read = list(zip(stream.text[:-1].translate(HAN_DIGITS), origin, strict=True))
    if indicator.kind == "email":
        return _aligned(read, indicator.canonical.rpartition("@")[0])
    return _aligned(read[::-1], indicator.canonical.lower()[::-1])[::-1]


def _aligned(read: list[tuple[str, int]], wanted: str) -> list[int]:
    places: list[int] = []
    for char, place in read:
        if len(places) < len(wanted) and char == wanted[len(places)]:
            places.append(place)
    return places if len(places) == len(wanted) else []
