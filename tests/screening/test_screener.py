from __future__ import annotations

import subprocess
import sys
import time
from functools import cache
from itertools import islice, product

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lianfang import Screener, Stance, Verdict
from lianfang.guides.corpus import CLEAN, HITS, read_corpus

OFFER = "专业征❤修复,不成功不收费,加薇 abc12345"
WARNING = "银行提醒:声称“专业征❤修复,不成功不收费,加薇 abc12345”的都是骗局,请勿相信"
COMPLAINT = "业务员当时承诺随时能取,属于销售误导,本人要求全额退保"
CAUTIONS = [
    "谨防诈骗,不收取任何费用",
    "谨防诈骗!本店不收取任何费用。",
    "本中心提醒:谨防假冒,不收取任何费用",
]


@cache
def screener():
    return Screener()


@cache
def corpora():
    root = screener().program.library.root
    files = [read_corpus(path) for name in (HITS, CLEAN) for path in sorted(root.glob(f"*/{name}"))]
    return [line.text for corpus in files for _, line in corpus.lines]


def screen(text):
    [verdict] = screener().screen([text])
    return verdict


# -- acceptance


def test_an_offer():
    verdict = screen(OFFER)
    assert (verdict.suspect, verdict.stance) == (True, Stance.OFFER)
    assert verdict.activities[0].id == "credit-repair"
    assert ("征❤修复", "征信修复") in [(r.text, r.became) for r in verdict.rewritings]
    assert verdict.features
    assert all(hit.why and hit.label for hit in verdict.features)
    assert verdict.decided_by is not None
    assert verdict.decided_by.text in OFFER
    assert set(verdict.guides) == {activity.id for activity in verdict.activities}


def test_a_warning_with_the_same_words():
    verdict = screen(WARNING)
    assert (verdict.suspect, verdict.stance) == (False, Stance.WARN)
    assert "credit-repair" in [activity.id for activity in verdict.activities]


def test_a_complaint():
    verdict = screen(COMPLAINT)
    assert (verdict.suspect, verdict.stance) == (False, Stance.COMPLAIN)


@pytest.mark.parametrize("caution", CAUTIONS)
@pytest.mark.parametrize("glue", ["", ",", "。", "\n", "  "])
def test_a_caution_frees_no_offer_with_a_handle(caution, glue):
    for parts in ((OFFER, caution), (caution, OFFER), (caution, OFFER, caution)):
        verdict = screen(glue.join(parts))
        assert (verdict.suspect, verdict.stance) == (True, Stance.OFFER), parts


@pytest.mark.parametrize(
    "text",
    [
        "恭喜学弟考研上岸",
        "终于考公上岸了,请大家吃饭",
        "这个版本修复了登录漏洞",
        "修复漏洞需要两天,请耐心等待",
        "分期买手机,十二期免息",
        "想分期买手机",
        "房东退保证金了",
        "项目投标保证金已退回,退保证金流程走完了",
        "今天天气不错",
        "周末去爬山吗",
        "会议改到下午三点,地点不变",
    ],
)
def test_ordinary_words(text):
    verdict = screen(text)
    assert (verdict.suspect, verdict.activities) == (False, ())
    assert not verdict.stance.offends


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\n\n\r\n", "\u3000\t ", "\u200b", "。", "❤", "\x00"]
)
def test_next_to_nothing(text):
    verdict = screen(text)
    expected = (False, (), Stance.OTHER, 0.0, (), (), None, {}, (), ())
    assert msgspec.structs.astuple(verdict)[1:] == expected


def test_several_at_once():
    verdicts = list(screener().screen([OFFER, "", WARNING, COMPLAINT]))
    assert [verdict.suspect for verdict in verdicts] == [True, False, False, False]
    assert [verdict.id for verdict in verdicts] == [0, 1, 2, 3]


# -- every span, any text


def spans(verdict):
    for hit in verdict.features:
        yield from hit.spans
    yield from verdict.rewritings
    if verdict.decided_by:
        yield verdict.decided_by


def readable(text):
    """As it can be written: a lone surrogate is shown as U+FFFD."""
    return "".join("\ufffd" if 0xD800 <= ord(char) < 0xE000 else char for char in text)


