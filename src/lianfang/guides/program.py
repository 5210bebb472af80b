"""What screening runs: patterns, the sets they lead to, and rules. `compile` makes it.

A *set* is a lexicon set, or the terms that one condition names without a set. Every set has
a number; a rule's `needs` are tuples of these numbers, one of which at least must stand in
a text for each tuple: what fails that can't fire and isn't looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lianfang.guides.language import CONTACT_KINDS

if TYPE_CHECKING:
    from lianfang.guides.language import Node
    from lianfang.guides.library import Library
    from lianfang.guides.model import Context, Feature

Ints = NDArray[np.int64]
DISGUISED_SET, TURNED_SET = "disguised", "disguised-turned"
"""Lexicon sets that the engine reads itself: words that are looked for in disguise, and those of
two characters that are read also turned about."""
DISGUISED = "@disguised!"
MARKS = {DISGUISED: 0, **{f"@may-hold-{kind}!": i for i, kind in enumerate(CONTACT_KINDS, 1)}}
"""Sets that no lexicon holds, with their numbers: some term was found only after a rewriting;
the text has what a handle of that kind can't do without."""


@dataclass(frozen=True)
class Rule:
    """A feature made ready.

    Attributes:
        needs: sets by number; a text that lacks all of one tuple can't fire the rule.
        counts: sets, and how many different terms of them the text must have at least.
        plain: `needs` and `counts` decide the rule.
    """

    index: int
    guide: str | None
    feature: Feature
    node: Node
    where: str
    needs: tuple[tuple[int, ...], ...]
    counts: tuple[tuple[tuple[int, ...], int], ...]
    plain: bool

    @property
    def id(self) -> str:
        """`guide/feature`, or `shared/feature`."""
        return f"{self.guide or 'shared'}/{self.feature.id}"


class Disguised(NamedTuple):
    """Words that people disguise; those read also turned about; words that are no disguise."""

    words: tuple[str, ...]
    turned: frozenset[str]
    known: frozenset[str]


@dataclass
class Program:
    """Everything that screening needs of the guides.

    Attributes:
        patterns: normalised terms, spellings and exceptions, each once.
        stands_for: for each pattern the term that it disguises, or "".
        terms: for each pattern the number that counts as its term: the disguised one's.
        rules: features with their conditions.
        sets: number of each name that a condition or context uses.
        leads: rows (pattern, set): a match of the pattern counts in the set.
        exceptions: rows (pattern, set): a match takes back those of the set that it covers.
        disguised: the words that are also looked for in disguise.
    """

    library: Library
    patterns: list[str] = field(default_factory=list)
    stands_for: list[str] = field(default_factory=list)
    terms: list[int] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    sets: dict[str, int] = field(default_factory=lambda: dict(MARKS))
    leads: Ints = field(default_factory=lambda: np.zeros((0, 2), np.int64))
    exceptions: Ints = field(default_factory=lambda: np.zeros((0, 2), np.int64))
    contexts: dict[str, Context] = field(default_factory=dict)
    guides: tuple[str, ...] = ()
    disguised: Disguised = field(default_factory=lambda: Disguised((), frozenset(), frozenset()))
    _numbers: dict[tuple[str, ...], tuple[int, ...]] = field(default_factory=dict, repr=False)

    def numbers(self, names: tuple[str, ...]) -> tuple[int, ...]:
        """Numbers of the sets that a `Found` names."""
        known = self._numbers.get(names)
        if known is None:
            named = sorted({self.sets[name] for name in names if name.startswith("@")})
            words = nameless(names)
            known = (*named, self.sets[words]) if words else tuple(named)
            self._numbers[names] = known
        return known

    def cites(self, rule: Rule) -> tuple[str, ...]:
        """Guides that a rule speaks for: its own, or those that cite a shared feature."""
        if rule.guide:
            return (rule.guide,)
        guides = self.library.guides
        return tuple(name for name in self.guides if rule.feature.id in guides[name].shared)


def nameless(names: tuple[str, ...]) -> str:
    """The name of the nameless set of single terms."""
    return "|".join(sorted(name for name in names if not name.startswith("@")))
