from __future__ import annotations

import re

import pytest

from lianfang.indicators.digits import only_digits, parted

THREE = re.compile(parted("[1-9]", 2, 2))


@pytest.mark.parametrize("text", ["123", "1-2-3", "12 3", "1 23", "1--2--3"])
def test_one_separator_or_none(text):
    assert THREE.match(text)


@pytest.mark.parametrize("text", ["1-2 3", "023", "1---23", "1,23", "1-", "1-2:3", ""])
def test_no_mixture(text):
    assert not THREE.fullmatch(text)


def test_only_digits():
    assert only_digits("+86 1-3a٣") == "8613"