def well_formed(verdict, original):
    for span in spans(verdict):
        assert 0 <= span.start < span.end <= len(original)
        assert span.text == readable(original[span.start : span.end])
    assert 0 <= verdict.score <= 1
    assert (verdict.suspect is None) or isinstance(verdict.suspect, bool)
    again = msgspec.json.decode(msgspec.json.encode(verdict), type=Verdict)
    assert again == verdict


@st.composite
def fragments(draw):
    text = draw(st.builds(corpora).flatmap(st.sampled_from))
    start = draw(st.integers(0, len(text) - 1))
    return text[start : start + draw(st.integers(1, 60))]


noise = st.sampled_from(
    [*'❤️😀🏻👨\u200d\u200b\u202e\ud800\udfff*- ·½㈱①＋🅰“”"。,\n\r\x00𠮷臺', OFFER, "加薇 abc12345"]
)


def sprinkled(text, marks):
    """The text with marks put in, the positions wrapped around."""
    for at, mark in marks:
        at %= len(text) + 1  # noqa: PLW2901
        text = text[:at] + mark + text[at:]
    return text


mixtures = st.builds(
    sprinkled,
    st.lists(fragments() | noise, min_size=1, max_size=6).map("".join),
    st.lists(st.tuples(st.integers(0, 400), noise), max_size=8),
)


@given(st.lists(mixtures, min_size=1, max_size=5))
@example(["征\ud800信修复", "专业征❤修\udfff复,加薇 abc12345"])
@settings(deadline=None, max_examples=150)
def test_spans_are_what_stands_in_the_original(texts):
    for verdict, text in zip(screener().screen(texts), texts, strict=True):
        well_formed(verdict, text)


@given(st.lists(st.text(st.characters(), max_size=200), max_size=5))
@settings(deadline=None)
def test_nothing_crashes_on_any_text(texts):
    verdicts = list(screener().screen(texts))
    assert len(verdicts) == len(texts)
    for verdict, text in zip(verdicts, texts, strict=True):
        well_formed(verdict, text)


def test_spans_hold_in_all_corpora_however_disguised():
    for mark in ("", "❤", "\ud800", " "):
        texts = [mark.join(text) for text in corpora()[::7]]
        verdicts = list(screener().screen(texts))
        assert any(verdict.features for verdict in verdicts)
        for verdict, text in zip(verdicts, texts, strict=True):
            well_formed(verdict, text)


def test_a_surrogate_in_a_span_is_shown_as_unreadable():
    verdict = screen("专业征\ud800信修复,不成功不收费,加薇 abc12345")
    assert verdict.suspect is True
    assert "征\ufffd信修复" in [span.text for span in spans(verdict)]


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("专业征❤修复,加薇 abc12345", "征❤修复"),
        ("專業徵信修復,加薇 abc12345", "徵信修復"),
        ("专业征 信 修 复,加薇 abc12345", "征 信 修 复"),
        ("专业征*信*修*复,加薇 abc12345", "征*信*修*复"),
        ("专业征\u200b信修复,加薇 abc12345", "征\u200b信修复"),
    ],
)
def test_a_rewriting_tells_what_was_undone(text, piece):
    assert (piece, "征信修复") in [(r.text, r.became) for r in screen(text).rewritings]


def test_nothing_is_told_to_be_rewritten_where_nothing_was():
    assert screen("专业征信修复,不成功不收费").rewritings == ()


# -- rows


def test_ids_and_order_are_kept():
    texts = [OFFER, "今天天气不错", WARNING] * 40
    rows = [(f"r{number}" if number % 2 else number, text) for number, text in enumerate(texts)]
    verdicts = list(screener().screen_rows(rows))
    assert [verdict.id for verdict in verdicts] == [name for name, _ in rows]
    assert [verdict.stance for verdict in verdicts] == [
        Stance.OFFER, Stance.OTHER, Stance.WARN,
    ] * 40  # fmt: skip


