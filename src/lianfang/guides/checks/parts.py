"""Parts of a guide's files, each with its place, so that a finding can point at it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.guides.yaml_lines import Document, Place

T = TypeVar("T")


@dataclass(frozen=True)
class At(Generic[T]):
    """A part of a file with the place it stands at."""

    value: T
    document: Document
    place: Place

    def where(self, *more: str | int) -> str:
        """`path:line` of the part, or of something in it."""
        return self.document.where((*self.place, *more))

    @property
    def folder(self) -> str:
        """The guide's id, or `shared`, `lexicon`, `law`."""
        return self.document.path.parent.name


def raw(document: Document, key: str) -> Any:  # noqa: ANN401
    """The value of a file's top-level key, None where there is none."""
    return document.value.get(key) if isinstance(document.value, dict) else None


def parts(document: Document, key: str, kind: type[T]) -> Iterator[At[T]]:
    """Entries of a list in a file that have the right shape; the schema reports the others."""
    found = raw(document, key)
    for i, value in enumerate(found if isinstance(found, list) else ()):
        with suppress(msgspec.ValidationError):
            yield At(msgspec.convert(value, kind), document, (key, i))


def strings(document: Document, key: str) -> Iterator[At[str]]:
    """Texts of a list in a file."""
    return parts(document, key, str)
