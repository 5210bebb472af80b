from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.guides.corpus import read_corpus
from lianfang.guides.library import shipped
from lianfang.text.numbers import find_numbers, numbers_in
from lianfang.text.numerals import KINDS, WORTH, numeral, value_of
from lianfang.text.stream import Stream, normalise, normalised
from oracle import numbers as oracle_numbers

FOUND = {"share", "times", "money", "duration", "bare"}
SIGNS = "0123456789.,-~到至一二两三十百千万亿零〇几数半kw¥$%元块成折倍天年个月点分之 甲"
numberish = st.text(alphabet=SIGNS)
pieces = st.sampled_from([
    *SIGNS, *"五九家条人次条户名多号日:钱大洋周工作代轻功为rmbg\n", "人民币", "rmb", "个工作日",
    "个百分点", "百分之", "1,234", "12345", "3.5", "三万五", "一千五", "5万", "千万", "到5",
])  # fmt: skip
LONG = 200_000


def found(text):
    text = normalise(text)
    return [(text[n.start : n.end], n.kind, n.value) for n in find_numbers(text)]


def values(text):
    return [value for _, _, value in found(text)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        # shares, in per cent
        ("收百分之三十", [("百分之三十", "share", 30)]),
        ("百分之1.5", [("百分之1.5", "share", 1.5)]),
        ("收三成", [("三成", "share", 30)]),
        ("八折", [("八折", "share", 80)]),
        ("15%", [("15%", "share", 15)]),
        ("１５％", [("15%", "share", 15)]),
        ("0.5 %", [("0.5 %", "share", 0.5)]),
        ("30个点", [("30个点", "share", 30)]),
        ("三十五个点", [("三十五个点", "share", 35)]),
        ("3.5个百分点", [("3.5个百分点", "share", 3.5)]),
        # money, in yuan
        ("¥600", [("¥600", "money", 600)]),
        ("￥1,200.50", [("¥1,200.50", "money", 1200.5)]),
        ("$ 100", [("$ 100", "money", 100)]),
        ("¥2.5万", [("¥2.5万", "money", 25_000)]),
        ("3,500元", [("3,500元", "money", 3500)]),
        ("1,234,567元", [("1,234,567元", "money", 1_234_567)]),
        ("2.5w", [("2.5w", "money", 25_000)]),
        ("2K", [("2k", "money", 2000)]),
        ("3万元", [("3万元", "money", 30_000)]),
        ("1.5亿元", [("1.5亿元", "money", 150_000_000)]),
        ("500RMB", [("500rmb", "money", 500)]),
        ("六百块", [("六百块", "money", 600)]),
        ("十万", [("十万", "money", 100_000)]),
        ("一百二十万元", [("一百二十万元", "money", 1_200_000)]),
        # durations, in days
        ("30天", [("30天", "duration", 30)]),
        ("三十天", [("三十天", "duration", 30)]),
        ("两周", [("两周", "duration", 14)]),
        ("两个月", [("两个月", "duration", 60)]),
        ("3个工作日", [("3个工作日", "duration", 3)]),
        ("五年", [("五年", "duration", 1825)]),
        # multiples, and numbers that stand alone
        ("10倍", [("10倍", "times", 10)]),
        ("十倍", [("十倍", "times", 10)]),
        ("一家两千", [("两千", "bare", 2000)]),
        ("1888上车", [("1888", "bare", 1888)]),
        # several
        ("三千元包过,三十天下款", [("三千元", "money", 3000), ("三十天", "duration", 30)]),
    ],
)
def test_numbers(text, numbers):
    assert found(text) == numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一千五", 1500),
        ("两千八", 2800),
        ("六百六", 660),
        ("一万二", 12_000),
        ("一万零五百元", 10_500),
        ("一百零五元", 105),
        ("3百块", 300),
        ("8千元", 8000),
        ("3千块钱", 3000),
        ("1万5", 15_000),
    ],
)
def test_spoken_and_mixed_amounts(text, value):
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("几个点", "share"),
        ("百分之几", "share"),
        ("几成", "share"),
        ("半成", "share"),
        ("几千块", "money"),
        ("数千元", "money"),
        ("几百元", "money"),
        ("半年", "duration"),
        ("几天", "duration"),
        ("数倍", "times"),
    ],
)
def test_a_value_that_isnt_given_is_none(text, kind):
    assert [(kind_, value) for _, kind_, value in found(text)] == [(kind, None)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "三成功",
        "一成立就",
        "三年级",
        "十年代",
        "10:30",
        "12",
        "7号楼",
        "12378",
        "13800138000",
        "1.2.3",
        "版本2025.1",
        "万一",
        "元",
        "%",
        "天天",
        "5号",
    ],
)
def test_what_is_no_amount(text):
    assert [n for n in found(text) if n[1] != "bare"] == []


