"""What is wrong with a row or a file, in the reader's language: readers of files speak English."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

from lianfang.web.core.words import language

PHRASES = Path(__file__).with_name("reasons.yaml")


def in_words(said: str) -> str:
    """A reason, a problem or what to do, as far as it has a Chinese wording."""
    if language() == "en":
        return said
    for english, chinese in _phrases():
        said = english.sub(chinese, said)
    return said.replace(": ", "：") if said and not said.isascii() else said


@cache
def _phrases() -> list[tuple[re.Pattern[str], str]]:
    read: list[list[str]] = yaml.safe_load(PHRASES.read_text(encoding="utf-8"))
    return [(re.compile(english), chinese) for english, chinese in read]
