from __future__ import annotations

import pytest

KIND = "landline"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("010-23456789", "01023456789"),
        ("01023456789", "01023456789"),
        ("(010)2345 6789", "01023456789"),
        ("（021） 2345-6789", "02123456789"),
        ("0755 2345678", "07552345678"),
        ("0755-23456789", "075523456789"),
        ("+86-10-23456789", "01023456789"),
        ("0086 755 23456789", "075523456789"),
        ("零一零二三四五六七八九", "01023456789"),
        ("０１０－２３４５６７８９", "01023456789"),
    ],
)
def test_with_area_code(found, text, number):
    assert found(KIND, f"座机:{text},") == [(text, number)]


@pytest.mark.parametrize(
    "text",
    ["23456789", "010-2345678", "010-13456789", "0123-2345678", "2025-010-23456789",
     "010-234567891", "0755-234567", "x01023456789"],
)  # fmt: skip
def test_what_is_none(found, text):
    assert found(KIND, text) == []
