"""The results as tables, for a person to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.quality import notes
from bench.quality.attacks import JOINS, Withstood
from bench.quality.cells import NOTHING, per_thousand, percent, rate_text
from bench.quality.evasion_tables import evasion_tables
from bench.quality.measure import ActivityRow, StanceRow
from bench.quality.rates import PER, PREVALENCES, Precision
from bench.quality.result import MethodResult, Result
from bench.tables import section, table
from lianfang.model import Stance


@dataclass(frozen=True)
class Origin:
    """What was measured, and when."""

    date: str
    guides: dict[str, str]
    guides_digest: str
    data_digest: str
    disguises_digest: str


def report(result: Result, origin: Origin) -> str:
    """All tables of a run."""
    return "\n".join(
        [
            "# Quality\n",
            notes.INTRODUCTION,
            section("What was measured", _origin(origin), _sizes(result)),
            section("By activity", notes.ACTIVITIES, _activities(result, lambda m: m.activities)),
            section("False alarms on ordinary messages", _ordinary(result)),
            section("Precision where offences are rare", notes.PRECISION, _precisions(result)),
            section("By stance", notes.STANCES, _stances(result)),
            *_confusions(result),
            section("Minimal pairs", notes.PAIRS, _pairs(result)),
            section("Attacks by caution", notes.ATTACKS, _attacks(result)),
            section("Disguises", notes.DISGUISES, *evasion_tables(result)),
            section(
                "Development side", notes.DEVELOPMENT, _activities(result, lambda m: m.development)
            ),
        ]
    )


def _origin(origin: Origin) -> str:
    guides = ", ".join(f"{name} {version}" for name, version in origin.guides.items())
    return (
        f"Date {origin.date}. Guides: {guides}. Digest of the guides `{origin.guides_digest}`"
        f", of the data `{origin.data_digest}`, of the disguises `{origin.disguises_digest}`."
    )


def _sizes(result: Result) -> str:
    head = ("texts", "measured", "groups", "dropped: near-duplicates of a development line")
    return table(
        head,
        (
            (name, str(kept.kept), str(kept.groups), str(kept.dropped))
            for name, kept in result.sizes.items()
        ),
    )


Pick = Callable[[MethodResult], list[ActivityRow]]


def _by_method(result: Result, pick: Pick) -> Iterator[tuple[str, ActivityRow]]:
    """Rows of the same activity stand together."""
    columns = [[(name, row) for row in pick(m)] for name, m in result.methods.items()]
    for same in zip(*columns, strict=True):
        yield from same


def _activities(result: Result, pick: Pick) -> str:
    head = (
        "activity",
        "method",
        "recall",
        "recall, any name",
        "precision",
        "null",
        "hard false alarms",
    )
    return table(
        head,
        (
            (
                row.activity,
                name,
                rate_text(row.recall),
                rate_text(row.any_name),
                rate_text(row.precision),
                rate_text(row.null),
                rate_text(row.hard),
            )
            for name, row in _by_method(result, pick)
        ),
    )


def _ordinary(result: Result) -> str:
    head = ("activity", "method", f"false alarms per {PER:,}", f"null per {PER:,}, any name")
    rows = _by_method(result, lambda m: m.activities)
    return table(
        head,
        (
            (row.activity, name, per_thousand(row.ordinary), per_thousand(row.ordinary_null))
            for name, row in rows
        ),
    )


def _precisions(result: Result) -> str:
    head = ("activity", "method", *(f"at {100 * p:g} %" for p in PREVALENCES))
    rows = _by_method(result, lambda m: m.activities)
    return table(head, ((row.activity, name, *map(_precision, row.at)) for name, row in rows))


def _precision(precision: Precision) -> str:
    return f"{percent(precision.estimate)} (≥ {percent(precision.worst)})"


def _stances(result: Result) -> str:
    head = (
        "stance",
        "method",
        "suspect",
        "null",
        "told rightly",
        "precision",
        f"ordinary false alarms per {PER:,}",
    )
    rows = (
        (name, row)
        for number in range(len(Stance))
        for name, m in result.methods.items()
        for row in [m.stances[number]]
    )
    told = [
        f"Stance told rightly over all lines, {name}: {rate_text(m.accuracy)}."
        for name, m in result.methods.items()
        if m.accuracy
    ]
    return "\n".join([table(head, (_stance(name, row) for name, row in rows)), *told])


def _stance(name: str, row: StanceRow) -> tuple[str, ...]:
    return (
        f"{row.stance.value} {row.stance.zh}",
        name,
        rate_text(row.suspect),
        rate_text(row.null),
        rate_text(row.right),
        rate_text(row.precision),
        per_thousand(row.ordinary),
    )


def _confusions(result: Result) -> Iterator[str]:
    for name, method in result.methods.items():
        if method.confusion:
            head = ("line is ↓, told →", *(stance.value for stance in Stance))
            rows = (
                (gold.value, *(str(method.confusion[gold, told] or NOTHING) for told in Stance))
                for gold in Stance
            )
            yield section(f"Stances confused: {name}", table(head, rows))


def _pairs(result: Result) -> str:
    head = ("method", "both right", "offending side suspect", "innocent side clear")
    return table(
        head,
        (
            (
                name,
                rate_text(m.pairs.both),
                rate_text(m.pairs.offending),
                rate_text(m.pairs.innocent),
            )
            for name, m in result.methods.items()
        ),
    )


def _attacks(result: Result) -> str:
    head = (
        "lines",
        "method",
        "right before",
        "attacked texts still right",
        "lines right under every caution",
        *JOINS,
    )
    rows = [
        (what, name, withstood)
        for name, m in result.methods.items()
        for what, withstood in (("offending, caught", m.caught), ("warn, clear", m.clear))
    ]
    return table(head, (_withstood(*row) for row in sorted(rows, key=lambda row: row[0])))


def _withstood(what: str, name: str, withstood: Withstood) -> tuple[str, ...]:
    return (
        what,
        name,
        rate_text(withstood.before),
        rate_text(withstood.texts),
        rate_text(withstood.lines),
        *(rate_text(rate) for rate in withstood.ways.values()),
    )
