"""Every indicator of a text, each place told once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lianfang.indicators import (
    bank_card,
    credit_code,
    email,
    handle,
    id_card,
    landline,
    link,
    phone,
    qq,
    service_number,
    wallet,
    wechat,
)
from lianfang.indicators.reading import View, Way, views
from lianfang.model import Indicator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lianfang.indicators.reading import Found


class Kind(NamedTuple):
    """A kind of indicator, what finds it, and how the text must be read for that."""

    name: str
    find: Callable[[str], Iterator[Found]]
    ways: tuple[Way, ...]
    personal: bool


_NUMBER = (Way.CASED, Way.DIGITS)
_NAME = (Way.CASED, Way.SPREAD)

KINDS = (
    Kind("id-card", id_card.find, _NUMBER, personal=True),
    Kind("wallet", wallet.find, (Way.CASED,), personal=True),
    Kind("bank-card", bank_card.find, _NUMBER, personal=True),
    Kind("email", email.find, (Way.CASED,), personal=True),
    Kind("phone", phone.find, _NUMBER, personal=True),
    Kind("landline", landline.find, _NUMBER, personal=True),
    Kind("wechat", wechat.find, _NAME, personal=True),
    Kind("qq", qq.find, (*_NUMBER, Way.SPREAD), personal=True),
    Kind("handle", handle.find, _NAME, personal=True),
    Kind("credit-code", credit_code.find, (Way.CASED,), personal=False),
    Kind("link", link.find, _NAME, personal=False),
    Kind("service-number", service_number.find, _NUMBER, personal=False),
)
"""The surest first: of two personal kinds that overlap the first is told, and so of two others."""

_FREE, _PERSONAL, _OTHER = 0, 1, 2


def find_indicators(text: str) -> list[Indicator]:
    """What stands in an original text, in order.

    No indicator lies in another, but for a personal one in a link: it must be masked there.
    Time is linear in the length of the text: every repetition of a pattern is bounded.
    """
    read = views(text)
    taken = bytearray(len(text))
    found = [one for kind in KINDS for one in _free(_of_kind(kind, read, text), taken)]
    return sorted(found, key=lambda one: (one.start, -one.end))


def _of_kind(kind: Kind, read: tuple[View, ...], text: str) -> Iterator[Indicator]:
    for way in kind.ways:
        if way is not Way.CASED and read[way].text == read[Way.CASED].text:
            continue
        for first, last, canonical in kind.find(read[way].text):
            start, end = read[way].original(first, last)
            yield Indicator(kind.name, text[start:end], canonical, start, end, kind.personal)


def _free(indicators: Iterator[Indicator], taken: bytearray) -> Iterator[Indicator]:
    """Those whose place is free; each takes its own."""
    for one in indicators:
        place = taken[one.start : one.end]
        free = not any(place) if one.personal else _OTHER not in place and _FREE in place
        if free:
            mark = _PERSONAL if one.personal else _OTHER
            taken[one.start : one.end] = bytes(held or mark for held in place)
            yield one
