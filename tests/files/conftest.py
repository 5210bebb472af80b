from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pytest

from lianfang.files import Item, Reject, Row, open_source

if TYPE_CHECKING:
    from pathlib import Path


class Read(Protocol):
    def __call__(self, name: str, content: bytes, **options: Any) -> list[Item]: ...


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write bytes to a file of this name and read it."""

    def read(name: str, content: bytes, **options: Any) -> list[Item]:
        path = tmp_path / name
        path.write_bytes(content)
        with open_source(path, **options) as source:
            return list(source)

    return read


@pytest.fixture
def texts():
    """Return the texts of items of which none may be a reject."""

    def texts(items: list[Item]) -> list[str]:
        assert [item for item in items if isinstance(item, Reject)] == []
        return [item.text for item in items if isinstance(item, Row)]

    return texts
