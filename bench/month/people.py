"""Personal values that belong to nobody, put in the place of marks such as `<mobile>`.

They keep to the rules of their kind (lengths, check digits) and avoid what could be somebody's:
mobile numbers in segments that no operator has given out, districts that GB/T 2260 doesn't know,
a card prefix without an issuer, addresses under example.com. Names have three characters, so that
a search for one finds no everyday word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bench.month.model import Personal

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_MARK = re.compile(r"<(([a-z_]+)\d?)>")
_SURNAMES: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
)
_GIVEN: Final = (
    "伟芳娜敏静丽强磊洋艳勇军杰娟涛超霞平刚桂英玉兰鹏飞宇轩梓涵欣怡浩然子墨雨桐佳琪建国志远晓梅"
)
_SEGMENTS: Final = ("154", "161", "163", "164", "168", "169", "194")
_PROVINCES: Final = (
    "11",
    "13",
    "21",
    "31",
    "32",
    "33",
    "34",
    "35",
    "37",
    "41",
    "42",
    "43",
    "44",
    "51",
)
_HAN: Final = str.maketrans("0123456789", "零一二三四五六七八九")
_LETTERS: Final = "abcdefghjkmnpqrtwxyz"
_HINTS: Final = ("fw", "zx", "kf", "xd", "yt", "ls", "zs", "jk", "hj", "mm", "rq", "qy")
_WEIGHTS: Final = [2**place % 11 for place in range(17, 0, -1)]


def fill(text: str, rng: Random, known: dict[str, Personal]) -> str:
    """Fill a text's marks.

    Args:
        text: with marks: a kind, and a digit where a second person is meant (`<name2>`).
        rng: where values are drawn from.
        known: values by mark that are put in again; new ones are added.
    """

    def put(match: re.Match[str]) -> str:
        mark = match[1]
        if mark not in known:
            known[mark] = MAKERS[match[2]](rng)
        return known[mark].value

    return _MARK.sub(put, text)


def luhn_digit(body: str) -> str:
    """The digit that checks a card number's other digits (ISO/IEC 7812-1)."""
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in body[::-2])
    return str(-(doubled + sum(map(int, body[-2::-2]))) % 10)


def identity_check(body: str) -> str:
    """The character that checks seventeen digits of an identity number (GB 11643-1999)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True))
    return "10X98765432"[total % 11]


def _plain(kind: str, value: str) -> Personal:
    return Personal(kind, value, value)


def _digits(rng: Random, count: int) -> str:
    return f"{int(rng.random() * 10**count):0{count}d}"


def _name(rng: Random) -> Personal:
    return _plain("name", rng.choice(_SURNAMES) + rng.choice(_GIVEN) + rng.choice(_GIVEN))


def _mobile(rng: Random) -> Personal:
    return _plain("mobile", rng.choice(_SEGMENTS) + _digits(rng, 8))


def _mobile_hidden(rng: Random) -> Personal:
    plain = _mobile(rng).plain
    first, middle, last = plain[:3], plain[3:7], plain[7:]
    ways = (
        f"{first} {middle} {last}",
        f"{first}-{middle}-{last}",
        f"{first.translate(_HAN)}{middle}{last.translate(_HAN)}",
        plain.translate(_HAN),
    )
    return Personal("mobile", rng.choice(ways), plain)


def _wechat(rng: Random) -> Personal:
    letters = rng.choice(_HINTS) + rng.choice(_LETTERS) + rng.choice(_LETTERS)
    return _plain("wechat", f"{letters}{_digits(rng, rng.randrange(4, 7))}")


def _qq(rng: Random) -> Personal:
    return _plain("qq", f"9{_digits(rng, 9)}")


def _card(rng: Random) -> Personal:
    body = f"6299{_digits(rng, rng.choice((11, 14)))}"
    return _plain("card", body + luhn_digit(body))


def _id_card(rng: Random) -> Personal:
    born = f"{rng.randrange(1960, 2005)}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}"
    body = f"{rng.choice(_PROVINCES)}9900{born}{_digits(rng, 3)}"
    return _plain("id_card", body + identity_check(body))


def _email(rng: Random) -> Personal:
    return _plain("email", f"{_wechat(rng).plain}@mail.example.com")


def _account(rng: Random) -> Personal:
    day = f"{rng.randrange(2021, 2026)}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}"
    return _plain("account", f"YT{day}{_digits(rng, 7)}")


MAKERS: Final[dict[str, Callable[[Random], Personal]]] = {
    "name": _name,
    "mobile": _mobile,
    "mobile_hidden": _mobile_hidden,
    "wechat": _wechat,
    "qq": _qq,
    "card": _card,
    "id_card": _id_card,
    "email": _email,
    "account": _account,
}
