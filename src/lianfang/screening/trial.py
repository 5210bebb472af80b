"""A trial of the guides: do their examples fire, and how well do they do on their corpora?

Numbers from a guide's own corpora say how it does on what it was written with. What it does
on texts that its writers haven't seen is measured apart, in `bench/`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianfang.guides.corpus import CLEAN, HITS, read_corpus
from lianfang.guides.library import Library
from lianfang.screening.alone import fired
from lianfang.screening.examples import Failure, failures
from lianfang.screening.measured import Judged, Measured, measure
from lianfang.screening.screener import Screener

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lianfang.guides.corpus import Line

FEWEST_TOGETHER = 5
"""Two features that agree on fewer texts than this may do so by chance."""


@dataclass(frozen=True, slots=True)
class Together:
    """Features of one guide that fire in exactly the same texts: one of them says nothing."""

    features: tuple[str, ...]
    texts: int


@dataclass(frozen=True, slots=True)
class Trial:
    """What a trial found.

    Attributes:
        failures: examples that don't do what they are there for.
        measured: one entry a guide; after several, one for all.
        silent: features that fire in no text of the corpora.
        together: features that always fire together.
    """

    failures: tuple[Failure, ...]
    measured: tuple[Measured, ...]
    silent: tuple[str, ...]
    together: tuple[Together, ...]


def trial(subject: Screener | Library, only: Collection[str] = ()) -> Trial:
    """Try all guides, or `only` some with the shared features that they cite.

    Raises:
        NotFoundError: no guide of that id.
        GuideError: the guides can't be compiled, or a line of a corpus can't be read.
    """
    screener = Screener(subject.root) if isinstance(subject, Library) else subject
    library = screener.program.library
    for name in only:
        library.guide(name)
    guides = list(dict.fromkeys(only)) or list(library.guides)
    ids = _features(library, guides, everything=not only)
    judged = [row for guide in guides for row in _judge(screener, guide)]
    texts = fired(screener.program, [row.line.text for row in judged])
    silent = tuple(name for name in ids if judged and not texts[name])
    together = _together({name: texts[name] for name in ids})
    return Trial(failures(screener.program, ids), measure(guides, judged), silent, together)


def _features(library: Library, guides: list[str], *, everything: bool) -> list[str]:
    """Ids of the features on trial, as verdicts give them."""
    cited = {name for guide in guides for name in library.guides[guide].shared}
    own = [
        f"{guide}/{feature.id}" for guide in guides for feature in library.guides[guide].features
    ]
    return own + [f"shared/{name}" for name in library.shared if everything or name in cited]


def _judge(screener: Screener, guide: str) -> list[Judged]:
    lines = list(_lines(screener.program.library, guide))
    verdicts = screener.screen(line.text for _, line in lines)
    return [
        Judged(guide, offends, line, verdict)
        for (offends, line), verdict in zip(lines, verdicts, strict=True)
    ]


def _lines(library: Library, guide: str) -> Iterator[tuple[bool, Line]]:
    for path in (library.root / guide / name for name in (HITS, CLEAN)):
        corpus = read_corpus(path)
        # A corpus that isn't there yet is a finding of the checks, not of a trial.
        for error in corpus.errors if path.is_file() else ():
            raise error
        yield from ((corpus.offends, line) for _, line in corpus.lines)


def _together(fired: dict[str, frozenset[int]]) -> tuple[Together, ...]:
    groups: dict[tuple[str, frozenset[int]], list[str]] = defaultdict(list)
    for name, texts in fired.items():
        if len(texts) >= FEWEST_TOGETHER:
            groups[name.partition("/")[0], texts].append(name)
    return tuple(
        Together(tuple(names), len(texts)) for (_, texts), names in groups.items() if len(names) > 1
    )
