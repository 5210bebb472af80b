from __future__ import annotations

import pytest

from lianfang.model import Stance
from lianfang.report.reasons import MOST_QUOTES, Said, Side, in_english, reasons, shortened

TEXT = "黑户贷款加微信,黑户贷款"


def test_what_points_to_an_offence_comes_first_and_strong_before_weak(hit):
    hits = (
        hit(TEXT, (0, 4), id="a/eases", stance=Stance.WARN),
        hit(TEXT, (0, 4), id="a/topic", stance=None),
        hit(TEXT, (4, 7), id="a/weak", strength="weak"),
        hit(TEXT, (4, 7), id="a/strong"),
        hit(TEXT, (0, 4), id="a/strong-earlier"),
    )
    assert [reason.id for reason in reasons(hits, TEXT, {})] == [
        "a/strong-earlier", "a/strong", "a/weak", "a/topic", "a/eases",
    ]  # fmt: skip


@pytest.mark.parametrize("stance", Stance)
def test_sides(stance):
    assert Side.of(stance) is (Side.OFFENDS if stance.offends else Side.EASES)
    assert Side.of(None) is Side.TOPIC


def test_quotes_name_each_wording_once(hit):
    [reason] = reasons((hit(TEXT, (0, 2), (0, 4), (2, 4), (8, 12)),), TEXT, {})
    assert reason.ranges == ((0, 4), (8, 12))
    assert (reason.quotes, reason.more) == (("黑户贷款",), 0)


def test_many_quotes_are_cut_and_counted(hit):
    text = "甲,乙,丙,丁,戊,己,庚"
    [reason] = reasons((hit(text, *((n, n + 1) for n in range(0, 13, 2))),), text, {})
    assert len(reason.quotes) == MOST_QUOTES
    assert reason.more == 2


def test_quotes_come_from_the_text_as_it_is_shown(hit):
    shown = "电话138••••0000"
    [reason] = reasons((hit("电话13812340000", (2, 13)),), shown, {})
    assert reason.quotes == ("138••••0000",)


def test_a_feature_without_a_place_is_a_reason_too(hit):
    [reason] = reasons((hit(TEXT),), TEXT, {})
    assert (reason.ranges, reason.quotes) == ((), ())


def test_long_quotes_lose_their_middle():
    assert shortened("一二三\n四五", 10) == "一二三 四五"
    assert shortened("0123456789abcdef", 10) == "01234…bcdef"


def test_in_english(make_library, tmp_path, hit):
    library = make_library(tmp_path)
    said = in_english(library) | {
        "loan-scam/offers-loan": Said("offers a loan", "both stand there")
    }
    assert said["shared/promise"] == ("承诺", "承诺结果")
    [reason] = reasons((hit(TEXT, (0, 4)),), TEXT, said)
    assert (reason.label, reason.why) == ("offers a loan", "both stand there")
