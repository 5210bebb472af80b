"""The test vectors of BIP 173 and BIP 350."""

from __future__ import annotations

import pytest

from lianfang.indicators.bech32 import ALPHABET, is_address


@pytest.mark.parametrize(
    "address",
    [
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
        "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
        "bc1sw50qgdz25j",
        "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
    ],
)
def test_addresses(address):
    prefix, _, data = address.partition("1")
    assert is_address(prefix, data)
    for char in ALPHABET:
        assert char == data[9] or not is_address(prefix, data[:9] + char + data[10:])


@pytest.mark.parametrize(
    "address",
    [
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
        "bc1s0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq54well",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",
        "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4"[:-3] + "w4w",
        "bc130xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqg5k3nm",
        "bc1pw5dgrnzv",
        "bc1qr508d6qejxtdg4y5r3zarvaryv98gj9p",
        "bc1gmk9yu",
        "bc1qqqqqqq",
    ],
)
def test_what_is_none(address):
    prefix, _, data = address.partition("1")
    data = "".join(char for char in data if char in ALPHABET)
    assert not is_address(prefix, data)
