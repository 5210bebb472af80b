"""Features: conditions that parse, names that exist, examples on both sides."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, ClassVar

from lianfang.guides.checks.finding import Check, Problem, Severity
from lianfang.guides.checks.parts import strings
from lianfang.guides.language import OPERATORS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.guides.checks.material import Material

FEWEST_USERS = 2
STANCES = "stance.yaml"
"""Features of this file speak for a stance in every guide: no guide cites them."""


class ConditionParses(Check):
    """A feature's condition is one of the language."""

    def problems(self, material: Material) -> Iterator[Problem]:
        for condition in material.conditions:
            if condition.error:
                yield Problem(condition.error.where, condition.error.what, condition.error.do)


class SetExists(Check):
    """Every @set that a condition, a context or another set names is in the lexicon."""

    def problems(self, material: Material) -> Iterator[Problem]:
        known = {entry.value.id for entry in material.sets}
        for where, name in material.set_uses:
            if name not in known:
                do = "define it under lexicon/ or mend the name"
                yield Problem(where, f"no set @{name}", do)


class ContextExists(Check):
    """Every context that an `unless` names is in the shared files."""

    def problems(self, material: Material) -> Iterator[Problem]:
        known = {context.value.id for context in material.contexts}
        for feature in material.features:
            for i, name in enumerate(feature.value.unless):
                if name not in known:
                    do = f"contexts: {', '.join(sorted(known)) or 'none yet'}"
                    yield Problem(feature.where("unless", i), f"no context {name}", do)


class HasExamples(Check):
    """A feature has a text that it must find and a near miss that it must leave alone."""

    def problems(self, material: Material) -> Iterator[Problem]:
        for feature in material.features:
            for key, texts in (("hit", feature.value.hit), ("clean", feature.value.clean)):
                if not any(text.strip() for text in texts):
                    do = "add a text that must fire" if key == "hit" else "add a near miss"
                    what = f"{feature.value.id} has no `{key}` example"
                    yield Problem(feature.where(key), what, do)


class SharedExists(Check):
    """Every shared feature that a guide cites is in the shared files."""

    def problems(self, material: Material) -> Iterator[Problem]:
        known = {f.value.id for f in material.features if f.folder == "shared"}
        for document in material.guides.values():
            for entry in strings(document, "shared"):
                if entry.value not in known:
                    do = "mend the name, or add the feature under shared/"
                    yield Problem(entry.where(), f"no shared feature {entry.value}", do)


class SharedIsCited(Check):
    """A shared feature that no guide cites never counts; those of a stance always do."""

    severity: ClassVar[Severity] = "warning"

    def problems(self, material: Material) -> Iterator[Problem]:
        documents = material.guides.values()
        cited = {entry.value for document in documents for entry in strings(document, "shared")}
        for feature in material.features:
            exempt = feature.folder != "shared" or feature.document.path.name == STANCES
            if not exempt and feature.value.id not in cited:
                do = "cite it in a guide's `shared`, or take it out"
                yield Problem(feature.where("id"), f"no guide cites {feature.value.id}", do)


class OperatorHasUsers(Check):
    """An operator that fewer than two shipped features use isn't worth its words."""

    severity: ClassVar[Severity] = "warning"

    def problems(self, material: Material) -> Iterator[Problem]:
        if not material.is_shipped:
            return
        users = Counter(name for f in material.features for name in _operators(f.value.when))
        for name in OPERATORS:
            if users[name] < FEWEST_USERS:
                what = f"operator `{name}` has {users[name]} users"
                do = "use it, or take it out of the language"
                yield Problem(f"{material.root}:1", what, do)


def _operators(when: Any) -> set[str]:  # noqa: ANN401
    """Operators of a condition as it is written: parsing folds some of them away."""
    if isinstance(when, dict):
        inner = set().union(*map(_operators, when.values()))
        return inner | (when.keys() & OPERATORS.keys())
    return set().union(*map(_operators, when)) if isinstance(when, list) else set()
