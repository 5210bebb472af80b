"""Contents and small values under AES-256-GCM, each bound to what it is for.

A sealed content is a header of 107 bytes and one or more chunks:

| from | bytes | what |
|---|---|---|
| 0 | 8 | `LFSEAL`, 0, and the version of this format, 1 |
| 8 | 7 | the content's nonce prefix, random |
| 15 | 32 | the master key's id, ASCII, filled up with 0 |
| 47 | 12 | nonce of the wrapping, random |
| 59 | 48 | the data key (32 bytes, random) under the master key; binds bytes 0-46 |
| 107 | | chunks of 1 MiB and a tag of 16 bytes each, the last one shorter or as long |

A chunk is encrypted with the data key under the nonce prefix | number (4 bytes, big-endian, from
0) | 1 for the last chunk, else 0; it binds bytes 0-14 and the context. This is STREAM (Hoang,
Reyhanitabar, Rogaway and Vizár, CRYPTO 2015): a chunk that is moved, missing or added breaks it.
As no chunk binds the key's id, a content can be put under another master key by its header alone.

A sealed value is `LV`, 1, the length of the key's id (1 byte), the id, a random nonce (12 bytes),
and the value under the master key with a tag of 16 bytes; it binds all before the nonce, and the
context. Random nonces bear 2**32 values and contents under one master key (NIST SP 800-38D, 8.3).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Protocol, runtime_checkable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lianfang.errors import InputError, LianfangError

MAGIC = b"LFSEAL\0\1"
VALUE_MAGIC = b"LV\1"
CHUNK = 1 << 20
TAG = 16
NONCE = 12
KEY = 32
ID = 32
FIXED = len(MAGIC) + 7
KEYED = FIXED + ID
HEADER = KEYED + NONCE + KEY + TAG

USE_A_COPY = "take it from a copy that opens, and find out what changed this one"


@runtime_checkable
class Readable(Protocol):
    """A file open for reading bytes."""

    def read(self, size: int, /) -> bytes: ...


Source = Iterable[bytes] | Readable


class SealError(LianfangError):
    """What is sealed was changed, is for something else, or its master key isn't here."""

    http_status = 500


