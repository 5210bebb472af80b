from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.evidence import Digesting, digests


@pytest.mark.parametrize(
    ("content", "sm3"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_the_examples_of_the_standard(content, sm3):
    assert digests([content]).sm3 == sm3


def test_the_example_of_fips_180():
    made = digests([b"abc"])
    assert made.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert made.size == 3


@given(st.lists(st.binary(max_size=100), max_size=8))
def test_where_the_chunks_are_cut_does_not_matter(chunks):
    content = b"".join(chunks)
    assert digests(chunks) == digests([content])
    assert digests(chunks)[::2] == (hashlib.sha256(content).hexdigest(), len(content))


def test_more_may_follow_what_was_made():
    digesting = Digesting()
    digesting.update(b"a")
    assert digesting.made() == digesting.made() == digests([b"a"])
    digesting.update(b"bc")
    assert digesting.made() == digests([b"abc"])
