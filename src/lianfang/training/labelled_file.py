"""Anybody's labelled file: a column of texts, one of labels, perhaps one of groups."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lianfang.errors import InputError
from lianfang.files import Reject, Row, Wanted
from lianfang.text.writable import writable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lianfang.files import Item, Source

LABEL_NAMES = ("label", "labels", "标签", "类别", "分类")
"""Usual names of a column of labels."""

SEVERAL = re.compile("[;；]")


@dataclass(frozen=True)
class LabelledTexts:
    """Texts, the labels of each, and the group of each if the file names groups."""

    source: str
    texts: list[str] = field(default_factory=list)
    labels: list[tuple[str, ...]] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)


def wanted(label: str | None, group: str | None) -> tuple[Wanted, ...]:
    """The columns that a file is to be opened with."""
    names = Wanted("label", (label,) if label else LABEL_NAMES)
    return (names, Wanted("group", (group,))) if group else (names,)


def read_labelled(source: Source, refuse: Callable[[Reject], None]) -> LabelledTexts:
    """Everything that can be learned from.

    Args:
        source: opened with `wanted`.
        refuse: told of each row that can't be used.

    Raises:
        InputError: no row can be used.
    """
    read = LabelledTexts(source.name)
    first: Reject | None = None
    for item in _checked(source):
        if isinstance(item, Reject):
            first = first or item
            refuse(item)
        else:
            read.texts.append(item.text)
            read.labels.append(labels_of(item.others[0]))
            read.groups.extend(item.others[1:])
    if not read.texts:
        why = f"; row {first.row}: {first.reason}" if first else ": the file is empty"
        do = first.what_to_do if first else "give a file with texts and labels"
        raise InputError(f"no row to learn from{why}", where=source.name, do=do)
    return read


def labels_of(cell: str) -> tuple[str, ...]:
    """The labels in a cell, each once: one, several with `;` between, or a JSON list.

    An empty list says that none of the labels holds; an empty cell says nothing.
    """
    names = (writable(name.strip()) for name in _listed(cell))
    return tuple(dict.fromkeys(name for name in names if name))


def _listed(cell: str) -> list[str]:
    if _is_list(cell):
        # what isn't JSON is a label in brackets
        with suppress(json.JSONDecodeError):
            return list(map(str, json.loads(cell)))
    return SEVERAL.split(cell)


def _is_list(cell: str) -> bool:
    return cell.lstrip().startswith("[")


def _checked(source: Source) -> Iterator[Item]:
    for item in source:
        if isinstance(item, Row) and (fault := _fault(item)):
            yield Reject(source.name, item.number, *fault, raw=item.text[:80])
        else:
            yield item


def _fault(row: Row) -> tuple[str, str, str] | None:
    """The column, what is wrong, and what to do; None where the row is right."""
    if not row.text.strip():
        return "text", "an empty text", "write the text, or drop the row"
    if not labels_of(row.others[0]) and not _is_list(row.others[0]):
        return "label", "no label", "write one (`[]` says that none holds), or drop the row"
    if any(not group.strip() for group in row.others[1:]):
        return "group", "no group", "name the group, or a group of its own"
    return None