def test_ids_may_repeat():
    verdicts = list(screener().screen_rows([("x", OFFER), ("x", ""), ("", OFFER)]))
    assert [(verdict.id, verdict.suspect) for verdict in verdicts] == [
        ("x", True), ("x", False), ("", True),
    ]  # fmt: skip


def test_no_texts():
    assert list(screener().screen([])) == []
    assert list(screener().screen(iter(()))) == []


def test_a_generator_is_read_as_it_is_wanted():
    read = []

    def texts():
        for number in range(100_000):
            read.append(number)
            yield OFFER if number % 1000 == 0 else "今天天气不错"

    verdicts = screener().screen(texts())
    assert read == []
    assert next(verdicts).suspect is True
    first = len(read)
    assert 0 < first < 20_000
    assert [verdict.id for verdict in islice(verdicts, 3 * first)] == [*range(1, 3 * first + 1)]
    assert len(read) <= 5 * first


def test_long_texts_make_short_batches():
    read = []

    def long_texts():
        for number in range(40):
            read.append(number)
            yield "今天天气不错。" * 15_000

    next(screener().screen(long_texts()))
    assert len(read) < 20


def test_the_same_again():
    assert list(screener().screen(corpora()[:50])) == list(Screener().screen(corpora()[:50]))


# -- length


def in_time(expression, seconds=120):
    """Screen one text in a process of its own, which can be ended when it takes too long."""
    code = (
        "from lianfang import Screener\n"
        f"[verdict] = Screener().screen([{expression}])\n"
        "print(verdict.suspect, len(verdict.features))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.slow
@pytest.mark.parametrize(
    "char", ["退", "一", "1", "a", "。", ",", " ", "\\n", "❤", "“", "\\ud800", "½"]
)
def test_a_megabyte_of_one_character(char):
    suspect, features = in_time(f'"{char}" * 1_000_000')
    assert suspect != "True"
    assert features == "0"


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["1", "一", "1 ", "a.", "加v ", "征", "“", "不", "骗局", "是骗局。", "a-", "\\n", "*"],
)
def test_an_offer_in_front_of_a_hostile_tail(piece):
    [suspect, features] = in_time(f'"{OFFER},收三成。" + ("{piece}" * 200_000)[:200_000]')
    assert suspect in {"True", "False", "None"}
    assert int(features) > 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "征信修复。被骗。",
        "“征信修复”。是骗局。",
        "不征信修复,声称征信修复骗局,",
        "征*信*修*复",
        "收三千,征信修复加薇 abc12345,",
        OFFER,
        WARNING,
        COMPLAINT,
    ],
)
def test_a_long_line_of_offending_language(piece):
    in_time(f'("{piece}" * 100_000)[:100_000]')


@pytest.mark.slow
def test_a_line_of_two_million_characters():
    line = "今天天气不错,我们去爬山吧。"
    assert in_time(f'("{line}" * 200_000)[:2_000_000]') == ["False", "0"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["今天天气不错,我们去爬山吧。", "❤征 信", f"{OFFER}。", f"{WARNING}。", "全额退保"]
)
def test_twice_the_length_takes_about_twice_the_time(piece):
    def best(length):
        text = (piece * length)[:length]
        times = []
        for _ in range(3):
            start = time.perf_counter()
            screen(text)
            times.append(time.perf_counter() - start)
        return min(times)

    assert best(80_000) <= 4 * best(40_000) + 0.05


@pytest.mark.slow
def test_many_texts_take_as_long_as_they_are_many():
    texts = corpora()

    def best(times):
        batch = texts * times
        seconds = []
        for _ in range(3):
            start = time.perf_counter()
            for _ in screener().screen(batch):
                pass
            seconds.append(time.perf_counter() - start)
        return min(seconds)

    assert best(2) <= 4 * best(1)


@pytest.mark.slow
def test_a_long_text_doesnt_hide_an_offer():
    plain = "今天天气不错,我们去爬山吧。" * 2000
    for before, after in product(("", plain), repeat=2):
        verdict = screen(f"{before}\n{OFFER}\n{after}")
        assert verdict.activities[0].id == "credit-repair"
        assert verdict.suspect is True
        assert verdict.decided_by is not None
        assert verdict.decided_by.text.strip() == OFFER
