"""Writes the report: counts everything, keeps the most urgent, writes one file.

Nothing in the file comes from elsewhere, and its policy lets nothing in.
"""

from __future__ import annotations

from heapq import nsmallest
from typing import TYPE_CHECKING

from lianfang.errors import InputError
from lianfang.indicators import find_indicators
from lianfang.report.indicators import MOST_SHARED, found, shared
from lianfang.report.rendering import render
from lianfang.report.summary import Summary
from lianfang.report.tally import Tally, urgency
from lianfang.report.words import check_language

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from lianfang.guides.library import Library
    from lianfang.model import Verdict

MOST_CARDS = 2_000


def write_report(
    path: Path,
    verdicts_with_texts: Iterable[tuple[Verdict, str]],
    library: Library,
    *,
    title: str,
    made_at: datetime,
    thresholds: tuple[float, float],
    lang: str = "zh",
    most: int = MOST_CARDS,
    masked: bool = True,
) -> None:
    """Write one self-contained HTML file.

    Args:
        path: the file, overwritten where it is there.
        verdicts_with_texts: read once; only the `most` urgent are kept in memory.
        library: the guides, for names, playbooks and law.
        title: the page's heading.
        made_at: when the texts were screened.
        thresholds: the judge's, below which a text is clear and from which on it is suspect.
        lang: "zh" or "en".
        most: how many verdicts are listed; the counts cover all.
        masked: hide personal numbers and handles.

    Raises:
        InputError: an unknown language, or a file that can't be written.
    """
    check_language(lang)
    tally = Tally()
    kept = nsmallest(most, tally.count(verdicts_with_texts), key=urgency)
    every = [found(pair, find_indicators(pair[1]), masked=masked) for pair in kept]
    summary = Summary(tally, library, lang, thresholds)
    context = {
        "title": title,
        "made_at": made_at,
        "masked": masked,
        "cards": summary.cards(every, masked=masked),
        "shared": shared(every, masked=masked),
        "most_shared": MOST_SHARED,
        "shown": len(kept),
    }
    _write(path, render(summary, context))


def _write(path: Path, page: str) -> None:
    try:
        path.write_text(page, encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        do = f"choose another place ({error.strerror})"
        raise InputError("the report can't be written", where=str(path), do=do) from error
