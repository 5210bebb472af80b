from __future__ import annotations

import yaml

from lianfang.indicators import find_indicators
from lianfang.indicators.find import KINDS
from lianfang.report.indicators import found, mentions, shared
from lianfang.report.words import TABLE, kind_name


def looked(verdict, text, *, masked=True):
    return found((verdict, text), find_indicators(text), masked=masked)


def test_every_kind_has_a_name():
    named = yaml.safe_load(TABLE.read_text(encoding="utf-8"))["kinds"]
    assert set(named) == {kind.name for kind in KINDS}
    assert kind_name("wechat", "zh") == "微信"
    assert kind_name("phone", "en") == "Mobile phone"


def test_disguises_of_one_value_are_one_mention(suspect):
    text = "电话13812340000,或一三八1234零零零零,微信abc12345"
    assert [(one.kind, one.value, one.count) for one in mentions(looked(suspect(), text))] == [
        ("phone", "138••••0000", 2),
        ("wechat", "ab•••••5", 1),
    ]
    told = mentions(looked(suspect(), text, masked=False))
    assert [one.value for one in told] == ["13812340000", "abc12345"]


def test_a_clear_text_mentions_nothing_but_is_masked_all_the_same(verdict):
    one = looked(verdict(), "我的微信abc12345")
    assert mentions(one) == ()
    assert one.shown == "我的微信ab•••••5"


def test_values_that_look_the_same_once_masked_stay_apart(suspect):
    texts = ["加微信abc12345", "加微信abc12345", "加微信abx99995", "加微信abx99995"]
    rows = shared([looked(suspect(id=n), text) for n, text in enumerate(texts)], masked=True)
    assert [(row.value, row.texts) for row in rows] == [("ab•••••5", 2), ("ab•••••5", 2)]
    assert [[link.id for link in row.links] for row in rows] == [["0", "1"], ["2", "3"]]


def test_ids_that_are_numbers_of_people_are_masked(suspect):
    every = [looked(suspect(id="13812340000"), "加微信abc12345")] * 2
    [row] = shared(every, masked=True)
    assert {link.id for link in row.links} == {"138••••0000"}
    assert {link.id for link in shared(every, masked=False)[0].links} == {"13812340000"}


def test_numbers_of_institutions_are_not_shared(suspect):
    every = [looked(suspect(id=n), "请打95588,或看 evil.com/x") for n in range(2)]
    assert [row.kind for row in shared(every, masked=True)] == ["link"]
