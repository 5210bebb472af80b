"""Which columns of a file are read beside the text, for each kind of source.

`personal` columns become tokens as a whole, and what they hold is looked for in the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lianfang.files import Wanted
from lianfang.files.columns import ID_NAMES, TEXT_NAMES
from lianfang.web.intake.models import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence


class Column(NamedTuple):
    """A column: the field it fills ("" for none), its names, the kind of value it holds."""

    field: str
    names: tuple[str, ...]
    personal: str = ""

    @property
    def key(self) -> str:
        """What a profile calls it."""
        return self.field or self.personal


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


TEXT = "text"
UNREAD = (*ID_NAMES, "序号", "通话编号", "call_id", "坐席", "客服", "agent")
"""Names of columns that are known and hold nothing that is read."""

_ALL = {name: one.key for one in (PLATFORM, ACCOUNT, LINK, TIME, NAME, PHONE) for name in one.names}


def meanings(kind: str) -> list[str]:
    """What a column of a kind may hold, as profiles call it."""
    return [TEXT, *(one.key for one in COLUMNS[Kind(kind)])]


def recognised(kind: str, names: Sequence[str]) -> tuple[list[str], bool]:
    """What columns hold by their names, and whether all of them are known and one is the text.

    Columns of other kinds are known and not read.
    """
    keys = [_plain(name) for name in names]
    fields = ["" if key in UNREAD else _ALL.get(key) for key in keys]
    text = next((keys.index(name) for name in TEXT_NAMES if name in keys), None)
    if text is None and len(names) == 1:
        text = 0
    if text is not None:
        fields[text] = TEXT
    texts = [place for place, key in enumerate(keys) if key in TEXT_NAMES and place != text]
    known = text is not None and None not in fields and not texts
    return _once([one if one in meanings(kind) else "" for one in fields]), known


def _once(fields: list[str | None]) -> list[str]:
    """Of columns that hold the same the first."""
    return [one if one and one not in fields[:place] else "" for place, one in enumerate(fields)]


def wanted(kind: str, names: Sequence[str], fields: Sequence[str]) -> tuple[Wanted, ...]:
    """The columns of a kind, as readers of files are asked for them; none is needed.

    Args:
        kind: of the source.
        names: of the file's columns.
        fields: what each of them holds.
    """
    called = {field: name for name, field in zip(names, fields, strict=True) if field}
    return tuple(
        Wanted(
            one.key,
            (called[one.key],) if one.key in called else (),
            needed=False,
            moment=one is TIME,
        )
        for one in COLUMNS[Kind(kind)]
    )


def _plain(name: str) -> str:
    return name.strip("\ufeff \t\r\n\u3000").casefold()
