"""Segregated-witness addresses: bech32 (BIP 173) for version 0, bech32m (BIP 350) from 1 on."""

from __future__ import annotations

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_WORTH = {char: worth for worth, char in enumerate(ALPHABET)}
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32, _BECH32M = 1, 0x2BC830A3
_CHECK = 6
_VERSION_0_LENGTHS = (20, 32)
_LENGTHS = range(2, 41)
"""Bytes of a witness program."""
_LAST_VERSION = 16


def is_address(prefix: str, data: str) -> bool:
    """Whether `prefix1data` is an address: version, length, padding and checksum are right.

    Args:
        prefix: "bc" on the main network.
        data: characters of the alphabet behind the 1, at least seven.
    """
    values = [_WORTH[char] for char in data]
    version, program = values[0], values[1:-_CHECK]
    checked = _polymod([*_expanded(prefix), *values])
    length, rest = divmod(len(program) * 5, 8)
    padding = program[-1] & ((1 << rest) - 1) if program else 0
    if version == 0:
        known = checked == _BECH32 and length in _VERSION_0_LENGTHS
    else:
        known = checked == _BECH32M and length in _LENGTHS and version <= _LAST_VERSION
    return known and rest < 5 and not padding  # noqa: PLR2004  bits of one character


def _expanded(prefix: str) -> list[int]:
    return [*(ord(char) >> 5 for char in prefix), 0, *(ord(char) & 31 for char in prefix)]


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATORS):
            check ^= generator if top >> bit & 1 else 0
    return check
