"""What the renderings of a guide say of their own; the words stand in `words.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from lianfang.report.words import phrases as report_phrases

TABLE = Path(__file__).with_suffix(".yaml")

Table = dict[str, dict[str, dict[str, str]]]


@cache
def table() -> Table:
    """Groups of words: each name with its words in each language."""
    read: Table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return read


def group(name: str, lang: str) -> dict[str, str]:
    """The words of one group in one language, in the order of the file."""
    return {key: said[lang] for key, said in table()[name].items()}


def phrases(lang: str) -> dict[str, str]:
    """Every phrase in one language, the report's too."""
    return report_phrases(lang) | group("phrases", lang)
