"""One number for all that weights are learned from, so that it shows when they are out of date."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.guides.library import Library
    from lianfang.guides.model import Context, Feature, LexiconSet
    from lianfang.training.lines import Labelled


def digest(library: Library, lines: Labelled) -> str:
    """SHA-256, in hex, of what the guides find in a text, and of the lines.

    Words for people (labels, reasons, sources, examples, playbooks) don't count: to mend them
    changes no weight.
    """
    made = sha256()
    for part in (*_guides(library), *_lines(lines)):
        made.update(msgspec.json.encode(part, order="sorted") + b"\n")
    return made.hexdigest()


def _guides(library: Library) -> Iterator[Any]:
    yield list(library.guides)
    for guide, feature, _, _ in library.features():
        yield [guide, *_feature(feature)]
    yield from map(_set, library.sets.values())
    yield from map(_context, library.contexts.values())


def _feature(feature: Feature) -> list[Any]:
    return [feature.id, feature.when, feature.unit, feature.unless, feature.strength]


def _set(entry: LexiconSet) -> list[Any]:
    return [entry.id, entry.terms, entry.variants, entry.exceptions]


def _context(context: Context) -> list[Any]:
    c = context
    return [c.id, c.cue, c.stands, c.scope, c.within, c.until]


def _lines(lines: Labelled) -> Iterator[Any]:
    yield from zip(lines.texts, lines.stances, lines.activities, lines.authors, strict=True)
