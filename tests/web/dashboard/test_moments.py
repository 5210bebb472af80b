from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lianfang.web.dashboard.moments import BEIJING, moment


@pytest.mark.parametrize(
    "written",
    [
        "2026-10-02 10:11", " 2026-10-02T10:11:00 ", "2026/10/2 10:11", "2026.10.02 10:11:00.250",
        "2026年10月2日 10时11分", "2026年10月02日10:11", "2026-10-02 10：11：00",
        "2026-10-02T10:11:00+08:00", "2026-10-02T02:11:00Z", "2026-10-01 18:11 -0800",
    ],
)  # fmt: skip
def test_one_moment_in_many_hands(written):
    assert moment(written) == datetime(2026, 10, 2, 10, 11, tzinfo=BEIJING)


@pytest.mark.parametrize("written", ["1790907060", "1790907060000"])
def test_seconds_and_milliseconds_since_1970(written):
    assert moment(written) == datetime(2026, 10, 2, 2, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "", "昨天 10:11", "3小时前", "2026-10-02", "10:11", "02/10/2026 10:11", "2026-02-30 10:11",
        "2026-13-01 10:11", "2026-10-02 24:11", "2026-10-02 10:61", "1026-10-02 10:11",
        "2026-10-02 10:11 +9900", "2026-10-02 10:11 上午", "9" * 60, "২০২৬-10-02 10:11",
    ],
)  # fmt: skip
def test_what_cannot_be_read_for_sure_is_not_guessed(written):
    assert moment(written) is None
