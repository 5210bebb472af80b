from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lianfang.indicators import find_indicators
from lianfang.indicators.find import KINDS

PIECES = [
    *(
        "加微信",
        "V❤:",
        "薇xin",
        "扣扣 ",
        "🐧",
        "tg@",
        "t.me/",
        "hxxp://",
        "evil[.]com",
        "例子.中国",
    ),
    *("abc12345", "13812340000", "一三八一二三四零零零零", "①③⑧", "010-23456789", "400-000-0001"),
    *(
        "6222 0000 0012 3456",
        "11010519491231002X",
        "91350100M000100Y43",
        "abc@example.com",
        "95588",
    ),
    *(
        "0x",
        "T",
        "bc1",
        "1",
        "0",
        "a",
        ".",
        "-",
        " ",
        "@",
        ":",
        "/",
        "，",
        "。",
        "甲",
        "❤",
        "㈱",
        "⑩",
    ),
    *("\u202e", "\u200f", "א", "٣", "\ud800", "\n", "\x00", "İ", "ß"),
]
texts = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=25).map("".join)
PERSONAL = {kind.name: kind.personal for kind in KINDS}


def told(text):
    return [(one.kind, one.canonical) for one in find_indicators(text)]


def test_several_kinds_in_order():
    text = "加薇 abc12345,电话13812340000,扣扣 12345678,网址hxxp://evil[.]com,客服95588"
    assert told(text) == [
        ("wechat", "abc12345"),
        ("phone", "13812340000"),
        ("qq", "12345678"),
        ("link", "http://evil.com"),
        ("service-number", "95588"),
    ]


def test_which_kinds_are_personal():
    impersonal = {name for name, personal in PERSONAL.items() if not personal}
    assert impersonal == {"credit-code", "link", "service-number"}


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("微信13812340000", [("phone", "13812340000")]),
        ("13812340000@example.com", [("email", "13812340000@example.com")]),
        ("evil.com/95588", [("link", "evil.com/95588")]),
        (
            "evil.com/13812340000",
            [("link", "evil.com/13812340000"), ("phone", "13812340000")],
        ),
        ("t.me/abcdef", [("link", "t.me/abcdef"), ("handle", "abcdef")]),
        ("加❤V❤abc12345", [("wechat", "abc12345")]),
        ("", []),
        ("今天天气不错", []),
    ],
)
def test_what_lies_in_another(text, indicators):
    assert told(text) == indicators


@given(texts)
@example("加薇 abc12345,电话①③⑧1234零零零零,hxxp://evil[.]com/13812340000")
def test_spans_agree_with_the_original(text):
    found = find_indicators(text)
    assert found == sorted(found, key=lambda one: (one.start, -one.end))
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.value
        assert one.canonical
        assert one.personal == PERSONAL[one.kind]


@given(texts)
def test_only_a_personal_one_lies_in_another(text):
    found = find_indicators(text)
    for one in found:
        for other in found:
            if one is not other and other.start <= one.start and one.end <= other.end:
                assert (one.personal, other.personal) == (True, False)


@given(st.text(alphabet="甲乙,。 \n", max_size=20), st.text(alphabet="甲丁,。!", max_size=20))
def test_the_same_wherever_it_stands(before, after):
    text = f"{before},电话13812340000。{after}"
    assert told(text) == [("phone", "13812340000")]


def test_a_text_that_is_one_link():
    [link] = find_indicators("http://evil.com/" + "a" * 1_000_000)
    assert link.value.startswith("http://evil.com/aaa")


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "1", "12", "1-", "1 ", "13", "0", "62", "6222 ", "+86", "(010)", "9A", "T", "bc1", "0x0",
        "a", "A1", "a.", "a@", "@", "a[.]", "点com", "。", "www.", "http://", "http://a.b/",
        "中国.中国", "中.", "微信", "加v", "qq", "tg", "t.me/", "一", "①", "❤1", "\u202e1", "-",
        "a@a.", "[", "[.", "🛰", "🐧1", "1.2.3.4.",
    ],
)  # fmt: skip
def test_time_is_linear(piece):
    """In a process of its own, which can be ended where it isn't: a million characters."""
    code = (
        "from lianfang.indicators import find_indicators, hide\n"
        f"text = {piece!r} * (1_000_000 // {len(piece)})\n"
        "print(len(hide(text, find_indicators(text))))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert int(done.stdout) == 1_000_000 // len(piece) * len(piece)
