from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lianfang.indicators import find_contacts
from lianfang.text.stream import normalise

KINDS = ("phone", "wechat", "qq", "handle", "link", "payee")
FRAGMENTS = [
    *"加微信薇vqx号:： -_*+@./1a9❤️甲,",
    *(
        "微信",
        "加v",
        "企鹅",
        "http://",
        "a.top",
        "1990000",
        "xxxx",
        "6222",
        "0000",
        "tg",
        ".gov.cn",
    ),
]


def found(text):
    """Kind and piece of each handle in a text, normalised first."""
    text = normalise(text)
    return [(c.kind, text[c.start : c.end]) for c in find_contacts(text)]


def kinds(text):
    return {kind for kind, _ in found(text)}


@pytest.mark.parametrize(
    "text",
    [
        "19900001234",
        "联系电话:19900001234。",
        "１９９００００１２３４",
        "199 0000 1234",
        "199-0000-1234",
        "+86 199 0000 1234",
        "8619900001234",
        "1990000xxxx",
        "199XXXX1234",
        "199****1234",
        "致电1990000****详谈",
    ],
)
def test_phones(text):
    assert "phone" in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "微信 abc12345",
        "微信号:wxid_12ab34",
        "加微信19900001234",
        "WeChat: Abcdef1",
        "加薇 abc12345",
        "加威信abc12345",
        "卫星号 abcde1",
        "徽信ab-cd-ef",
        "绿泡泡 abc_123",
        "V:abc12345",
        "v：abc12345",
        "V信 abcd1234",
        "vx:abc12",
        "VX abc12345",
        "➕v abc12345",
        "加➕V：abc12345",
        "+V abc12345",
        "薇：abc12345",
        "加我薇 abc12345",
        "找经理v 1234567",
        "微 信 abc12345",
        "威❤信：abc12345",
        "加微xyz12345",
    ],
)
def test_wechat(text):
    assert "wechat" in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "QQ:12345678",
        "qq号 12345678",
        "QQ群 987654321",
        "q群123456789",
        "扣群 123456789",
        "企鹅 123456789",
        "扣扣:123456",
        "球球123456",
        "Q:123456789",
        "ｑｑ１２３４５６",
        "企❤鹅：123456",
    ],
)
def test_qq(text):
    assert "qq" in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "tg @abcdefg",
        "Telegram:abc_def1",
        "飞机 @abc_def1",
        "纸飞机号abc_def1",
        "电报 abcdef12",
        "蝙蝠 abcdef12",
        "抖音号abc12345",
        "快手号：abc12345",
        "私我abc12345",
        "联系 abc12345",
        "戳:abc123456",
        "客服abc12345",
        "加❤V❤abc12345",
    ],
)
def test_handles_of_other_apps_and_bare_ones(text):
    assert kinds(text) & {"handle", "wechat"}


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("点https://abc.top/xy?z=1 登录", "https://abc.top/xy?z=1"),
        ("http://1.2.3.4/a", "http://1.2.3.4/a"),
        ("hxxps://abc[.]top/x", "hxxps://abc[.]top/x"),
        ("打开 abc.xyz 办理", "abc.xyz"),
        ("www.abc-def.com.cn/login", "www.abc-def.com.cn/login"),
        ("登录ＡＢＣ．ＴＯＰ，", "abc.top"),
        ("t.me/abcdef", "t.me/abcdef"),
    ],
)
def test_links(text, link):
    assert ("link", link) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "卡号6222020000001234567",
        "6222 0200 0000 1234",
        "6217-0000-0000-0000-000",
        "4000 1234 5678 9010",
        "打款到5100000000000000",
    ],
)
def test_payees(text):
    assert "payee" in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "请拨打95588",
        "如有疑问致电 95511 或 96110",
        "110",
        "12378",
        "联系12381或12315",
        "客服热线12363",
        "官方客服95599",
        "加拨12378转1",
        "400-820-8888",
        "010-12345678",
    ],
)
def test_official_numbers_are_no_handles(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "www.gov.cn",
        "https://www.pbc.gov.cn/rhwg/index.html",
        "https://ipcrs.pbccrc.org.cn/",
        "登录 www.pbccrc.org.cn 查询",
        "http://www.moe.edu.cn",
    ],
)
def test_official_sites_are_no_handles(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "http://pbc.gov.cn.abc.top/login",
        "www.gov.cn.abc.xyz",
        "http://abc.top/?from=www.gov.cn",
        "http://abc.top/pbccrc.org.cn",
        "https://ipcrs.pbccrc.org.cn.abc.vip/",
    ],
)
def test_a_site_that_only_shows_an_official_name_is_a_handle(text):
    assert kinds(text) == {"link"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "微信支付,微信小程序,微信 公众号",
        "加V",
        "加微信",
        "订单号20250101123456",
        "身份证110101199003071234",
        "2025-01-02 10:30:00",
        "v1.2.3",
        "iphone15promax",
        "abc@qq.com",
        "5500元,还款199000012345元",
        "Online Banking",
        "deadline tomorrow",
        "mtg agenda today",
        "电影 qqq 12",
        "请联系我行工作人员",
        "文件.txt和表格.xlsx",
        "第3.5章",
        "1234567890123456",
        "流水号20019900001234",
        "编号ab19900001234",
    ],
)
def test_ordinary_text_has_no_handle(text):
    assert found(text) == []


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join) | st.text(st.characters()))
@example("加薇 abc12345,电话1990000xxxx,企鹅 123456789,卡6222020000001234567")
def test_places_lie_in_the_text(text):
    text = normalise(text)
    for contact in find_contacts(text):
        assert contact.kind in KINDS
        assert 0 <= contact.start < contact.end <= len(text)
        assert text[contact.start : contact.end].strip()


@given(st.text(alphabet="甲乙丙,。 ", max_size=20), st.text(alphabet="丁戊,。!", max_size=20))
def test_the_same_handle_wherever_it_stands(before, after):
    text = f"{before}。微信:abc12345,{after}"
    assert found(text) == [("wechat", "微信:abc12345")]


def test_several_handles_of_a_kind():
    text = "微信abc12345,或微信xyz12345,电话19900001234和19900004321"
    assert found(text) == [
        ("phone", "19900001234"),
        ("phone", "19900004321"),
        ("wechat", "微信abc12345"),
        ("wechat", "微信xyz12345"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "a.", "1 ", "a", "1", "a-", "v:", "加v ", "加", "http://", "微信::::", "line", "微信号",
        "1990000", "6222 ", "@", "a.com/", "qq", "加我", ".", "tg@",
    ],
)  # fmt: skip
def test_time_is_linear(piece):
    """In a process of its own, which can be ended where it isn't."""
    code = (
        "from lianfang.indicators import find_contacts\n"
        f"for text in ({piece!r} * 50_000, 'a' + {piece!r} * 50_000 + '!'):\n"
        "    print(len(list(find_contacts(text))))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert len(done.stdout.split()) == 2
