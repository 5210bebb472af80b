from __future__ import annotations

import pytest

from lianfang.evidence import MasterKeys

OLD, NEW = bytes(range(32)), bytes(range(32, 64))


@pytest.fixture(scope="session")
def keys():
    return MasterKeys({"2024": OLD}, "2024")


@pytest.fixture(scope="session")
def rotated():
    """Return keys of which a newer one is in use, while the old one still opens."""
    return MasterKeys({"2024": OLD, "2025": NEW}, "2025")


@pytest.fixture(scope="session")
def newest():
    """Return the newer key alone."""
    return MasterKeys({"2025": NEW}, "2025")