class MasterKeys(Mapping[str, bytes]):
    """Master keys of 32 bytes by their ids; the one `in_use` seals, all open.

    Args:
        keys: the keys.
        in_use: the id of the one that seals.
        more: asked for keys when an id is unknown: one may have been added meanwhile.

    Raises:
        InputError: an id isn't 1 to 32 of `A-Z a-z 0-9 . _ -`, a key isn't 32 bytes, or there
            is no key for the id in use. No message holds a key.
    """

    def __init__(
        self,
        keys: Mapping[str, bytes],
        in_use: str,
        *,
        more: Callable[[], Mapping[str, bytes]] | None = None,
    ) -> None:
        self._keys, self.in_use = {name: bytes(key) for name, key in keys.items()}, in_use
        self._more = more
        for name, key in self._keys.items():
            _check_key(name, key)
        if in_use not in self._keys:
            do = "give its key, or use another"
            raise InputError("no such master key", where=f"key in use {in_use!a}", do=do)

    def __getitem__(self, key_id: str) -> bytes:
        return self._keys[key_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def __repr__(self) -> str:
        return f"MasterKeys({sorted(self._keys)}, in_use={self.in_use!r})"

    def cipher(self, key_id: str) -> AESGCM:
        """Return the cipher under a master key.

        Raises:
            SealError: no key has this id.
        """
        if key_id not in self._keys and self._more:
            self._keys |= self._more()
        if key_id not in self._keys:
            what, do = f"sealed under an unknown master key, {key_id!a}", "add that key"
            raise SealError(what, where="header", do=do)
        return AESGCM(self._keys[key_id])


def seal(chunks: Source, *, keys: MasterKeys, context: bytes) -> Iterator[bytes]:
    """Yield a content sealed under the key in use, at most 4 PiB of it.

    Args:
        chunks: the content, cut anyhow.
        keys: the master keys.
        context: what the content is for; `unseal` wants the same.
    """
    start, data_key = MAGIC + os.urandom(FIXED - len(MAGIC)), AESGCM.generate_key(256)
    yield _wrapped(start, data_key, keys)
    cipher = AESGCM(data_key)
    for number, (piece, last) in enumerate(_pieces(_chunks(chunks), CHUNK)):
        yield cipher.encrypt(_nonce(start, number, last=last), piece, start + context)


def unseal(sealed: Source, *, keys: MasterKeys, context: bytes) -> Iterator[bytes]:
    """Yield a sealed content in chunks, each only when its tag has been verified.

    That nothing is missing at the end is known at the end: the content is whole only if no error
    comes.

    Raises:
        SealError: the content was changed, cut, lengthened or sealed for another context, or its
            master key isn't among `keys`; raised while it is read.
    """
    header, rest = _begun(sealed)
    start, cipher = header[:FIXED], AESGCM(_data_key(header, keys))
    for number, (piece, last) in enumerate(_pieces(rest, CHUNK + TAG)):
        nonce, where = _nonce(start, number, last=last), f"chunk {number + 1}"
        yield _decrypted(cipher, nonce, piece, start + context, where)


def rewrap(sealed: Source, *, keys: MasterKeys) -> Iterator[bytes]:
    """Yield a sealed content under the key in use: a new header, the chunks as they are.

    The chunks aren't verified: one that is broken stays so, and `unseal` will tell.

    Raises:
        SealError: the header was changed, or its master key isn't among `keys`.
    """
    header, rest = _begun(sealed)
    yield _wrapped(header[:FIXED], _data_key(header, keys), keys)
    yield from rest


def sealed_under(sealed: Source) -> str:
    """Return the id of the master key that a content says it is sealed under; not verified.

    Raises:
        SealError: this is no sealed content.
    """
    return _key_id(_begun(sealed)[0])


def seal_value(value: bytes, *, keys: MasterKeys, context: bytes) -> bytes:
    """Return a small value sealed under the key in use.

    Args:
        value: the value, some KiB at most.
        keys: the master keys.
        context: where the value belongs, say table, column and row; `unseal_value` wants the same.
    """
    start, nonce = value_start(keys.in_use), os.urandom(NONCE)
    return start + nonce + keys.cipher(keys.in_use).encrypt(nonce, value, start + context)


def value_start(key_id: str) -> bytes:
    """What every value sealed under a master key begins with, and no other value does."""
    name = key_id.encode("ascii")
    return VALUE_MAGIC + bytes([len(name)]) + name


def unseal_value(sealed: bytes | memoryview, *, keys: MasterKeys, context: bytes) -> bytes:
    """Return the value that `seal_value` sealed.

    Raises:
        SealError: it was changed or sealed for another context, or its master key isn't among
            `keys`.
    """
    sealed, named = bytes(sealed), len(VALUE_MAGIC) + 1
    size = named + int.from_bytes(sealed[named - 1 : named], "big")
    if not sealed.startswith(VALUE_MAGIC) or len(sealed) < size + NONCE + TAG:
        raise SealError("not a sealed value", where="value", do=USE_A_COPY)
    start, nonce, rest = sealed[:size], sealed[size : size + NONCE], sealed[size + NONCE :]
    cipher = keys.cipher(start[named:].decode("ascii", "replace"))
    return _decrypted(cipher, nonce, rest, start + context, "value")


def _check_key(name: str, key: bytes) -> None:
    where = f"master key {name!a}"
    if not re.fullmatch(r"[A-Za-z0-9._-]{1,32}", name):
        do = "use 1 to 32 of A-Z a-z 0-9 . _ -"
        raise InputError("the key's id can't be used", where=where, do=do)
    if len(key) != KEY:
        do = "make it with a random generator, and keep it"
        raise InputError(f"{len(key)} bytes where a key has {KEY}", where=where, do=do)


def _wrapped(start: bytes, data_key: bytes, keys: MasterKeys) -> bytes:
    keyed, nonce = start + keys.in_use.encode("ascii").ljust(ID, b"\0"), os.urandom(NONCE)
    return keyed + nonce + keys.cipher(keys.in_use).encrypt(nonce, data_key, keyed)


def _data_key(header: bytes, keys: MasterKeys) -> bytes:
    nonce, wrapped = header[KEYED : KEYED + NONCE], header[KEYED + NONCE :]
    return _decrypted(keys.cipher(_key_id(header)), nonce, wrapped, header[:KEYED], "header")


def _key_id(header: bytes) -> str:
    return header[FIXED:KEYED].rstrip(b"\0").decode("ascii", "replace")


def _nonce(start: bytes, number: int, *, last: bool) -> bytes:
    return start[len(MAGIC) :] + number.to_bytes(4, "big") + bytes([last])


def _decrypted(cipher: AESGCM, nonce: bytes, sealed: bytes, bound: bytes, where: str) -> bytes:
    try:
        return cipher.decrypt(nonce, sealed, bound)
    except InvalidTag:
        what = "the seal is broken: changed, cut, of something else, or under another key"
        raise SealError(what, where=where, do=USE_A_COPY) from None


def _begun(sealed: Source) -> tuple[bytes, Iterator[bytes]]:
    """Return the header, and the chunks after it."""
    chunks, held = _chunks(sealed), b""
    while len(held) < HEADER and (chunk := next(chunks, None)) is not None:
        held += chunk
    if not held.startswith(MAGIC) or len(held) < HEADER:
        raise SealError("not a sealed content of version 1", where="header", do=USE_A_COPY)
    return held[:HEADER], chain([held[HEADER:]], chunks)


def _chunks(source: Source) -> Iterator[bytes]:
    # Files are iterable too, but by lines, and one line may be all there is.
    return iter(partial(source.read, CHUNK), b"") if isinstance(source, Readable) else iter(source)


def _pieces(chunks: Iterable[bytes], size: int) -> Iterator[tuple[bytes, bool]]:
    """Cut anew into pieces of `size` bytes; say of each whether it is the last."""
    held = bytearray()
    for chunk in chunks:
        held += chunk
        while len(held) > size:
            yield bytes(held[:size]), False
            del held[:size]
    yield bytes(held), True
