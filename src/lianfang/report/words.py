"""What the report says in Chinese and in English; the phrases stand in `words.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from lianfang.errors import InputError
from lianfang.model import Stance

if TYPE_CHECKING:
    from lianfang.guides.model import Words

LANGUAGES = ("zh", "en")
TABLE = Path(__file__).with_suffix(".yaml")

STANCE_EN = {
    Stance.OFFER: "offers",
    Stance.INSTRUCT: "instructs",
    Stance.ACT: "acts",
    Stance.COMPLAIN: "complains",
    Stance.REPORT: "reports",
    Stance.SEEK: "seeks help",
    Stance.WARN: "warns",
    Stance.OTHER: "other",
}

Table = dict[str, dict[str, dict[str, str]]]


@cache
def table() -> Table:
    """`phrases`, `roles` and `kinds`: each name with its words in each language."""
    read: Table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return read


def check_language(lang: str) -> None:
    """Refuse a language that the table lacks, before any work is done.

    Raises:
        InputError: no such language.
    """
    if lang not in LANGUAGES:
        do = f"use one of {', '.join(LANGUAGES)}"
        raise InputError("no report in this language", where=lang, do=do)


def phrases(lang: str) -> dict[str, str]:
    """Every phrase in one language."""
    return {name: said[lang] for name, said in table()["phrases"].items()}


def role_name(role: str, lang: str) -> str:
    """What a role of a playbook is called; an unknown one keeps its id."""
    return table()["roles"].get(role, {}).get(lang, role)


def kind_name(kind: str, lang: str) -> str:
    """What a kind of indicator is called."""
    return table()["kinds"][kind][lang]


def say(words: Words, lang: str) -> str:
    """A guide's words in one language."""
    return words.en if lang == "en" else words.zh


def stance_name(stance: Stance, lang: str) -> str:
    """What a stance is called."""
    return STANCE_EN[stance] if lang == "en" else stance.zh
