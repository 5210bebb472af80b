"""What the site says, in the reader's language; each app's words stand in its `words.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from django.apps import apps
from django.utils.translation import get_language

from lianfang.errors import LianfangError
from lianfang.report.words import kind_name

if TYPE_CHECKING:
    from django.http import HttpRequest

OURS = ("account", "name", "number")
"""Kinds of personal values that no indicator is of."""


class SaidTwiceError(LianfangError):
    """Two apps have a phrase under one key."""

    http_status = 500


@cache
def words(lang: str) -> dict[str, str]:
    """Every phrase in one language, `zh` or `en`, by its key.

    Raises:
        SaidTwiceError: a key stands in the words of two apps.
    """
    said: dict[str, str] = {}
    for app in apps.get_app_configs():
        table = Path(app.path) / "words.yaml"
        if app.name.startswith("lianfang.") and table.exists():
            _add(said, table, lang)
    return said


def _add(said: dict[str, str], table: Path, lang: str) -> None:
    read: dict[str, dict[str, str]] = yaml.safe_load(table.read_text(encoding="utf-8")) or {}
    if twice := said.keys() & read.keys():
        raise SaidTwiceError("a key is taken", where=f"{table}: {min(twice)}", do="rename it")
    said |= {key: phrase[lang] for key, phrase in read.items()}


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
