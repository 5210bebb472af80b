from __future__ import annotations

from hashlib import sha256

import pytest

from lianfang.indicators.base58 import ALPHABET

KIND = "wallet"
ETHEREUM = "0x" + "0123456789abcdef" * 2 + "01234567"
CHECKED = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"  # EIP-55
WITNESS = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"  # BIP 173


def address(version):
    """An address of twenty made-up bytes."""
    body = bytes([version, *range(1, 21)])
    number = int.from_bytes(body + sha256(sha256(body).digest()).digest()[:4], "big")
    text = ""
    while number:
        number, worth = divmod(number, 58)
        text = ALPHABET[worth] + text
    return text if version else f"1{text}"


TRON, BITCOIN, SCRIPT = address(0x41), address(0x00), address(0x05)


@pytest.mark.parametrize("text", [TRON, BITCOIN, SCRIPT, WITNESS])
def test_addresses(found, text):
    assert found(KIND, f"USDT地址:{text},") == [(text, text)]
    assert found(KIND, f"转到{text[:6]}❤{text[6:]}") == [(f"{text[:6]}❤{text[6:]}", text)]


@pytest.mark.parametrize(
    "text",
    [ETHEREUM, f"0x{ETHEREUM[2:].upper()}", f"0X{ETHEREUM[2:]}", CHECKED, WITNESS.upper()],
)
def test_where_capitals_mean_nothing(found, text):
    assert found(KIND, text) == [(text, text.lower())]


def test_wide_letters(found):
    wide = "".join(chr(ord(char) + 0xFEE0) for char in TRON)
    assert found(KIND, wide) == [(wide, TRON)]


@pytest.mark.parametrize(
    "text",
    [TRON.lower(), TRON[:-1], f"{TRON}1", f"x{TRON}", TRON[:9] + TRON[9].swapcase() + TRON[10:],
     address(0x42), ETHEREUM[:-1], f"{ETHEREUM}0", CHECKED[:-1] + "D", CHECKED.replace("aA", "Aa"),
     WITNESS[:-1] + "q", "T" * 34, "1" * 30],
)  # fmt: skip
def test_what_is_none(found, text):
    assert found(KIND, text) == []
