"""Files: each can be read, has its schema's shape, and its names stand once."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from lianfang.guides import schema
from lianfang.guides.checks.finding import Check, Problem
from lianfang.guides.checks.parts import parts, raw
from lianfang.guides.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lianfang.guides.checks.material import Material
    from lianfang.guides.checks.parts import At
    from lianfang.guides.yaml_lines import Document

# https://semver.org, the expression that the standard suggests, without build metadata.
SEMVER = re.compile(
    r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)"
    r"(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?",
    re.ASCII,
)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
"""What the schema lets through; anything else it tells itself."""


class Readable(Check):
    """Every file is UTF-8 and YAML, and the sources' file is there."""

    def problems(self, material: Material) -> Iterator[Problem]:
        for error in material.broken:
            yield Problem(error.where, error.what, error.do)
        path = material.root / "shared" / "sources.yaml"
        if not path.is_file():
            yield Problem(f"{path}:1", "no sources file", "list the publications that guides cite")


class FitsSchema(Check):
    """Every file has the keys and types of its schema; what conditions say is parsed apart."""

    def problems(self, material: Material) -> Iterator[Problem]:
        told = {c.error.where for c in material.conditions if c.error}
        for document, name in _kinds(material):
            for error in schema.errors(document, name):
                # The parser of conditions says the same in plainer words.
                if error.where not in told:
                    yield Problem(error.where, error.what, error.do)


def _kinds(material: Material) -> Iterator[tuple[Document, str]]:
    yield from ((document, "guide") for document in material.guides.values())
    yield from ((document, "shared") for document in material.shared)
    yield from ((document, "lexicon") for document in material.lexicon)
    yield from ((document, "law") for document in material.law)
    if material.sources_file:
        yield material.sources_file, "sources"


class GuideStands(Check):
    """A folder that isn't `shared`, `lexicon` or `law` holds a guide."""

    def problems(self, material: Material) -> Iterator[Problem]:
        for folder in material.folders:
            if not (folder / "guide.yaml").exists():
                do = f"start with `lianfang guide new {folder.name}`, or take the folder away"
                yield Problem(f"{folder / 'guide.yaml'}:1", "no guide in this folder", do)


class IdIsPath(Check):
    """A guide's id is its folder's name and a statute's id its file's: the path is the name."""

    def problems(self, material: Material) -> Iterator[Problem]:
        for name, document in material.guides.items():
            yield from self._same(document, name, "folder")
        for document in material.law:
            yield from self._same(document, document.path.stem, "file")

    def _same(self, document: Document, name: str, what: str) -> Iterator[Problem]:
        found = raw(document, "id")
        if isinstance(found, str) and found != name:
            do = f"write `id: {name}`, or rename the {what}"
            yield Problem(document.where(("id",)), f"id {found} in the {what} {name}", do)


class VersionIsSemantic(Check):
    """A guide's version is a semantic version, so that a verdict can name what judged it."""

    def problems(self, material: Material) -> Iterator[Problem]:
        for document in material.guides.values():
            found = raw(document, "version")
            if isinstance(found, str) and not SEMVER.fullmatch(found):
                do = 'write three numbers in quotes, like "1.0.0"'
                yield Problem(document.where(("version",)), f"{found!r} is no version", do)


class DateIsADay(Check):
    """A guide's date is a day of the calendar: a printed guide carries it."""

    def problems(self, material: Material) -> Iterator[Problem]:
        for document in material.guides.values():
            found = raw(document, "date")
            if isinstance(found, str) and DAY.fullmatch(found) and not _is_day(found):
                do = "write the day of this version, like 2026-01-31"
                yield Problem(document.where(("date",)), f"{found} is no day", do)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


class NamesStandOnce(Check):
    """Ids are unique: features of a guide, shared features, sets, contexts, sources, articles."""

    def problems(self, material: Material) -> Iterator[Problem]:
        for name in sorted({feature.folder for feature in material.features}):
            mine = [feature for feature in material.features if feature.folder == name]
            yield from _twice("feature", mine)
        yield from _twice("set", material.sets)
        yield from _twice("context", material.contexts)
        yield from _twice("source", material.sources)
        for document in material.law:
            yield from _twice("article", parts(document, "articles", Article), key="article")


def _twice(what: str, entries: Iterable[At[Any]], key: str = "id") -> Iterator[Problem]:
    first: dict[str, str] = {}
    for entry in entries:
        name, where = getattr(entry.value, key), entry.where(key)
        if name in first:
            do = f"rename it, or the one at {first[name]}"
            yield Problem(where, f"{what} {name} stands twice", do)
        first.setdefault(name, where)
