from __future__ import annotations

import pytest

from lianfang import Screener
from lianfang.model import Weight
from lianfang.report.reasons import reasons
from lianfang.report.weights import MOST_PLACES, bars
from lianfang.screening.quoted import quoting


@pytest.fixture
def made(suspect):
    """The bars of some weights of a text without features."""

    def made(text, *weights):
        judged = suspect(weights=tuple(Weight(what, value) for what, value in weights))
        return bars(judged, judged, text, [])

    return made


def places(text, run, made):
    [found] = made(text, (run, 1.0)).places
    return [text[start:end] for start, end in found]


@pytest.mark.parametrize(
    ("text", "run", "found"),
    [
        ("加微信,加V", "加", ["加", "加"]),
        ("加微信", "⏎加", ["加"]),
        ("加微信", "微信⏎", ["微信"]),
        ("好\n加微信", "⏎加", ["\n加"]),
        ("征❤信", "征信", ["征❤信"]),
        ("ＶＸ號", "vx", ["ＶＸ"]),
        ("电话138", "57", ["13", "38"]),  # digits are all alike
        ("啊啊啊", "啊啊", ["啊啊", "啊啊"]),
        ("好", "⏎", []),
        ("", "⏎", []),
        ("好", "坏", []),
    ],
)
def test_places_of_a_run_in_the_original(text, run, found, made):
    assert places(text, run, made) == found


def test_places_are_bounded(made):
    assert len(places("的" * 100, "的", made)) == MOST_PLACES


def test_bars_are_as_long_as_they_are_strong(made):
    shown = made("甲乙丙", ("甲", -4.0), ("乙", 2.0), ("丙", 1.0)).shown
    assert [(bar.sign, bar.share) for bar in shown] == [
        ("−4.00", 100.0), ("+2.00", 50.0), ("+1.00", 25.0),
    ]  # fmt: skip


def test_little_weight_makes_short_bars(made):
    assert made("甲", ("甲", 0.1)).shown[0].share == 10.0


def test_the_strongest_are_shown_first_whatever_their_order(made):
    weights = [(char, value) for value, char in enumerate("甲乙丙丁戊己庚辛壬癸", start=1)]
    found = made("甲乙丙丁戊己庚辛壬癸", *weights)
    assert "".join(bar.what for bar in found.shown) == "癸壬辛庚己戊丁丙"
    assert found.weaker == 2


def test_what_a_real_verdict_is_made_of_adds_up_with_its_places():
    text = "专业征❤修复,不成功不收费,加薇 abc12345"
    [verdict] = Screener().screen([text])
    why = reasons(verdict.features, text, {})
    found = bars(verdict, quoting(verdict, text), text, why)
    assert len(found.shown) + found.weaker == len(verdict.weights)
    assert any(not bar.is_run for bar in found.shown)
    runs = [bar for bar in found.shown if bar.is_run]
    assert runs
    for bar in runs:
        if bar.layer is not None:
            assert found.places[bar.layer - len(why) - 1]
