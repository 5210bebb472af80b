from __future__ import annotations

from bench.quality.answers import Answer, Case
from bench.quality.data import Item, Pair
from bench.quality.measure import (
    ALL,
    activity_row,
    activity_rows,
    confusion,
    stance_accuracy,
    stance_row,
)
from bench.quality.pairs import pair_rates
from bench.quality.rates import Rate

from lianfang.model import Stance


def case(stance, activity, suspect, named, told):
    names = frozenset({named} if named else ())
    return Case(Item("", stance, (activity,) if activity else ()), Answer(suspect, names, told))


HELD = [
    case(Stance.OFFER, "a", True, "a", Stance.OFFER),
    case(Stance.OFFER, "a", True, "b", Stance.ACT),
    case(Stance.OFFER, "a", None, "a", Stance.OFFER),
    case(Stance.ACT, "b", False, "", Stance.OTHER),
    case(Stance.WARN, "a", True, "a", Stance.OFFER),
    case(Stance.WARN, "a", False, "a", Stance.WARN),
]
ORDINARY = [
    case(Stance.OTHER, "", False, "", Stance.OTHER),
    case(Stance.OTHER, "", True, "b", Stance.ACT),
    case(Stance.OTHER, "", None, "a", Stance.OTHER),
    case(Stance.OTHER, "", False, "", Stance.OTHER),
]


def test_all_activities_together():
    row = activity_row(ALL, HELD, ORDINARY)
    assert row.recall == row.any_name == Rate(2, 4)
    assert row.precision == Rate(2, 3)
    assert row.null == Rate(1, 6)
    assert row.hard == Rate(1, 2)
    assert row.ordinary == row.ordinary_null == Rate(1, 4)
    assert row.at[1].estimate == 0.5 * 0.01 / (0.5 * 0.01 + 0.25 * 0.99)


def test_one_activity_counts_alarms_under_its_name():
    row = activity_row("a", HELD, ORDINARY)
    assert row.recall == Rate(1, 3)
    assert row.any_name == Rate(2, 3)
    assert row.precision == Rate(1, 2)
    assert row.null == Rate(1, 5)
    assert row.hard == Rate(1, 2)
    assert row.ordinary == Rate(0, 4)


def test_every_activity_of_the_lines_has_a_row():
    assert [row.activity for row in activity_rows(HELD, ORDINARY)] == [ALL, "a", "b"]


def test_one_stance():
    row = stance_row(Stance.OFFER, HELD, ORDINARY)
    assert (row.suspect, row.null) == (Rate(2, 3), Rate(1, 3))
    assert (row.right, row.precision) == (Rate(2, 3), Rate(2, 3))
    assert row.ordinary == Rate(0, 4)
    assert stance_row(Stance.WARN, HELD, ORDINARY).ordinary is None


def test_stances_confused():
    told = confusion(HELD)
    assert told[Stance.OFFER, Stance.ACT] == 1
    assert told[Stance.WARN, Stance.OFFER] == 1
    assert told.total() == len(HELD)
    assert stance_accuracy(HELD) == Rate(3, 6)


def test_a_method_without_stances_has_no_accuracy():
    mute = [case(Stance.OFFER, "a", True, "a", None)]
    assert stance_accuracy(mute) is None
    assert stance_row(Stance.OFFER, mute, mute).right is None


def test_a_pair_needs_both_sides_right_and_null_is_neither():
    said = {"坏": True, "好": False, "疑": None}
    sides = [("坏", "好"), ("坏", "疑"), ("疑", "好"), ("坏", "坏")]
    pairs = [Pair("", a, b, (), Stance.OFFER, Stance.WARN) for a, b in sides]
    rates = pair_rates(lambda texts: [Answer(said[t], frozenset()) for t in texts], pairs)
    assert (rates.both, rates.offending, rates.innocent) == (Rate(1, 4), Rate(3, 4), Rate(2, 4))
