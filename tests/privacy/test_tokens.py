from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.indicators.mask import mask
from lianfang.privacy.tokens import personal, tokenise


def made(text, told=()):
    kept = {}
    numbers = count(1)
    values = personal(text, told)
    return tokenise(text, values, lambda one: kept.setdefault(one[2:4], next(numbers)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("加微信13812340000咨询", "加微信⟦phone:1⟧咨询"),
        ("138-1234-0000或13812340000", "⟦phone:1⟧或⟦phone:1⟧"),
        ("加V❤ abc12345,电话13912345678", "加V❤ ⟦wechat:1⟧,电话⟦phone:2⟧"),
        ("卡号6222021234567890124丢了", "卡号⟦number:1⟧丢了"),
        ("拨打95588或12378", "拨打95588或12378"),
        ("⟦phone:9⟧是假的", "〚phone:9〛是假的"),
        ("", ""),
    ],
)
def test_tokens(text, shown):
    assert made(text).text == shown


def test_what_the_row_tells_is_found_in_the_text():
    told = [("name", "王小明"), ("account", "6200001"), ("name", "王"), ("name", "")]
    assert made("我叫王小明,账号6200001,王小明敬上", told).text == (
        "我叫⟦name:1⟧,账号⟦account:2⟧,⟦name:1⟧敬上"
    )


def test_spans_follow():
    text = "先加微信13812340000再说"
    token = made(text)
    for piece in ("先加微信", "再说", "再", "说"):
        start = text.index(piece)
        low, high = token.span(start, start + len(piece))
        assert token.text[low:high] == piece
    low, high = token.span(2, 8)
    assert token.text[low:high] == "微信⟦phone:1⟧"
    low, high = token.span(6, 17)
    assert token.text[low:high] == "⟦phone:1⟧再说"
    assert token.span(len(text), len(text)) == (len(token.text), len(token.text))


texts = st.text(alphabet="0123456789１③❤- .加微信vV王小明abc@⟦⟧:。\n", max_size=80)


@given(texts)
def test_nothing_that_would_be_masked_is_left_and_the_rest_stays(text):
    token = made(text, [("name", "小明")])
    assert "小明" not in token.text
    pieces, end = [], 0
    for start, stop in zip(token.new_starts, token.new_ends, strict=True):
        pieces.append(token.text[end:start])
        end = stop
    pieces.append(token.text[end:])
    assert all(mask(piece) == piece for piece in pieces)
    clean = text.translate(str.maketrans("⟦⟧", "〚〛"))
    begins, ends = [0, *token.ends], [*token.starts, len(text)]
    kept = [clean[a:b] for a, b in zip(begins, ends, strict=True)]
    assert kept == pieces


@given(texts, st.data())
def test_a_span_is_a_span(text, data):
    token = made(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    low, high = token.span(start, end)
    assert 0 <= low <= high <= len(token.text)
