from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from lianfang.indicators.base58 import ALPHABET, payload


def encoded(body):
    full = body + sha256(sha256(body).digest()).digest()[:4]
    number, text = int.from_bytes(full, "big"), ""
    while number:
        number, worth = divmod(number, 58)
        text = ALPHABET[worth] + text
    return "1" * (len(full) - len(full.lstrip(b"\0"))) + text


@given(st.binary(min_size=1, max_size=40))
def test_there_and_back(body):
    assert payload(encoded(body)) == body


@given(st.binary(min_size=21, max_size=21), st.integers(0, 24), st.sampled_from(ALPHABET))
def test_a_mistake_is_seen(body, place, char):
    text = encoded(body)
    other = text[:place] + char + text[place + 1 :]
    assert other == text or payload(other) is None


@given(st.text(ALPHABET, max_size=60))
def test_any_text_of_the_alphabet_can_be_asked(text):
    payload(text)
