"""A guide's prose: the chain, the playbook, and no section left empty."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args, get_type_hints

from lianfang.guides.checks.finding import Check, Problem
from lianfang.guides.checks.parts import parts, raw
from lianfang.guides.model import Stage, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.guides.checks.material import Material
    from lianfang.guides.checks.parts import At
    from lianfang.guides.yaml_lines import Document

# ISO 8601-1:2019, 5.5.2.2, without fractions: no step is due in half a day's tenth.
DURATION = re.compile(
    r"P(?=.)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)", re.ASCII
)
STAGES: tuple[str, ...] = get_args(get_type_hints(Stage)["stage"])
SECTIONS = ("border", "features", "evidence", "playbook", "law", "report_to", "advice")


class SectionsAreFilled(Check):
    """A guide says something in each section; only slang and shared features may be none."""

    def problems(self, material: Material) -> Iterator[Problem]:
        for document in material.guides.values():
            for key in SECTIONS:
                if raw(document, key) == []:
                    yield Problem(document.where((key,)), f"`{key}` is empty", "fill it in")


class ChainIsWhole(Check):
    """The operating chain tells all five stages, each once, from luring to reaping."""

    def problems(self, material: Material) -> Iterator[Problem]:
        for document in material.guides.values():
            told, where = _stages(document), document.where(("chain",))
            missing = [stage for stage in STAGES if stage not in told]
            if missing:
                yield Problem(where, f"the chain lacks {', '.join(missing)}", "add what is done")
            elif len(told) > len(STAGES):
                yield Problem(where, "a stage of the chain stands twice", "merge the two")


def _stages(document: Document) -> list[str]:
    chain = raw(document, "chain")
    found = [
        part.get("stage")
        for part in (chain if isinstance(chain, list) else ())
        if isinstance(part, dict)
    ]
    return [stage for stage in found if stage in STAGES]


class StepsStandOnce(Check):
    """A step's id is unique in its playbook: cases and deadlines refer to it."""

    def problems(self, material: Material) -> Iterator[Problem]:
        for steps in _playbooks(material):
            seen: set[str] = set()
            for step in steps:
                if step.value.id in seen:
                    what = f"step {step.value.id} stands twice"
                    yield Problem(step.where("id"), what, "rename one of them")
                seen.add(step.value.id)


class StepLeavesEvidence(Check):
    """Every step names the evidence that it leaves behind."""

    def problems(self, material: Material) -> Iterator[Problem]:
        for steps in _playbooks(material):
            for step in steps:
                if not any(text.strip() for text in step.value.evidence):
                    what = f"step {step.value.id} leaves no evidence"
                    yield Problem(step.where("evidence"), what, "name what is kept of it")


class StepIsDue(Check):
    """A step is due within an ISO 8601 duration, so that a deadline can be computed."""

    def problems(self, material: Material) -> Iterator[Problem]:
        for steps in _playbooks(material):
            for step in steps:
                if not DURATION.fullmatch(step.value.due):
                    do = "write a duration like P1D, PT2H or P2W"
                    yield Problem(step.where("due"), f"{step.value.due!r} is no duration", do)


class PlaybookSetsLimits(Check):
    """A playbook says at least once what must not be done: suspicion never harms a complaint."""

    def problems(self, material: Material) -> Iterator[Problem]:
        for steps in _playbooks(material):
            if not any(step.value.must_not for step in steps):
                where = steps[0].document.where(("playbook",))
                do = "add `must_not` to the step where it matters most"
                yield Problem(where, "no step says what must not be done", do)


def _playbooks(material: Material) -> Iterator[list[At[Step]]]:
    for document in material.guides.values():
        steps = list(parts(document, "playbook", Step))
        if steps:
            yield steps
