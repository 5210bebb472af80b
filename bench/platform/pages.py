"""Pages of the site that are asked for, each time for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from lianfang.web.database.seeing import seeing

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

PURPOSES = ("governance", "anti-telecom-fraud")
"""Of what everybody sees who asks."""

MOST_KNOWN = 4000
ORDERS = ("severity", "newest", "oldest")
WORDS = (
    "征信", "修复", "逾期", "协商", "停息挂账", "全额退保", "贷款", "黑户", "刷脸", "跑分",
    "催收", "骚扰", "退保", "代理维权", "微信", "验证码", "快递", "燃气", "公园", "借条",
    "律师函", "晚上", "新地方", "图书馆",
)  # fmt: skip
"""What is searched: of the trade and of everyday, frequent and rare."""


class Known(NamedTuple):
    """What there is to be asked for: numbers of alerts, and what some of them are filtered by."""

    alerts: list[int]
    activities: list[str]
    sources: list[str]
    platforms: list[str]


def known() -> Known:
    """What there is for everybody who asks."""
    from lianfang.web.alerts.models import Alert  # noqa: PLC0415  once Django is set up

    with seeing(PURPOSES):
        alerts = list(Alert.objects.order_by("fold").values_list("pk", flat=True)[:MOST_KNOWN])
        some = Alert.objects.filter(pk__in=alerts)
        activities, sources, platforms = (
            sorted({str(one) for one in some.values_list(field, flat=True) if one})
            for field in ("activity", "source", "platform")
        )
    return Known(alerts, activities, sources, platforms)


def address(page: str, known: Known, rng: Random) -> str:
    """An address of a page."""
    return PAGES[page](known, rng) if page in PAGES else page


def _filtered(known: Known, rng: Random) -> str:
    """The queue of one filter beside the state, or two, in one of its orders."""
    choices = {
        "activity": rng.choice(known.activities),
        "source": rng.choice(known.sources),
        "platform": rng.choice(known.platforms),
        "kind": rng.choice(("post", "message", "call")),
        "sure": rng.choice(("yes", "no")),
        "age": rng.choice(("7", "30", "90")),
        "who": rng.choice(("mine", "none")),
    }
    chosen = {name: choices[name] for name in rng.sample(sorted(choices), rng.choice((1, 2)))}
    state = rng.choice(("open", "open", "confirmed", "rejected", "unsure", ""))
    return f"/alerts/?{urlencode({'state': state, 'order': rng.choice(ORDERS)} | chosen)}"


def _queue(known: Known, rng: Random) -> str:
    """The first page of the queue, or one further back."""
    after = rng.choice(("", f"&after={rng.choice(known.alerts)}"))
    return f"/alerts/?queue={rng.choice(('act', 'act', 'protect'))}{after}"


def _search(_: Known, rng: Random) -> str:
    alerts = rng.choice(("", "&alerts=1"))
    return f"/alerts/search/?{urlencode({'q': rng.choice(WORDS)})}{alerts}"


def _item(known: Known, rng: Random) -> str:
    """An alert with its item: the text, its marks and the reasons."""
    return f"/alerts/{rng.choice(known.alerts)}/"


PAGES: dict[str, Callable[[Known, Random], str]] = {
    "queue": _queue,
    "filtered queue": _filtered,
    "search": _search,
    "item": _item,
    "home": lambda _, __: "/",
    "dashboard": lambda _, __: "/dashboard/",
}
BARRED = ("queue", "filtered queue", "search", "item")
"""Those that the bar of 150 ms is for."""
