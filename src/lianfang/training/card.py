"""The numbers of a model card: what was learned from, and how it did on authors held out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from lianfang.model import Stance
from lianfang.screening.wilson import wilson

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from lianfang.text.ngrams import Floats
    from lianfang.training.lines import Labelled


def card(
    lines: Labelled,
    guides: list[str],
    score: Floats,
    about: Floats,
    thresholds: tuple[float, float],
) -> dict[str, Any]:
    """Counts, and shares with their 95 % Wilson intervals; innocent lines are mostly hard ones."""
    clear_below, suspect_from = thresholds
    suspect, unsure = score >= suspect_from, (score >= clear_below) & (score < suspect_from)
    offends = np.array([stance.offends for stance in lines.stances])
    best = about.argmax(axis=1).tolist()
    right = np.array(
        [guides[one] in held for one, held in zip(best, lines.activities, strict=True)]
    )
    stances = np.array([stance.value for stance in lines.stances])
    held = {
        name: offends & np.array([name in those for those in lines.activities]) for name in guides
    }
    return {
        "lines": len(lines.texts),
        "authors": len(set(lines.authors)),
        "stances": dict(sorted(Counter(stances.tolist()).items())),
        "recall": _share(suspect[offends]),
        "false_alarms": _share(suspect[~offends]),
        "unsure": _share(unsure),
        "right_activity_of_those_found": _share(right[offends & suspect]),
        "by_stance": {s.value: _pair(suspect, unsure, stances == s.value) for s in Stance},
        "by_activity": {name: _pair(suspect, unsure, rows) for name, rows in held.items()},
    }


def _pair(
    suspect: NDArray[np.bool_], unsure: NDArray[np.bool_], of: NDArray[np.bool_]
) -> dict[str, Any]:
    return {"suspect": _share(suspect[of]), "unsure": _share(unsure[of])}


def _share(hits: NDArray[np.bool_]) -> list[float]:
    return share_of(int(hits.sum()), int(hits.size))


def share_of(hits: int, total: int) -> list[float]:
    """Share, low and high end of its interval, and of how many; 0 of nothing."""
    low, high = wilson(hits, total)
    share = hits / total if total else 0.0
    return [round(share, 4), round(low, 4), round(high, 4), total]
