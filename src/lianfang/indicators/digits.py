"""Numbers as people write them to be read by people only: parted, or in Chinese digits."""

from __future__ import annotations

import re

SEPARATOR = r"[ _.*·/|~—:-]{1,2}"
"""What may part the digits of one number: always the same, or it is a date or a time."""

HAN_DIGITS = str.maketrans("〇零一幺二三四五六七八九壹贰叁肆伍陆柒捌玖", "001123456789123456789")

_NO_DIGIT = re.compile(r"\D+", re.ASCII)


def parted(first: str, least: int, most: int) -> str:
    """A regular expression of a number, in one piece or parted by one and the same separator.

    Args:
        first: what its first digit can be, as a regular expression.
        least: how many digits follow at least.
        most: and at most.
    """
    gap = rf"(?:(?=\d{{1,{most}}}(?P<gap>{SEPARATOR})\d)|)"
    return rf"{gap}{first}(?:(?P=gap)?\d){{{least},{most}}}"


def only_digits(text: str) -> str:
    """The ASCII digits of a text."""
    return _NO_DIGIT.sub("", text)
