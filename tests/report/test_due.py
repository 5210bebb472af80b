from __future__ import annotations

import pytest

from lianfang.report.due import due, seconds


@pytest.mark.parametrize(
    ("limit", "zh", "en"),
    [
        ("PT0S", "立即", "at once"),
        ("PT15M", "15 分钟内", "within 15 minutes"),
        ("PT1H", "1 小时内", "within 1 hour"),
        ("P1D", "1 天内", "within 1 day"),
        ("P30D", "30 天内", "within 30 days"),
        ("P2M", "2 个月内", "within 2 months"),
        ("P1DT12H", "1 天 12 小时内", "within 1 day 12 hours"),
        ("P1Y2M3W", "1 年 2 个月 3 周内", "within 1 year 2 months 3 weeks"),
        ("当日", "当日", "当日"),
        ("P", "P", "P"),
        ("PT", "PT", "PT"),
        ("15M", "15M", "15M"),
    ],
)
def test_time_limits_in_words(limit, zh, en):
    assert (due(limit, "zh"), due(limit, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("limit", "length"),
    [("PT0S", 0), ("PT15M", 900), ("P1DT2H", 93_600), ("P2W", 1_209_600), ("当日", None)],
)
def test_lengths_of_time_limits(limit, length):
    assert seconds(limit) == length
