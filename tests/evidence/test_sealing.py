from __future__ import annotations

import io
import os
import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.errors import InputError
from lianfang.evidence import (
    MasterKeys,
    SealError,
    rewrap,
    seal,
    seal_value,
    unseal,
    unseal_value,
)
from lianfang.evidence.sealing import CHUNK, HEADER, TAG, sealed_under

PIECE = CHUNK + TAG
EDGES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 17]


def sealed(content: bytes, keys: MasterKeys, context: bytes = b"c") -> bytes:
    return b"".join(seal([content], keys=keys, context=context))


def opened(content: bytes, keys: MasterKeys, context: bytes = b"c") -> bytes:
    return b"".join(unseal([content], keys=keys, context=context))


def pieces(content: bytes) -> list[bytes]:
    """Return the header and the sealed chunks."""
    cuts = [0, *range(HEADER, len(content), PIECE), len(content)]
    return [content[a:b] for a, b in pairwise(cuts)]


def cut(content: bytes, places: list[int]) -> list[bytes]:
    cuts = [0, *sorted(place % (len(content) + 1) for place in places), len(content)]
    return [content[a:b] for a, b in pairwise(cuts)]


@given(
    st.sampled_from(EDGES) | st.integers(0, 3 * CHUNK),
    st.lists(st.integers(0, 4 * CHUNK), max_size=5),
    st.lists(st.integers(0, 4 * CHUNK), max_size=5),
    st.binary(max_size=40),
)
def test_what_is_sealed_opens_however_it_is_cut(keys, size, before, after, context):
    content = random.Random(size).randbytes(size)  # noqa: S311 (content, no secret)
    made = b"".join(seal(cut(content, before), keys=keys, context=context))
    assert len(made) == HEADER + size + TAG * max(1, -(-size // CHUNK))
    assert b"".join(unseal(cut(made, after), keys=keys, context=context)) == content


@given(st.binary(min_size=16, max_size=400))
def test_the_content_is_not_to_be_seen_and_never_sealed_alike(keys, content):
    made = sealed(content, keys)
    assert content not in made[HEADER:]
    assert made[HEADER:] != sealed(content, keys)[HEADER:]


def test_files_are_read_by_size_and_not_by_lines(keys):
    class Unlined(io.BytesIO):
        def __next__(self):
            raise AssertionError

    content = bytes(CHUNK + 1)
    made = b"".join(seal(Unlined(content), keys=keys, context=b"c"))
    assert b"".join(unseal(Unlined(made), keys=keys, context=b"c")) == content


def test_single_bytes_will_do(keys):
    single = (bytes([byte]) for byte in sealed(b"content", keys))
    assert b"".join(unseal(single, keys=keys, context=b"c")) == b"content"


def test_no_more_than_a_few_chunks_are_held(keys):
    taken = 0

    def endless():
        nonlocal taken
        while True:
            taken += 1
            yield bytes(CHUNK)

    plain = unseal(seal(endless(), keys=keys, context=b"c"), keys=keys, context=b"c")
    assert next(plain) == bytes(CHUNK)
    assert taken <= 4


@pytest.mark.parametrize("content", [b"", b"a small content"])
def test_every_flipped_bit_is_found(keys, content):
    made = sealed(content, keys)
    for place in range(len(made)):
        for bit in (1, 128):
            changed = bytearray(made)
            changed[place] ^= bit
            with pytest.raises(SealError):
                opened(bytes(changed), keys)


def test_every_truncation_of_a_small_content_is_found(keys):
    made = sealed(b"a small content", keys)
    for size in range(len(made)):
        with pytest.raises(SealError):
            opened(made[:size], keys)


@pytest.mark.parametrize("size", EDGES[3:])
def test_truncation_at_each_chunk_is_found(keys, size):
    parts = pieces(sealed(os.urandom(size), keys))
    for kept in range(len(parts)):
        with pytest.raises(SealError):
            opened(b"".join(parts[:kept]), keys)


def test_only_verified_chunks_come_before_an_error(keys):
    content = os.urandom(3 * CHUNK)
    made = bytearray(sealed(content, keys))
    made[HEADER + PIECE + 5] ^= 1
    plain = unseal([bytes(made)], keys=keys, context=b"c")
    assert next(plain) == content[:CHUNK]
    with pytest.raises(SealError, match=r"^chunk 2: the seal is broken") as caught:
        next(plain)
    assert caught.value.http_status == 500


@pytest.mark.parametrize(
    "order", [[0, 2, 1, 3], [0, 1, 1, 3], [0, 1, 3], [0, 1, 2, 2], [0, 1, 2, 3, 3], [0, 3], [1, 2]]
)
def test_moved_doubled_and_missing_chunks_are_found(keys, order):
    parts = pieces(sealed(bytes(3 * CHUNK), keys))
    assert opened(b"".join(parts), keys) == bytes(3 * CHUNK)
    with pytest.raises(SealError):
        opened(b"".join(parts[n] for n in order), keys)


@pytest.mark.parametrize("more", [b"\0", bytes(TAG), bytes(PIECE)])
def test_what_is_appended_is_found(keys, more):
    for size in (0, 5, CHUNK):
        with pytest.raises(SealError):
            opened(sealed(bytes(size), keys) + more, keys)


def test_chunks_and_headers_of_two_contents_do_not_mix(keys):
    a, b = (pieces(sealed(bytes(2 * CHUNK), keys)) for _ in range(2))
    for mixed in ([a[0], b[1], a[2]], [a[0], a[1], b[2]], [a[0], *b[1:]], [b[0], *a[1:]]):
        with pytest.raises(SealError):
            opened(b"".join(mixed), keys)


@pytest.mark.parametrize("context", [b"", b"cc", b"d"])
def test_another_context_does_not_open(keys, context):
    with pytest.raises(SealError, match=r"^chunk 1: the seal is broken"):
        opened(sealed(b"x", keys), keys, context)
    with pytest.raises(SealError, match=r"^value: the seal is broken"):
        unseal_value(seal_value(b"x", keys=keys, context=b"c"), keys=keys, context=context)


def test_an_unknown_key_is_told_by_its_id(keys, newest):
    for made in (sealed(b"x", keys), seal_value(b"x", keys=keys, context=b"c")):
        with pytest.raises(SealError, match="unknown master key, '2024': add that key"):
            opened(made, newest) if len(made) > HEADER else unseal_value(
                made, keys=newest, context=b"c"
            )


def test_another_key_of_the_same_id_does_not_open(keys):
    other = MasterKeys({"2024": bytes(32)}, "2024")
    with pytest.raises(SealError, match=r"^header: the seal is broken"):
        opened(sealed(b"x", keys), other)
    with pytest.raises(SealError, match=r"^value: the seal is broken"):
        unseal_value(seal_value(b"x", keys=keys, context=b"c"), keys=other, context=b"c")


def test_old_keys_open_and_the_one_in_use_seals(keys, rotated, newest):
    assert opened(sealed(b"x", keys), rotated) == b"x"
    assert opened(sealed(b"x", rotated), newest) == b"x"
    value = seal_value(b"x", keys=keys, context=b"c")
    assert unseal_value(value, keys=rotated, context=b"c") == b"x"
    value = seal_value(b"x", keys=rotated, context=b"c")
    assert unseal_value(value, keys=newest, context=b"c") == b"x"


def test_rewrap_changes_the_header_alone(keys, rotated, newest):
    content = os.urandom(CHUNK + 1)
    before = sealed(content, keys)
    after = b"".join(rewrap(io.BytesIO(before), keys=rotated))
    assert (sealed_under([before]), sealed_under([after])) == ("2024", "2025")
    assert after[HEADER:] == before[HEADER:]
    assert opened(after, newest) == content
    with pytest.raises(SealError):
        opened(after, keys)


def test_rewrap_takes_no_changed_header(keys, rotated):
    made = sealed(b"x", keys)
    for place in range(HEADER):
        changed = bytearray(made)
        changed[place] ^= 1
        with pytest.raises(SealError):
            b"".join(rewrap([bytes(changed)], keys=rotated))


@pytest.mark.parametrize("junk", [b"", b"LF", b"PK\3\4" + bytes(200), b"LFSEAL\0\2" + bytes(200)])
def test_what_is_not_sealed_is_told(keys, junk):
    with pytest.raises(SealError, match=r"^header: not a sealed content of version 1"):
        opened(junk, keys)


@given(st.binary(max_size=300), st.binary(max_size=40))
def test_values_open(keys, value, context):
    made = seal_value(value, keys=keys, context=context)
    assert unseal_value(made, keys=keys, context=context) == value
    assert unseal_value(memoryview(made), keys=keys, context=context) == value
    assert made != seal_value(value, keys=keys, context=context)


def test_every_change_of_a_value_is_found(keys):
    made = seal_value("张三".encode(), keys=keys, context=b"c")
    flipped = [
        made[:n] + bytes([made[n] ^ bit]) + made[n + 1 :]
        for n in range(len(made))
        for bit in (1, 128)
    ]
    shortened = [made[:n] for n in range(len(made))]
    for changed in [*flipped, *shortened, made + b"\0"]:
        with pytest.raises(SealError):
            unseal_value(changed, keys=keys, context=b"c")


def test_a_known_id_in_the_header_is_bound_too(keys):
    # The same key under two ids: nothing but the bound id tells them apart.
    twins = MasterKeys({"2024": keys["2024"], "2025": keys["2024"]}, "2025")
    changed = sealed(b"x", keys).replace(b"2024", b"2025", 1)
    with pytest.raises(SealError, match=r"^header: the seal is broken"):
        opened(changed, twins)
    changed = seal_value(b"x", keys=keys, context=b"c").replace(b"2024", b"2025", 1)
    with pytest.raises(SealError, match=r"^value: the seal is broken"):
        unseal_value(changed, keys=twins, context=b"c")


@pytest.mark.parametrize(
    ("given_keys", "in_use", "where"),
    [
        ({}, "a", "key in use 'a'"),
        ({"a": bytes(32)}, "b", "key in use 'b'"),
        ({"a": b"SECRET" * 5}, "a", "master key 'a'"),
        ({"a": bytes(32), "b": b"SECRET" * 6}, "a", "master key 'b'"),
        ({"": bytes(32)}, "", "master key ''"),
        ({"a b": bytes(32)}, "a b", "master key 'a b'"),
        ({"钥": bytes(32)}, "钥", r"master key '\u94a5'"),
        ({"a\n": bytes(32)}, "a\n", r"master key 'a\n'"),
        ({"a" * 33: bytes(32)}, "a" * 33, f"master key '{'a' * 33}'"),
    ],
)
def test_unusable_master_keys_are_told_and_not_shown(given_keys, in_use, where):
    with pytest.raises(InputError) as caught:
        MasterKeys(given_keys, in_use)
    assert caught.value.where == where
    assert caught.value.do
    assert "SECRET" not in str(caught.value)


def test_keys_are_not_shown():
    secret = b"SECRET!!" * 4
    keys = MasterKeys({"a" * 32: secret}, "a" * 32)
    assert "SECRET" not in repr(keys) + str(keys)
    assert opened(sealed(b"x", keys), keys) == b"x"
