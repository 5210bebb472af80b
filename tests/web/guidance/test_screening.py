from __future__ import annotations

from lianfang.screening import Screener
from lianfang.web.guidance.screening import LocalScreener, shipped_bounds
from lianfang.web.guidance.settings import LOCAL, Bounds, Settings
from lianfang.web.guidance.shipped import feature

OFFER = "专业征信修复，不成功不收费，加薇 wkx58221"
NAME = "credit-repair/names-repair"


def verdict(settings, changes=None, text=OFFER):
    (made,) = LocalScreener(settings, changes).screen_rows([(1, text)])
    return made


def fired(made):
    return {hit.id for hit in made.features}


def test_nothing_set_is_the_engine_as_it_is():
    (shipped,) = Screener().screen_rows([(1, OFFER)])
    assert verdict(Settings()) == shipped
    assert Screener().thresholds == shipped_bounds()


def test_a_feature_that_is_off_neither_fires_nor_weighs():
    shipped, made = verdict(Settings()), verdict(Settings("3", frozenset({NAME})))
    assert fired(made) == fired(shipped) - {NAME}
    assert NAME not in {weight.what for weight in made.weights}
    assert made.guides == shipped.guides | {LOCAL: "3"}


def test_bounds_for_all_are_the_engines_own():
    score = verdict(Settings()).score
    assert verdict(Settings()).suspect is True
    above = Settings("1", general=Bounds(0.5, (score + 1) / 2))
    assert verdict(above).suspect is None
    clear = verdict(Settings("1", general=Bounds((score + 1) / 2, (score + 1) / 2)))
    assert (clear.suspect, clear.stance.offends) == (False, False)


def test_a_feature_on_trial_reads_otherwise_and_counts_though_it_is_off():
    text = feature(NAME).fragment.text.replace('when: "@credit-repair"', 'when: "公园"')
    made = verdict(Settings("1", frozenset({NAME})), {NAME: text}, OFFER + "，公园见")
    assert NAME in fired(made)
    assert NAME not in fired(verdict(Settings("1"), {NAME: text}))


def test_other_settings_are_used_from_then_on():
    screener = LocalScreener(Settings())
    begun = screener.screen_rows([(1, OFFER)])
    screener.use(Settings("2", frozenset({NAME})))
    (before,), (after,) = begun, screener.screen_rows([(1, OFFER)])
    assert NAME in fired(before)
    assert LOCAL not in before.guides
    assert NAME not in fired(after)
    assert after.guides[LOCAL] == "2"
