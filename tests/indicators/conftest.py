from __future__ import annotations

import pytest

from lianfang.indicators import find_indicators


@pytest.fixture
def found():
    """Return a function: values and canonical forms of one kind in a text, spans checked."""

    def found(kind, text):
        indicators = find_indicators(text)
        assert all(text[one.start : one.end] == one.value for one in indicators)
        return [(one.value, one.canonical) for one in indicators if one.kind == kind]

    return found
