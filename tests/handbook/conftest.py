from __future__ import annotations

import pytest

from lianfang.guides.library import Library


@pytest.fixture(scope="session")
def shipped():
    return Library()
