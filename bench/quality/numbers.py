"""The results as numbers, for a program to read."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench.quality.attacks import Withstood
    from bench.quality.evasion import Evasion, Evasions
    from bench.quality.measure import ActivityRow, StanceRow
    from bench.quality.pairs import PairRates
    from bench.quality.rates import Precision, Rate
    from bench.quality.result import MethodResult, Result

Numbers = dict[str, Any]


def numbers(result: Result) -> Numbers:
    """Every number of a run; no text of the corpus is among them."""
    return {
        "sizes": {name: asdict(kept) for name, kept in result.sizes.items()},
        "methods": {name: _method(method) for name, method in result.methods.items()},
    }


def _method(method: MethodResult) -> Numbers:
    return {
        "activities": {row.activity: _activity(row) for row in method.activities},
        "stances": {row.stance.value: _stance(row) for row in method.stances},
        "stance_accuracy": _rate(method.accuracy),
        "confusion": {
            f"{gold}>{told}": count for (gold, told), count in sorted(method.confusion.items())
        },
        "pairs": _pairs(method.pairs),
        "attacks": {"caught": _withstood(method.caught), "clear": _withstood(method.clear)},
        "disguises": {how: _evasions(found) for how, found in method.disguises.items()},
        "development": {row.activity: _activity(row) for row in method.development},
    }


def _activity(row: ActivityRow) -> Numbers:
    return {
        "recall": row.recall.numbers(),
        "recall_any_name": row.any_name.numbers(),
        "precision": row.precision.numbers(),
        "null": row.null.numbers(),
        "hard_false_alarms": row.hard.numbers(),
        "ordinary_false_alarms": row.ordinary.numbers(),
        "ordinary_null": row.ordinary_null.numbers(),
        "precision_at": {str(p.prevalence): _precision(p) for p in row.at},
    }


def _stance(row: StanceRow) -> Numbers:
    return {
        "suspect": row.suspect.numbers(),
        "null": row.null.numbers(),
        "right": _rate(row.right),
        "precision": _rate(row.precision),
        "ordinary_false_alarms": _rate(row.ordinary),
    }


def _precision(precision: Precision) -> Numbers:
    return {"estimate": _rounded(precision.estimate), "worst": _rounded(precision.worst)}


def _pairs(pairs: PairRates) -> Numbers:
    return {
        "both": pairs.both.numbers(),
        "offending": pairs.offending.numbers(),
        "innocent": pairs.innocent.numbers(),
    }


def _withstood(withstood: Withstood) -> Numbers:
    return {
        "before": withstood.before.numbers(),
        "texts": withstood.texts.numbers(),
        "lines": withstood.lines.numbers(),
        "ways": {how: rate.numbers() for how, rate in withstood.ways.items()},
    }


def _evasions(found: Evasions) -> Numbers:
    return {
        "offending": _evasion(found.offending),
        "innocent": _evasion(found.innocent),
        "ordinary": _evasion(found.ordinary),
    }


def _evasion(evasion: Evasion) -> Numbers:
    before, after = evasion.suspect.rates
    low, high = evasion.suspect.interval
    return {
        "texts": evasion.texts,
        "disguised": asdict(evasion.suspect),
        "suspect_before": before.numbers(),
        "suspect_after": after.numbers(),
        "change": _rounded(evasion.suspect.change),
        "low": round(low, 5),
        "high": round(high, 5),
    }


def _rate(rate: Rate | None) -> Numbers | None:
    return rate.numbers() if rate else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 5)
