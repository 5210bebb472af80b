"""Sources: what is said to be law or sourced names its source, and the source is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from lianfang.guides.checks.finding import Check, Problem, Severity
from lianfang.guides.checks.parts import parts, strings
from lianfang.guides.model import Channel, Feature, Slang, Source, Statement, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.guides.checks.material import Material
    from lianfang.guides.checks.parts import At
    from lianfang.guides.yaml_lines import Document

SOURCED: dict[str, type[Any]] = {
    "features": Feature,
    "slang": Slang,
    "evidence": Statement,
    "report_to": Channel,
    "advice": Statement,
}
"""Lists of a file whose entries carry a `source`."""


class SourceIsNamed(Check):
    """What is `law` or `sourced` says which: a reader must be able to look it up."""

    def problems(self, material: Material) -> Iterator[Problem]:
        for where, source in _sources(material):
            if source.sure in ("law", "sourced") and not source.ref:
                do = "add `ref`, or say `sure: inferred`"
                yield Problem(where, f"`{source.sure}` without a source", do)


class SourceExists(Check):
    """Every `ref` is an entry of the sources (or a law citation), as is each of `sources`."""

    def problems(self, material: Material) -> Iterator[Problem]:
        if material.sources_file is None:
            return  # told once, by Readable
        known = {entry.value.id for entry in material.sources}
        for where, source in _sources(material):
            if source.ref and "#" not in source.ref and source.ref not in known:
                yield _no_source(where, source.ref)
        for document in material.guides.values():
            for entry in strings(document, "sources"):
                if entry.value not in known:
                    yield _no_source(entry.where(), entry.value)


def _no_source(where: str, name: str) -> Problem:
    return Problem(where, f"no source {name}", "add it to shared/sources.yaml or mend the name")


class SourcesAreListed(Check):
    """A guide's `sources` list every source that its parts rest on."""

    severity: ClassVar[Severity] = "warning"

    def problems(self, material: Material) -> Iterator[Problem]:
        for document in material.guides.values():
            listed = {entry.value for entry in strings(document, "sources")}
            refs = [source.ref for _, source in _sources_of(document)]
            missing = sorted({ref for ref in refs if ref and "#" not in ref} - listed)
            if missing:
                what = f"`sources` lacks {', '.join(missing)}"
                yield Problem(document.where(("sources",)), what, "add what the guide rests on")


class LawExists(Check):
    """Every citation of a statute's article has its entry under law/."""

    def problems(self, material: Material) -> Iterator[Problem]:
        for where, cite in _citations(material):
            statute, number, article = cite.partition("#")
            entry = material.laws.get(statute)
            if not number:
                continue  # the schema tells its shape
            if entry is None:
                yield Problem(where, f"no statute {statute}", f"add law/{statute}.yaml")
            elif entry.find(article) is None:
                do = f"add it to law/{statute}.yaml or mend the number"
                yield Problem(where, f"no article {article} in {statute}", do)


def _citations(material: Material) -> Iterator[tuple[str, str]]:
    for document in material.guides.values():
        for entry in strings(document, "law"):
            yield entry.where(), entry.value
        for step in parts(document, "playbook", Step):
            for i, cite in enumerate(step.value.law):
                yield step.where("law", i), cite
    for where, source in _sources(material):
        if "#" in source.ref:
            yield where, source.ref


def _sources(material: Material) -> Iterator[tuple[str, Source]]:
    for document in (*material.guides.values(), *material.shared):
        yield from _sources_of(document)


def _sources_of(document: Document) -> Iterator[tuple[str, Source]]:
    for key, kind in SOURCED.items():
        entry: At[Any]
        for entry in parts(document, key, kind):
            yield entry.where("source"), entry.value.source
