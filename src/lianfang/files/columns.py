"""Which column of a table holds the text, and which the id."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec

from lianfang.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lianfang.files.rows import Plan, Wanted

# In this order: a table with `text` and `内容` is read from `text`.
TEXT_NAMES = (
    "text",
    "content",
    "内容",
    "文本",
    "正文",
    "消息",
    "短信内容",
    "投诉内容",
    "消息内容",
    "文本内容",
    "message",
    "body",
    "短信",
    "sms",
)
ID_NAMES = ("id", "编号")
SHOWN_NAMES = 20


class NoColumnError(InputError):
    """A table lacks a column that is needed. What it says quotes the table's first row."""

    def __init__(self, kind: str, what: str, *, where: str, do: str) -> None:
        super().__init__(what, where=where, do=do)
        self.kind = kind


class Columns(msgspec.Struct, frozen=True):
    """Places of the columns in a row, from 0; `name` is the text column's.

    Of the others, None stands for one that the table lacks and that isn't needed.
    """

    text: int
    id: int | None
    name: str
    others: tuple[int | None, ...] = ()

    def rest(self, cells: Sequence[object]) -> list[object]:
        """What stands in the other columns of a row, "" for one that the table lacks."""
        return ["" if place is None else cells[place] for place in self.others]


def choose(names: Sequence[str], plan: Plan) -> Columns:
    """Choose the columns that the plan names, or else those with usual names.

    Raises:
        InputError: no such column, or no column that is likely to hold the text.
    """
    keys = [_key(name) for name in names]
    text = _find(keys, (plan.text_column,) if plan.text_column else TEXT_NAMES)
    if text is None and plan.text_column is None and len(names) == 1:
        text = 0
    if text is None:
        raise _missing("text", names, plan, plan.text_column)
    others = tuple(_choose_other(keys, wanted, names, plan) for wanted in plan.others)
    return Columns(text, _choose_id(keys, text, names, plan), names[text], others)


def as_cell(value: object) -> str:
    """A value of another column as text: nothing as "", what isn't flat as JSON."""
    if isinstance(value, bool | list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return "" if value is None else str(value)


def is_usual(name: str, plan: Plan) -> bool:
    """Say whether a column of this name would be taken for the text."""
    return _key(name) in {_key(plan.text_column or ""), *TEXT_NAMES} - {""}


def _choose_id(keys: list[str], text: int, names: Sequence[str], plan: Plan) -> int | None:
    place = _find(keys, (plan.id_column,) if plan.id_column else ID_NAMES)
    if place is None and plan.id_column:
        raise _missing("id", names, plan, plan.id_column)
    return None if place == text and not plan.id_column else place


def _choose_other(
    keys: Sequence[str], wanted: Wanted, names: Sequence[str], plan: Plan
) -> int | None:
    place = _find(keys, wanted.names)
    if place is None and wanted.needed:
        asked = wanted.names[0] if len(wanted.names) == 1 else None
        raise _missing(wanted.kind, names, plan, asked)
    return place


def _find(keys: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((keys.index(_key(name)) for name in wanted if _key(name) in keys), None)


def _key(name: str) -> str:
    return name.strip("\ufeff \t\r\n\u3000").casefold()


def _missing(kind: str, names: Sequence[str], plan: Plan, asked: str | None) -> NoColumnError:
    shown = ", ".join(f'"{name[:40]}"' for name in names[:SHOWN_NAMES])
    more = ", …" if len(names) > SHOWN_NAMES else ""
    called = f' called "{asked}"' if asked else ""
    return NoColumnError(
        kind,
        f"no {kind} column{called}; the columns are {shown}{more}",
        where=plan.source,
        do=f"name it with --{kind}-column",
    )
