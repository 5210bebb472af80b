"""A text in the three ways in which indicators are read, each with its way back.

- `CASED`: as the screener reads it (`Stream`), capital letters kept: addresses need them.
- `DIGITS`: the same, Chinese digits read as ASCII ones.
- `SPREAD`: separators stay between Han characters (a Chinese domain needs its dot), and
  decoration is a space rather than nothing ("V❤abc12345" isn't "vabc12345"), but for the emoji
  that stand for a platform.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lianfang.indicators.digits import HAN_DIGITS
from lianfang.text.stream import SPACE, Stream
from lianfang.text.tables import CLASS, EXPANDS, FOLD, Class

if TYPE_CHECKING:
    from lianfang.text.stream import Codes, Ints, Origin

SATELLITE, PENGUIN, PLANE = "🛰", "🐧", "✈"
"""Emoji that stand for WeChat (微信 sounds like 卫星), QQ and Telegram."""

_MARKERS = [ord(char) for char in SATELLITE + PENGUIN + PLANE]
_DROPPED = EXPANDS
"""Stands for what is invisible."""

_A, _Z = ord("A"), ord("Z")
_WIDE = np.uint32(ord("Ａ") - ord("A"))
_TO_SMALL = np.uint32(ord("a") - ord("A"))


class Way(IntEnum):
    """How a text is read."""

    CASED = 0
    DIGITS = 1
    SPREAD = 2


class Found(NamedTuple):
    """A value in a text that was read: its span there, and its canonical form."""

    start: int
    end: int
    canonical: str


class View(NamedTuple):
    """A text as it is read, and the place in the original of each of its characters."""

    text: str
    origin: Ints | Origin

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that `[start, end)` was read from."""
        return int(self.origin[start]), int(self.origin[end - 1]) + 1


def views(text: str) -> tuple[View, View, View]:
    """One for each `Way`."""
    stream = Stream.of([text])
    raw, codes, origin = stream.raw[:-1], stream.codes[:-1], stream.origin[:-1]
    cased = View(_text(_with_capitals(codes, raw[origin])), origin)
    digits = View(cased.text.translate(HAN_DIGITS), origin)
    return cased, digits, _spread(raw)


def _spread(raw: Codes) -> View:
    codes = _one_for_one(raw)
    origin = np.flatnonzero(codes != _DROPPED)
    return View(_text(_with_capitals(codes[origin], raw[origin])), origin)


def _one_for_one(raw: Codes) -> Codes:
    """The code point read in place of each: decoration, and what would be several, is a space."""
    codes = FOLD[raw]
    codes[codes >= EXPANDS] = SPACE
    kinds = CLASS[codes]
    codes[kinds == Class.DECOR] = SPACE
    codes[kinds == Class.DROP] = _DROPPED
    return np.where(np.isin(raw, _MARKERS), raw, codes)


def _with_capitals(codes: Codes, raw: Codes) -> Codes:
    """Folded code points, those of Latin capitals as capitals again."""
    narrow = np.where(raw > _WIDE, raw - _WIDE, raw)
    capital = (narrow >= _A) & (narrow <= _Z) & (codes == narrow + _TO_SMALL)
    made: Codes = np.where(capital, narrow, codes)
    return made


def _text(codes: Codes) -> str:
    return codes.tobytes().decode("utf-32-le")