@pytest.mark.parametrize("text", ["2025年", "2023年8月", "二〇二五年", "1998年出生"])
def test_a_calendar_year_is_no_duration(text):
    assert [n for n in found(text) if n[1] == "duration"] == []


@pytest.mark.parametrize(
    "text", ["13800138000", "62220200", "10:30", "2025-01-02", "1.888", "888%"]
)
def test_a_part_of_a_longer_number_doesnt_stand_alone(text):
    assert [n for n in found(text) if n[1] == "bare"] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", 0),
        ("两", 2),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("二十五", 25),
        ("一百零五", 105),
        ("一百五", 150),
        ("一百五十", 150),
        ("一千五", 1500),
        ("一千零五", 1005),
        ("一千五百", 1500),
        ("一万二", 12_000),
        ("一万零五百", 10_500),
        ("一百二十万", 1_200_000),
        ("三亿", 300_000_000),
        ("7", 7),
        ("2.5", 2.5),
        ("2.5万", 25_000),
        ("3w", 30_000),
        ("3,500", 3500),
        ("几", None),
        ("几千", None),
        ("半", None),
        ("数百", None),
        ("1万5", 15_000),
        ("123,456,789,012.25", 123_456_789_012.25),
        ("一二三", 123),
    ],
)
def test_values_of_numerals(text, value):
    codes = np.array([ord(char) for char in text], dtype=np.uint32)
    assert numeral(codes, 0, codes.size, KINDS, 0) == codes.size
    found = value_of(codes, 0, codes.size, KINDS, WORTH)
    assert np.isnan(found) if value is None else found == value


@pytest.mark.slow
@given(st.lists(pieces, max_size=25).map("".join).map(normalise) | numberish)
@settings(max_examples=3000)
def test_numbers_are_those_of_the_regular_expression(text):
    expected = list(oracle_numbers.find_numbers(text))
    made = find_numbers(text)
    assert [number[:3] for number in made] == [number[:3] for number in expected]
    for number, other in zip(made, expected, strict=True):
        assert number.value == (other.value and pytest.approx(other.value, rel=1e-12))


@pytest.mark.slow
def test_so_they_are_in_the_corpora():
    corpora = map(read_corpus, sorted(shipped().glob("*/*.jsonl")))
    texts = [line.text for corpus in corpora for _, line in corpus.lines]
    assert len(texts) > 10_000
    for text in normalised(texts):
        assert find_numbers(text) == list(oracle_numbers.find_numbers(text))


def test_many_texts_at_once():
    texts = [f"甲,收{n}元" for n in range(200)] + ["", "几个点"]
    stream = Stream.of(texts)
    found = numbers_in(stream.codes, stream.starts, np.arange(len(texts)), KINDS, WORTH)
    assert found.values[:200].tolist() == list(range(200))
    assert np.isnan(found.values[200])
    assert stream.text_of(found.table[0]).tolist() == [*range(200), 201]
    [one] = numbers_in(stream.codes, stream.starts, np.array([7]), KINDS, WORTH).values
    assert one == 7


@given(st.integers(1, 10**12), st.sampled_from(["元", "%", "天", "倍", "个点"]))
def test_any_number_in_digits(number, unit):
    kind = {"元": "money", "%": "share", "天": "duration", "倍": "times", "个点": "share"}[unit]
    assert found(f"{number}{unit}") == [(f"{number}{unit}", kind, number)]
    assert found(f"{number:,}{unit}") == [(f"{number:,}{unit}", kind, number)]


@given(numberish | st.text(st.characters()).map(normalise))
def test_it_never_fails_and_finds_places_in_order(text):
    last = 0
    for number in find_numbers(text):
        assert last <= number.start < number.end <= len(text)
        last = number.end
        assert number.kind in FOUND
        assert number.value is None or number.value >= 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["1", "一", "1,234", "一千", "3到", "1.", "几", "百分之", "¥1", "5 ", "十万"]
)
def test_time_is_linear(piece):
    """In a process of its own, which can be ended where it isn't."""
    text = f"{piece!r} * {LONG // len(piece)}"
    code = f"from lianfang.text.numbers import find_numbers; print(len(list(find_numbers({text}))))"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert int(done.stdout) >= 0
