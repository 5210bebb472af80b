"""Which columns of a file are read beside the text, for each kind of source.

`personal` columns become tokens as a whole, and what they hold is looked for in the text.
"""

from __future__ import annotations

from typing import NamedTuple

from lianfang.files import Wanted
from lianfang.web.intake.models import Kind


class Column(NamedTuple):
    """A column: the field it fills ("" for none), its names, the kind of value it holds."""

    field: str
    names: tuple[str, ...]
    personal: str = ""


ACCOUNT = Column("account", ("账号", "帐号", "发布账号", "account", "author"), "account")
PLATFORM = Column("platform", ("平台", "渠道", "platform", "channel"))
NAME = Column("", ("姓名", "投诉人", "客户姓名", "name"), "name")
PHONE = Column("", ("号码", "电话", "手机号", "联系电话", "phone", "sender"), "phone")
LINK = Column("url", ("链接", "网址", "url", "link"))
TIME = Column(
    "published", ("发布时间", "时间", "日期", "收到时间", "published", "time", "received")
)

COLUMNS = {
    Kind.POST: (PLATFORM, ACCOUNT, LINK, TIME, NAME, PHONE),
    Kind.MESSAGE: (PLATFORM, ACCOUNT, LINK, TIME, NAME, PHONE),
    Kind.CALL: (PLATFORM, ACCOUNT, TIME, NAME, PHONE),
    Kind.LETTER: (PLATFORM, ACCOUNT, TIME, NAME, PHONE),
}


def wanted(kind: str) -> tuple[Wanted, ...]:
    """The columns of a kind, as readers of files are asked for them; none is needed."""
    return tuple(Wanted(one.names[0], one.names, needed=False) for one in COLUMNS[Kind(kind)])
