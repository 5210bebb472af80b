from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.guides.library import shipped
from lianfang.privacy.tokens import personal, tokenise
from lianfang.screening import Screener
from lianfang.web.trials.standins import OTHER, VALUES, stood_in

AROUND = {"wechat": "加微信{}，", "qq": "QQ{}，", "handle": "加微信{}，", "link": "点{} 查看"}
TOLD_BESIDE = ("name", "account")
LEAST_SAME = 0.97


@pytest.mark.parametrize("kind", sorted(VALUES.keys() - {*TOLD_BESIDE}))
def test_each_made_up_value_is_read_as_a_value(kind):
    text, _ = stood_in(AROUND.get(kind, "联系{}，").format(f"⟦{kind}:7⟧"))
    assert VALUES[kind] in text
    if kind != "link":
        assert personal(text)


@given(
    st.lists(st.sampled_from(["甲", "乙丙", "⟦phone:7⟧", "⟦name:12⟧", "⟦new-kind:3⟧", "⟦", "a"]))
)
def test_places_are_found_again(parts):
    said = "".join(parts)
    text, places = stood_in(said)
    assert "⟦phone" not in text
    assert places.span(0, len(text)) == (0, len(said))
    for start in range(len(text)):
        if text[start] == "丙":
            begin, end = places.span(start, start + 1)
            assert said[begin:end] == "丙"


def test_a_kind_to_come_has_something_in_its_place():
    assert stood_in("⟦new-kind:3⟧")[0] == OTHER


def test_verdicts_on_made_up_values_are_those_of_the_real_ones():
    paths = sorted(shipped().glob("*/hits.jsonl"))
    lines = [line for path in paths for line in path.read_text("utf-8").split("\n") if line]
    texts = [json.loads(line)["text"] for line in lines]
    pairs = [(text, values) for text in texts if (values := personal(text))]
    screener = Screener()
    was = screener.screen(text for text, _ in pairs)
    kept = (tokenise(text, values, lambda _: 7).text for text, values in pairs)
    will = screener.screen(stood_in(text)[0] for text in kept)
    same = sum(a.suspect is b.suspect for a, b in zip(was, will, strict=True))
    assert len(pairs) > 100
    assert same >= LEAST_SAME * len(pairs)
