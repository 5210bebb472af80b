from __future__ import annotations

import pytest

KIND = "service-number"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("400-000-0001", "4000000001"),
        ("4000000001", "4000000001"),
        ("400 0000 001", "4000000001"),
        ("800-000-0001", "8000000001"),
        ("95588", "95588"),
        ("９５５８８", "95588"),
        ("95105001", "95105001"),
        ("96110", "96110"),
        ("967001", "967001"),
        ("12378", "12378"),
        ("一二三七八", "12378"),
    ],
)
def test_numbers_of_firms_and_services(found, text, number):
    assert found(KIND, f"请拨打{text}。") == [(text, number)]


@pytest.mark.parametrize(
    "text",
    ["贷款95000", "95500元", "96000 块", "12300人", "¥95588", "95588.5", "1295588", "955881",
     "12178", "v95588", "95588kg", "95588%", "12,395", "2025-12345", "12345万"],
)  # fmt: skip
def test_amounts_are_none(found, text):
    assert found(KIND, text) == []
