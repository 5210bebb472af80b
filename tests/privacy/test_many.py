"""Many texts at once: the same values as one by one."""

from __future__ import annotations

import json
from datetime import date

import pytest
from bench.month.model import Month
from bench.month.streams import calls, letters, messages, posts
from hypothesis import given
from hypothesis import strategies as st

from lianfang.guides.library import Library
from lianfang.indicators.find import KINDS
from lianfang.privacy.many import LEAST, personal_of
from lianfang.privacy.tokens import personal

MONTH = Month(date(2026, 10, 1), 31)
VALUES = (
    "13812345678", "1３8①2345六七捌", "138-1234-5678", "一三八一二三四五六七八", "微信：abc12",
    "🛰 abc12345", "扣扣12345", "🐧 1 2 3 4 5", "a@b.cn", "a艾特b点cn", "010-2345678", "t.me/abcde",
    "11010519491231002X", "6222021234567890128", "身份证110105491231002", "١٢٣٤٥٦٧٨٩٠١",
    "2026-10-01 00:01:05", "12345x-67890-12345", "https://a.example/p/ab12", "加我abc123", "K12345",
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "123 456 789 012 345", "1.2.3.4", "㈠㉑⑩", "⟦phone:1⟧",
)  # fmt: skip
TOLD = ((), (("name", "欧阳文静"),), (("account", "2026"), ("phone", "13812345678")))
pieces = st.one_of(
    st.sampled_from(VALUES),
    st.text(max_size=6),
    st.text(alphabet="0123456789-xX .一二三〇加微信vq:@", max_size=24),
    st.sampled_from(["，", "\n", "❤", " ", "欧阳文静", "找", "\u200b"]),
)
texts = st.lists(pieces, max_size=6).map(lambda some: "".join(some).replace("\ud800", ""))


def agree(texts, told):
    found = personal_of(texts, told)
    for text, beside, some in zip(texts, told, found, strict=True):
        assert some == personal(text, beside), text


@given(st.lists(st.tuples(texts, st.sampled_from(TOLD)), max_size=8))
def test_the_same_as_one_by_one(asked):
    agree([text for text, _ in asked], [told for _, told in asked])


@given(st.text(alphabet="0123456789-_.*·/|~—: xX一二①", min_size=11, max_size=40))
def test_numbers_however_parted(text):
    agree([text], [()])


def taught():
    library = Library()
    for _, feature, _, _ in library.features():
        yield from (*feature.hit, *feature.clean)
    for path in sorted(library.root.glob("*/hits.jsonl")):
        yield from (json.loads(line)["text"] for line in path.read_text("utf-8").splitlines())


@pytest.mark.slow
def test_the_same_of_all_that_guides_teach_and_of_a_month():
    said = list(taught())
    agree(said, [()] * len(said))
    for stream in (posts, messages, calls, letters):
        for item in stream(11, 400, MONTH):
            fields = [item.text, str(item.time), getattr(item, "link", ""), item.text.upper()]
            agree(fields, [[("name", one.value) for one in item.personal]] * len(fields))


SHORTEST = {
    "id-card": "身份证110105491231002",
    "wallet": "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    "bank-card": "378282246310005",
    "email": "a@b.cn",
    "phone": "13812345678",
    "landline": "0311 2345678",
    "wechat": "微信abc12",
    "qq": "扣扣12345",
    "handle": "纸飞机abc12",
}


@pytest.mark.parametrize(("kind", "text"), SHORTEST.items())
def test_the_shortest_of_a_kind(kind, text):
    (found,) = personal_of(["好", text, "天"], [()] * 3)[1]
    assert found.kind == kind


moments = st.datetimes().map(lambda one: one.isoformat(" ", "seconds"))


@given(moments, st.sampled_from([10, 16, 19]))
def test_a_moment(text, length):
    agree([text[:length], text[:length].replace(" ", "T")], [TOLD[2]] * 2)


def test_every_personal_kind_has_its_least():
    assert LEAST.keys() == {kind.name for kind in KINDS if kind.personal}


def test_nothing():
    assert personal_of([], []) == []
    assert personal_of(["", "\n"], [(), ()]) == [[], []]
