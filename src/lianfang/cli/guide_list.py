"""The guides of a folder, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from lianfang.cli.console import console
from lianfang.guides.corpus import CLEAN, HITS, read_corpus

if TYPE_CHECKING:
    from lianfang.guides.library import Library

HEADS = {
    "zh": ("编号", "名称", "版本", "特征", "招揽样本", "正常样本"),
    "en": ("id", "name", "version", "features", "hits", "clean"),
}


def print_list(library: Library, lang: str) -> None:
    """Print one row a guide: its id, name, version, and how many features and texts it has."""
    table = Table(box=None)
    for i, head in enumerate(HEADS[lang]):
        table.add_column(head, justify="right" if i > 2 else "left")  # noqa: PLR2004
    for name, guide in library.guides.items():
        texts = [len(read_corpus(library.root / name / file).lines) for file in (HITS, CLEAN)]
        counts = map(str, (len(guide.features), *texts))
        table.add_row(name, getattr(guide.name, lang), guide.version, *counts)
    console().print(table)
