from __future__ import annotations

import pytest

KIND, NUMBER = "phone", "13812340000"


@pytest.mark.parametrize(
    "text",
    [
        "13812340000",
        "１３８１２３４００００",
        "①③⑧①②③④⓪⓪⓪⓪",
        "一三八一二三四零零零零",
        "幺三八幺二三四〇〇〇〇",
        "壹叁捌壹贰叁肆零零零零",
        "1三8一2三4零零零零",
        "1-3-8-1-2-3-4-0-0-0-0",
        "1 3 8 1 2 3 4 0 0 0 0",
        "1❤3❤8❤1❤2❤3❤4❤0❤0❤0❤0",
        "1\u200b3812340000",
        "138 1234 0000",
        "138-1234-0000",
        "138.1234.0000",
        "1381 2340 000",
        "+86 138 1234 0000",
        "+8613812340000",
        "86-13812340000",
        "008613812340000",
    ],
)
def test_however_it_is_written(found, text):
    assert found(KIND, text) == [(text, NUMBER)]
    assert found(KIND, f"电话：{text}，速来") == [(text, NUMBER)]


@pytest.mark.parametrize(
    "text",
    [
        "12812340000",
        "1381234000",
        "138123400001",
        "编号ab13812340000",
        "138****0000",
        "营业13:00-17:30 8:30",
        "2025-11-13 13:00:00.123",
        "139.130.140.15",
        "http://139.130.140.15/a",
        "13812340000.5元",
        "共13812340000元",
        "3.13812340000",
    ],
)
def test_what_is_none(found, text):
    assert found(KIND, text) == []


def test_several(found):
    text = "13812340000或139-1234-5678,13812340000 5"
    numbers = [canonical for _, canonical in found(KIND, text)]
    assert numbers == [NUMBER, "13912345678", NUMBER]
