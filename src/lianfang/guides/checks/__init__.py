"""What a library of guides must hold, rule by rule; `lianfang guide check` runs it.

    for finding in check(Library()):
        print(finding)             # path:line: what is wrong: what to do

A new rule is a small class in the file of its subject, and a line in `CHECKS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianfang.guides.checks.corpora import (
    CorpusIsLarge,
    CorpusIsReadable,
    HitNamesGuide,
    StanceFitsCorpus,
    TextStandsOnce,
)
from lianfang.guides.checks.features import (
    ConditionParses,
    ContextExists,
    HasExamples,
    OperatorHasUsers,
    SetExists,
    SharedExists,
    SharedIsCited,
)
from lianfang.guides.checks.files import (
    DateIsADay,
    FitsSchema,
    GuideStands,
    IdIsPath,
    NamesStandOnce,
    Readable,
    VersionIsSemantic,
)
from lianfang.guides.checks.finding import Check, Finding, Severity
from lianfang.guides.checks.lexicon import (
    DisguisedIsTerm,
    SetEnds,
    SetIsUsed,
    TermIsRead,
    TermStandsOnce,
)
from lianfang.guides.checks.material import Material
from lianfang.guides.checks.playbook import (
    ChainIsWhole,
    PlaybookSetsLimits,
    SectionsAreFilled,
    StepIsDue,
    StepLeavesEvidence,
    StepsStandOnce,
)
from lianfang.guides.checks.sources import (
    LawExists,
    SourceExists,
    SourceIsNamed,
    SourcesAreListed,
)
from lianfang.guides.checks.taught import AuthorsDiffer, GroupIsOneAuthors, LineNamesGuides
from lianfang.guides.checks.variants import (
    VariantHasTerm,
    VariantIsLong,
    VariantIsNoWord,
    VariantSparesOrdinaryText,
)

if TYPE_CHECKING:
    from lianfang.guides.library import Library

__all__ = ["CHECKS", "Check", "Finding", "Severity", "check"]

CHECKS: tuple[Check, ...] = (
    Readable(),
    FitsSchema(),
    GuideStands(),
    IdIsPath(),
    VersionIsSemantic(),
    DateIsADay(),
    NamesStandOnce(),
    ConditionParses(),
    SetExists(),
    ContextExists(),
    HasExamples(),
    SharedExists(),
    SharedIsCited(),
    OperatorHasUsers(),
    SetEnds(),
    SetIsUsed(),
    TermStandsOnce(),
    TermIsRead(),
    DisguisedIsTerm(),
    VariantIsNoWord(),
    VariantIsLong(),
    VariantHasTerm(),
    VariantSparesOrdinaryText(),
    SourceIsNamed(),
    SourceExists(),
    SourcesAreListed(),
    LawExists(),
    SectionsAreFilled(),
    ChainIsWhole(),
    StepsStandOnce(),
    StepLeavesEvidence(),
    StepIsDue(),
    PlaybookSetsLimits(),
    CorpusIsReadable(),
    CorpusIsLarge(),
    StanceFitsCorpus(),
    HitNamesGuide(),
    TextStandsOnce(),
    LineNamesGuides(),
    GroupIsOneAuthors(),
    AuthorsDiffer(),
)


def check(library: Library) -> list[Finding]:
    """Everything that is wrong with a library, in the order of its files; nothing is raised.

    A file that can't be read, or a part of it, is one finding; the rest is still checked.
    """
    material = Material(library)
    found = {finding for rule in CHECKS for finding in rule.findings(material)}
    return sorted(found, key=lambda finding: finding.order)
