"""The naive floor: a list of trade words, as institutions filter with today.

A text is suspect when one of the words stands in it, after width and case are folded. The
list is the trade's vocabulary as public warnings give it, and nothing was left out to make it
look worse. What it can't do is tell an advert from the warning against it.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from bench.quality.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "floor"

# fmt: off
WORDS: dict[str, tuple[str, ...]] = {
    "illegal-policy-surrender": (
        "全额退保", "代理退保", "代办退保", "专业退保", "退保维权", "保单维权", "退保代理",
        "退保咨询", "全额退费", "保费全退", "全额退款", "包退保", "帮您退保", "帮你退保",
        "退保教程", "退保话术", "协商退保", "代理维权", "理赔代办", "保费返还", "退全款", "全退",
        "退保找", "拿回保费",
    ),
    "credit-repair": (
        "征信修复", "修复征信", "信用修复", "征信洗白", "洗白", "铲单", "消除逾期", "逾期消除",
        "删除逾期", "逾期修复", "征信优化", "征信代办", "异议代办", "征信修复师", "信用管理师",
        "征信加盟", "征信培训", "非恶意逾期", "消除不良", "抹除逾期", "征信教程", "黑户", "花户",
        "连三累六", "征信花", "消逾期",
    ),
    "telecom-fraud": (
        "安全账户", "资金核查", "资金清查", "涉嫌洗钱", "通缉令", "逮捕令", "共享屏幕",
        "屏幕共享", "刷单", "先垫后返", "返佣", "跑分", "收银行卡", "四件套", "解冻费", "解冻金",
        "刷流水", "包装流水", "不看征信", "内部消息", "稳赚不赔", "带单", "荐股", "验证码发",
        "验证码告诉", "验证码念", "注销校园贷", "百万保障", "三倍赔", "etc已", "恭喜您中奖",
        "高薪兼职", "猫池", "账户被冻结", "点击领取",
    ),
}
ANY_TRADE = (
    "不成功不收费", "先办后付", "不成功退款", "内部渠道", "加微信", "加我微信", "加薇", "+v",
    "加v", "私信我", "私聊我", "包过", "百分百成功", "招代理", "招收学员",
)
# fmt: on
"""How every trade of the kind advertises: suspect, under no activity's name."""


def floor(texts: Sequence[str]) -> list[Answer]:
    """The answer of the list to each text; it knows neither doubt nor stance."""
    return [_answer(unicodedata.normalize("NFKC", text).casefold()) for text in texts]


def _answer(plain: str) -> Answer:
    named = frozenset(name for name, words in WORDS.items() if _any_of(words, plain))
    return Answer(bool(named) or _any_of(ANY_TRADE, plain), named)


def _any_of(words: Sequence[str], plain: str) -> bool:
    return any(word in plain for word in words)
