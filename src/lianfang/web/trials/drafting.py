"""A feature that somebody wrote: what is wrong with it, and the files that it makes."""

from __future__ import annotations

import re
from difflib import unified_diff
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import yaml

from lianfang.errors import LianfangError
from lianfang.guides.checks import CHECKS
from lianfang.guides.checks.material import Material
from lianfang.guides.compile import compile_library
from lianfang.guides.library import Library
from lianfang.privacy.tokens import personal
from lianfang.screening.examples import failures
from lianfang.web.guidance.folder import folder, texts
from lianfang.web.guidance.shipped import library
from lianfang.web.trials.standins import VALUES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from lianfang.guides.checks import Check
    from lianfang.web.guidance.shipped import Known

LONGEST = 20_000
DEEPEST = 30
"""Levels of a condition; the shipped ones have nine at most."""
MOST_PROBLEMS = 20
_LONG_NUMBER = re.compile(r"[-+]?[\d_.]{10,}")
_VERSION = re.compile(r'^(version: "\d+\.\d+\.)(\d+)"$', re.MULTILINE)
_DATE = re.compile(r'^date: ".*"$', re.MULTILINE)


class Problem(NamedTuple):
    """What is wrong, and in which line of the draft, from 1."""

    line: int
    what: str


def problems(known: Known, text: str) -> list[Problem]:
    """Everything that keeps a text from being the feature; some seconds."""
    found = list(_outer(text))
    if not found:
        found = list(_values(known, text))
    if not found:
        with folder(texts({known.id: text})) as root:
            found = list(_inner(known, text, root))
    return sorted(set(found))[:MOST_PROBLEMS]


def changed_file(known: Known, text: str, day: date) -> str:
    """The file that the feature stands in, as it would be; a guide's with its next version."""
    (made,) = texts({known.id: text}).values()
    if known.guide:
        made = _VERSION.sub(lambda found: f'{found[1]}{int(found[2]) + 1}"', made, count=1)
        made = _DATE.sub(f'date: "{day.isoformat()}"', made, count=1)
    return made


def patch(known: Known, text: str, day: date) -> str:
    """The change as a unified diff, from the folder that holds `guides/`."""
    name = known.fragment.name
    before = (library().root / name).read_text(encoding="utf-8")
    after = changed_file(known, text, day)
    lines = unified_diff(
        before.splitlines(keepends=True),
        after.splitlines(keepends=True),
        f"a/guides/{name}",
        f"b/guides/{name}",
    )
    return "".join(lines)


def _outer(text: str) -> Iterator[Problem]:
    """What mustn't even be read: too large, too deep, aliases that grow."""
    if not text.strip() or len(text) > LONGEST:
        yield Problem(1, f"a feature has from 1 to {LONGEST} characters")
        return
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            line = event.start_mark.line + 1 if event.start_mark else 1
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                yield Problem(line, f"more than {DEEPEST} levels: write it flatter")
                return
            if getattr(event, "anchor", None):
                yield Problem(line, "anchors (&, *) have no place here: write it out")
                return
            if _is_long_number(event):
                yield Problem(line, "a number of ten digits or more: put a term in quotes")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        yield Problem(mark.line + 1 if mark else 1, f"not YAML: {error.problem}")
    except yaml.YAMLError as error:
        yield Problem(1, f"not YAML: {error}")


def _is_long_number(event: yaml.Event) -> bool:
    if not isinstance(event, yaml.ScalarEvent) or not event.implicit[0]:
        return False
    return bool(_LONG_NUMBER.fullmatch(event.value))


def _values(known: Known, text: str) -> Iterator[Problem]:
    """Personal values stay out of drafts: an example from a real text is written anew."""
    shipped = {one.written for one in personal(known.fragment.text)}
    for number, line in enumerate(text.split("\n"), 1):
        for one in personal(line):
            if one.written not in shipped and one.written not in VALUES.values():
                instead = VALUES.get(one.kind, "")
                yield Problem(
                    number, f"looks like somebody's {one.kind}: write a made-up one ({instead})"
                )


def _inner(known: Known, text: str, root: Path) -> Iterator[Problem]:
    first, lines = known.fragment.first, len(text.strip("\n").split("\n"))
    material = Material(Library(root))
    found = list(chain.from_iterable(check.findings(material) for check in _checks()))
    for one in found:
        inside = one.path == str(root / known.fragment.name)
        line = min(max(one.line - first, 1), lines) if inside else 1
        yield Problem(line, ": ".join(filter(None, (one.what, one.do))))
    if not found:
        yield from _same_id(known, material)
        yield from _failing(known, root)


def _checks() -> list[Check]:
    """The guides' own checks, but for those of texts and lexicon, which a feature can't break."""
    mine = ("files", "features", "sources")
    return [one for one in CHECKS if type(one).__module__.rpartition(".")[2] in mine]


def _same_id(known: Known, material: Material) -> Iterator[Problem]:
    document = next(
        one
        for one in (*material.guides.values(), *material.shared)
        if one.path == material.root / known.fragment.name
    )
    ids = [one.get("id") for one in document.value["features"]]
    if known.feature.id not in ids:
        yield Problem(1, f"keep the id {known.feature.id}: another is another feature")


def _failing(known: Known, root: Path) -> Iterator[Problem]:
    try:
        found = failures(compile_library(Library(root)), [known.id])
    except LianfangError as error:
        yield Problem(1, f"{error.what}: {error.do}")
        return
    for one in found:
        line = int(one.example.where.rpartition(":")[2]) - known.fragment.first
        what = "doesn't fire on its hit" if one.example.must_fire else "fires on its near miss"
        yield Problem(line, f"{what} {one.example.text!r}")
