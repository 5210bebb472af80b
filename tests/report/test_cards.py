from __future__ import annotations

from lianfang.indicators import find_indicators
from lianfang.model import Rewriting, Span, Weight
from lianfang.report import cards
from lianfang.report.cards import LONGEST_SENTENCE, LONGEST_TEXT
from lianfang.report.excerpt import FOLD_FROM
from lianfang.report.indicators import found
from lianfang.report.tally import Kind

TEXT = "你好。黑户贷款加微信13812340000。"


def card(verdict, text, *, masked=True):
    looked = found((verdict, text), find_indicators(text), masked=masked)
    return cards.card(looked, {}, masked=masked)


def shown(made):
    return "".join(segment.text for segment in made.pieces)


def test_numbers_are_hidden_everywhere_on_a_card(suspect, hit):
    made = card(
        suspect(
            id="13912345678",
            features=(hit(TEXT, (3, 7), (7, 21)),),
            rewritings=(Rewriting(7, 21, TEXT[7:21], "加微信13812340000", "glyphs"),),
            decided_by=Span(3, 22, TEXT[3:22]),
        ),
        TEXT,
    )
    assert shown(made) == "你好。黑户贷款加微信138••••0000。"
    assert made.reasons[0].quotes == ("黑户贷款加微信138••••0000",)
    assert made.decided_by == "黑户贷款加微信138••••0000。"
    assert made.rewritings[0].text == "加微信138••••0000"
    assert not set(made.rewritings[0].became) & set("13812340000")
    assert made.id == "139••••5678"


def test_numbers_can_be_left_as_they_are(suspect):
    made = card(suspect(id="13912345678"), TEXT, masked=False)
    assert shown(made) == TEXT
    assert made.id == "13912345678"


def test_each_piece_knows_its_reasons_and_whether_it_decides(suspect, hit):
    features = (hit(TEXT, (3, 7)), hit(TEXT, (5, 10), id="loan-scam/reach", strength="weak"))
    made = card(suspect(features=features, decided_by=Span(3, 22, TEXT[3:22])), TEXT)
    known = [
        (piece.text, [reason.id.split("/")[1] for reason in made.reasons_at(piece)],
         made.decides(piece))
        for piece in made.pieces
    ]  # fmt: skip
    assert known == [
        ("你好。", [], False),
        ("黑户", ["offers-loan"], True),
        ("贷款", ["offers-loan", "reach"], True),
        ("加微信", ["reach"], True),
        ("138••••0000。", [], True),
    ]


def test_a_sentence_that_is_all_there_is_decides_nothing(suspect):
    made = card(suspect(decided_by=Span(0, len(TEXT), TEXT)), f"{TEXT}\n")
    assert made.decided_by == ""
    assert not any(made.decides(piece) for piece in made.pieces)


def test_a_long_deciding_line_is_shortened(suspect):
    text = "开头。\n" + "黑户贷款" * 100
    made = card(suspect(decided_by=Span(4, len(text), "")), text)
    assert len(made.decided_by) == LONGEST_SENTENCE + 1


def test_the_longest_reading_of_a_disguise_is_shown_once(suspect):
    text = "征❤修复,征❤修复"
    rewritings = (
        Rewriting(0, 3, "征❤修", "征信修复", "symbols"),
        Rewriting(0, 4, "征❤修复", "征信修复", "symbols"),
        Rewriting(5, 9, "征❤修复", "征信修复", "symbols"),
    )
    made = card(suspect(rewritings=rewritings), text)
    assert [(one.text, one.became) for one in made.rewritings] == [("征❤修复", "征信修复")]


def test_short_texts_are_whole_and_long_ones_folded(verdict, hit):
    assert card(verdict(), "短" * FOLD_FROM).excerpt is None
    text = "长" * 5000 + "黑户贷款"
    made = card(verdict(features=(hit(text, (5000, 5004)),)), text)
    assert [part.skipped for part in made.excerpt.parts] == [4972]
    assert shown(made) == text
    assert made.beyond == 0


def test_what_is_beyond_the_longest_text_is_counted(verdict, hit):
    text = "长" * 12_000 + "黑户贷款"
    made = card(verdict(features=(hit(text, (12_000, 12_004)),)), text)
    assert (made.length, made.beyond) == (12_004, 12_004 - LONGEST_TEXT)
    assert len(shown(made)) == LONGEST_TEXT
    assert made.reasons[0].quotes == ("黑户贷款",)


def test_spans_that_miss_the_text_do_no_harm(verdict, hit):
    made = card(verdict(features=(hit("", (5, 90)),), decided_by=Span(7, 99, "")), "短")
    assert shown(made) == "短"


def test_an_empty_text(verdict):
    made = card(verdict(), "")
    assert (made.length, made.pieces, made.kind) == (0, (), Kind.CLEAR)


def test_handles_are_hidden_in_the_text_and_all_that_quotes_it(suspect, hit):
    text = "黑户贷款,加微信 dkvip8899"
    made = card(
        suspect(
            features=(hit(text, (5, 18)),),
            rewritings=(Rewriting(9, 18, text[9:18], "dkvip8899", "glyphs"),),
            weights=(Weight("dkv", 0.5), Weight("加微信", 0.4)),
        ),
        text,
    )
    assert shown(made) == "黑户贷款,加微信 dk••••••9"
    assert made.reasons[0].quotes == ("加微信 dk••••••9",)
    assert made.rewritings[0].became == "•••••••••"
    assert [bar.what for bar in made.bars.shown] == ["•••", "加微信"]
    assert [(one.kind, one.value, one.count) for one in made.indicators] == [
        ("wechat", "dk••••••9", 1),
    ]  # fmt: skip
    assert "8899" not in repr(made)


def test_runs_that_weigh_are_layers_behind_the_deciding_sentence(suspect, hit):
    text = "黑户贷款,加微信,加好友"
    features = (hit(text, (0, 4)),)
    weights = (Weight(features[0].id, 2.0), Weight("加", 1.0), Weight("信,加", -0.5))
    made = card(suspect(features=features, weights=weights), text)
    assert [(bar.what, bar.layer) for bar in made.bars.shown] == [
        ("招揽贷款", 0), ("加", 2), ("信,加", 3),
    ]  # fmt: skip
    known = [(piece.text, piece.layers) for piece in made.pieces if piece.layers]
    assert known == [("黑户贷款", (0,)), ("加", (2,)), ("信,", (3,)), ("加", (2, 3))]
