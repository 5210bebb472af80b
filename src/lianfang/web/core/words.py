"""What the site says, in the reader's language; the words stand in `words.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from django.utils.translation import get_language

from lianfang.report.words import kind_name

if TYPE_CHECKING:
    from django.http import HttpRequest

OURS = ("account", "name", "number")
"""Kinds of personal values that no indicator is of."""

TABLE = Path(__file__).with_suffix(".yaml")


@cache
def words(lang: str) -> dict[str, str]:
    """Every phrase in one language, `zh` or `en`, by its key."""
    read: dict[str, dict[str, str]] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return {key: said[lang] for key, said in read.items()}


def language() -> str:
    """The language of the answer that is being made."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def say(key: str, **values: object) -> str:
    """A phrase in the language of the answer, its gaps filled."""
    return words(language())[key].format(**values)


def value_name(kind: str) -> str:
    """What a kind of personal value is called."""
    return say(f"value_{kind}") if kind in OURS else kind_name(kind, language())


def processor(_: HttpRequest) -> dict[str, Any]:
    """`w` and `lang` for every template."""
    return {"w": words(language()), "lang": language()}
