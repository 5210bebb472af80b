"""Parts that a guide and the whole handbook have in common: marks, features, sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lianfang.guides.citing import sources
from lianfang.handbook.anchors import anchor
from lianfang.handbook.outline import FeatureEntry, Mark, Publication
from lianfang.handbook.typography import printed
from lianfang.handbook.words import group, phrases
from lianfang.report.guidance import citation
from lianfang.report.visible import plain
from lianfang.report.words import say, stance_name

if TYPE_CHECKING:
    from lianfang.guides.library import Library
    from lianfang.guides.model import Feature, Source, Words

_WEB = re.compile(r"https?://[^\s<>\"']+")


def mark(source: Source, library: Library, lang: str) -> Mark:
    """How sure a statement is, and what it rests on: a source or an article."""
    word = group("marks", lang)[source.sure]
    if "#" in source.ref:
        name = plain(citation(source.ref, library, lang).name)
        return Mark(source.sure, word, name, anchor("law", source.ref))
    target = anchor("source", source.ref) if source.ref else ""
    return Mark(source.sure, word, plain(source.ref), target)


def feature_entry(feature: Feature, library: Library, lang: str) -> FeatureEntry:
    """A feature with its examples."""
    return FeatureEntry(
        feature.id,
        _ours(feature.label, lang),
        feature.strength,
        phrases(lang)[feature.strength],
        _side(feature),
        _does(feature, lang),
        _ours(feature.why, lang),
        mark(feature.source, library, lang),
        tuple(map(plain, feature.hit)),
        tuple(map(plain, feature.clean)),
    )


def _ours(words: Words, lang: str) -> str:
    """Our own words about a feature, as they are printed in their language."""
    said = plain(say(words, lang))
    return capital(said if lang == "en" else printed(said))


def _does(feature: Feature, lang: str) -> str:
    """What the feature says that a text does, if it says so."""
    if feature.stance is None:
        return phrases(lang)["topic_only"]
    return stance_name(feature.stance, lang)


def _side(feature: Feature) -> str:
    if feature.stance is None:
        return "topic"
    return "offends" if feature.stance.offends else "eases"


def publication(name: str, library: Library, lang: str) -> Publication:
    """A source by its id; one that the sources' file lacks has nothing but that."""
    place = anchor("source", name)
    entry = sources(library).get(name)
    if entry is None:
        return Publication(plain(name), "", None, (), (), place)
    return Publication(
        plain(name),
        plain(say(entry.what, lang)),
        Mark(entry.sure, group("marks", lang)[entry.sure], "", ""),
        tuple(url for url in entry.url if _WEB.fullmatch(url)),
        tuple(plain(url) for url in entry.url if not _WEB.fullmatch(url)),
        place,
    )


def capital(text: str) -> str:
    """The text as it begins a line."""
    return text[:1].upper() + text[1:]
