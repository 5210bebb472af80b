"""Reasons of readers of files in Chinese."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from web.intake.samples import PARCELS

SAID = {
    "2 fields where the header has 7": "有 2 个字段，表头有 7 个",
    "the archive is encrypted: unpack it with its password, and pack it again without one":
        "压缩包已加密：用密码解压，再不设密码重新压缩",
    "more than 1,000 members": "文件超过 1,000 个",
    "": "",
}  # fmt: skip


@pytest.mark.parametrize("said", SAID)
def test_a_reason_in_the_readers_language(place, said):
    from lianfang.web.intake.telling import in_words

    with override("zh-hans"):
        assert in_words(said) == SAID[said]
    with override("en"):
        assert in_words(said) == said


def test_each_reason_of_the_samples_has_a_chinese_wording(place, worked):
    from lianfang.web.intake.telling import in_words

    assert PARCELS
    rows = worked.rows("SELECT DISTINCT reason, what_to_do FROM intake_refusedrow")
    said = [text for row in rows for text in row.values()]
    with override("zh-hans"):
        left = [text for text in said if in_words(text) == text]
    assert len(said) > 4
    assert left == []
