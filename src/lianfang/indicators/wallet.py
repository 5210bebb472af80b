"""Addresses that USDT or bitcoin is paid to.

- Tron (TRC-20): Base58Check of 0x41 and twenty bytes, "T…".
- Bitcoin: Base58Check of 0x00 or 0x05 and twenty bytes, "1…" or "3…"; segregated witness, "bc1…".
- Ethereum (ERC-20): 0x and forty hexadecimal digits, canonical in small letters; where small
  and capital letters are mixed, they must be the checksum of EIP-55.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lianfang.anchored import matches
from lianfang.indicators import base58, bech32
from lianfang.indicators.reading import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST = re.compile("[T13bB0]")
_PATTERN = re.compile(
    rf"(?<![0-9A-Za-z])(?:(?P<tron>T[{base58.ALPHABET}]{{33}})|(?P<bitcoin>[13][{base58.ALPHABET}]{{25,34}})"
    rf"|(?P<witness>bc1[{bech32.ALPHABET}]{{11,71}}|BC1[{bech32.ALPHABET.upper()}]{{11,71}})"
    r"|(?P<ethereum>0[xX][0-9A-Fa-f]{40}))(?![0-9A-Za-z])",
)
_BYTES = 21
"""Of a payload: the version and a hash."""


def find(text: str) -> Iterator[Found]:
    """Capital letters tell: the text must have its own."""
    for match in matches(_FIRST, _PATTERN, text):
        kind, address = str(match.lastgroup), match.group()
        if _IS[kind](address):
            small = kind in _SMALL
            yield Found(match.start(), match.end(), address.lower() if small else address)


def _is_tron(address: str) -> bool:
    return _is_hash(address, (0x41,))


def _is_bitcoin(address: str) -> bool:
    return _is_hash(address, (0x00, 0x05))


def _is_hash(address: str, versions: tuple[int, ...]) -> bool:
    read = base58.payload(address)
    return read is not None and len(read) == _BYTES and read[0] in versions


def _is_witness(address: str) -> bool:
    return bech32.is_address("bc", address[3:].lower())


def _is_ethereum(address: str) -> bool:
    """EIP-55: a letter is a capital where the hash of the small letters has 8 or more there."""
    from Crypto.Hash import keccak  # noqa: PLC0415  loads a library, for few texts

    digits = address[2:]
    if digits in (digits.lower(), digits.upper()):
        return True
    hashed = keccak.new(digest_bits=256, data=digits.lower().encode()).hexdigest()
    pairs = zip(digits, hashed, strict=False)
    return all(char.isupper() == (place in _CAPITALS) for char, place in pairs if char.isalpha())


_IS = {
    "tron": _is_tron,
    "bitcoin": _is_bitcoin,
    "witness": _is_witness,
    "ethereum": _is_ethereum,
}
_CAPITALS = "89abcdef"
_SMALL = {"witness", "ethereum"}
"""Kinds whose letters mean the same in either case."""
