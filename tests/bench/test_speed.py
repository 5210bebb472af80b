from __future__ import annotations

from random import Random

import pytest
from bench.speed.clock import Spread, alternate, quantile, rates, ratios
from bench.speed.fresh import Streamed
from bench.speed.mix import LENGTH, Pools, fitted, messages
from bench.speed.peers import spaced, translation
from bench.speed.stream import peak, resident

from lianfang.text.stream import normalise

RNG = Random(0)  # noqa: S311  a sample, no secret
POOLS = Pools(["普通的话", "很长的话" * 40], ["坏话"])


def test_messages_have_eighty_characters():
    assert {len(fitted(POOLS.ordinary, RNG)) for _ in range(50)} == {LENGTH}


@pytest.mark.parametrize("share", [0.0, 0.05, 1.0])
def test_as_many_offend_as_are_asked_for(share):
    made = messages(POOLS, share, 200, seed=3)
    assert len(made) == 200
    assert sum("坏话" in text for text in made) == share * 200


def test_the_seed_decides():
    assert messages(POOLS, 0.5, 50, seed=3) == messages(POOLS, 0.5, 50, seed=3)
    assert messages(POOLS, 0.5, 50, seed=3) != messages(POOLS, 0.5, 50, seed=4)


def test_works_take_turns_and_the_first_round_is_thrown_away():
    order = []
    works = {"a": lambda: order.append("a"), "b": lambda: order.append("b")}
    seconds = alternate(works, 2)
    assert order == ["b", "a", "a", "b", "b", "a"]
    assert {name: len(took) for name, took in seconds.items()} == {"a": 2, "b": 2}


def test_rates_and_ratios_by_hand():
    assert rates([0.5, 0.25, 1.0], 100) == Spread(200, 100, 400)
    assert ratios([1.0, 2.0, 4.0], [2.0, 2.0, 2.0]) == Spread(1.0, 0.5, 2.0)


def test_quantiles_by_hand():
    values = [float(i) for i in range(100, 0, -1)]
    assert (quantile(values, 0.5), quantile(values, 0.95), quantile([7.0], 0.95)) == (51, 96, 7)


def test_growth_by_hand():
    assert Streamed(1, 1.0, peak=9, first=200, last=210).growth == pytest.approx(0.05)


def test_memory_is_told_by_the_system():
    assert 0 < resident() <= peak()


@pytest.fixture(scope="module")
def table():
    return translation()


@pytest.mark.parametrize("text", ["ＡＢＣ", "徵信", "①a", "退❤保"])
def test_the_peer_folds_as_we_do(text, table):
    assert text.translate(table) == normalise(text)


def test_fasttext_wants_one_line():
    assert spaced("甲\n乙") == "甲   乙"
