"""JSON Lines: one object a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec

from lianfang.files.columns import as_cell
from lianfang.files.rows import Row
from lianfang.files.text_lines import BadLine, read_lines, without_end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.files.rows import Item, Plan, Wanted
    from lianfang.files.stream import ByteStream

# Takes what msgspec refuses and real files hold: lone surrogates (\ud800) and control characters.
LENIENT = json.JSONDecoder(strict=False)

ONE_OBJECT = 'write one object a line, such as {"id": 1, "text": "…"}'
GIVE_TEXT = "write the text as a string, or name its column with --text-column"
GIVE_ID = "write the id as a string or a whole number, or leave it out"
SHOWN_KEYS = 10

KINDS = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
}


class _FaultError(ValueError):
    def __init__(self, reason: str, do: str, column: str | None = None) -> None:
        super().__init__(reason)
        self.reason, self.do, self.column = reason, do, column


def read_jsonl(stream: ByteStream, plan: Plan) -> Iterator[Item]:
    """Yield each object's text; blank lines are counted and left out."""
    for number, line in enumerate(read_lines(stream, plan.max_line_bytes), 1):
        if isinstance(line, BadLine):
            yield plan.reject(number, line.reason, line.what_to_do, line.raw)
        elif not line.isspace():
            yield _item(number, line, plan)


def object_of(line: str) -> dict[str, object] | None:
    """Return the object of a line, or None where it is none."""
    try:
        return _object(line)
    except _FaultError:
        return None


def _item(number: int, line: str, plan: Plan) -> Item:
    try:
        record = _object(line)
        others = tuple([_other(record, wanted) for wanted in plan.others])
        id_ = _id(record, plan.id_column or "id", number)
        return Row(number, id_, _text(record, plan), others)
    except _FaultError as fault:
        raw = without_end(line)
        return plan.reject(number, fault.reason, fault.do, raw, fault.column)


def _object(line: str) -> dict[str, object]:
    try:
        value = _parse(line)
    except json.JSONDecodeError as error:
        raise _FaultError(
            f"not JSON: {error.msg}, character {error.pos + 1}", ONE_OBJECT
        ) from error
    except RecursionError as error:
        raise _FaultError("not usable JSON: nested too deep", ONE_OBJECT) from error
    except ValueError as error:
        raise _FaultError("not usable JSON: a number of too many digits", ONE_OBJECT) from error
    if not isinstance(value, dict):
        raise _FaultError(f"{_kind(value)}, not an object", ONE_OBJECT)
    return value


def _parse(line: str) -> object:
    try:
        return msgspec.json.decode(line)
    except msgspec.DecodeError:
        return LENIENT.decode(line.lstrip("\ufeff"))


def _text(record: dict[str, object], plan: Plan) -> str:
    column = plan.text_column or "text"
    text = record.get(column)
    if isinstance(text, str):
        return text
    if column in record and text is not None:
        raise _FaultError(f'"{column}" is {_kind(text)}, not a string', GIVE_TEXT, column)
    fault = f'"{column}" is null' if column in record else f'no "{column}" among {_keys(record)}'
    raise _FaultError(f"{fault}; a missing text is unknown, not empty", GIVE_TEXT, column)


def _id(record: dict[str, object], column: str, number: int) -> str | int:
    value = record.get(column, number)
    if isinstance(value, str | int) and not isinstance(value, bool):
        return value
    raise _FaultError(
        f'"{column}" is {_kind(value)}, not a string or a whole number', GIVE_ID, column
    )


def _other(record: dict[str, object], wanted: Wanted) -> str:
    for name in wanted.names:
        if name in record:
            return as_cell(record[name])
    if not wanted.needed:
        return ""
    kind, name = wanted.kind, wanted.names[0]
    do = f"add it, or name its column with --{kind}-column"
    raise _FaultError(f'no "{name}" among {_keys(record)}', do, name)


def _kind(value: object) -> str:
    return "null" if value is None else KINDS.get(type(value), "a string")


def _keys(record: dict[str, object]) -> str:
    shown = [f'"{key[:40]}"' for key in list(record)[:SHOWN_KEYS]]
    return ", ".join(shown) + (", …" if len(record) > SHOWN_KEYS else "") or "no columns at all"
