"""A guide as JSON, with what it only names: shared features, articles, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from lianfang.guides.citing import cited, publications, shared_features, sources

if TYPE_CHECKING:
    from lianfang.guides.library import Library
    from lianfang.guides.model import Guide


def guide_json(library: Library, guide: Guide) -> dict[str, Any]:
    """The guide's keys, and under `cited` the features, articles and sources that it names.

    Names that lead nowhere are left out of `cited`; `guide check` tells them.
    """
    found: dict[str, Any] = msgspec.to_builtins(guide)
    features = {feature.id: feature for feature in shared_features(library, guide)}
    known = sources(library)
    listed = {name: known[name] for name in publications(library, guide) if name in known}
    articles = {article.cite: article for article in cited(library, guide) if article.known}
    found["cited"] = msgspec.to_builtins({"features": features, "law": articles, "sources": listed})
    return found
