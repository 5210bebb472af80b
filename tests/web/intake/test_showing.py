from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

TEXT = "加微信⟦phone:6⟧办征信"


def hit(*spans, stance="offer", label="标"):
    return {"label": label, "stance": stance,
            "spans": [{"start": start, "end": end} for start, end in spans]}  # fmt: skip


@pytest.fixture(autouse=True)
def _chinese(place):
    from django.utils import translation

    with translation.override("zh-hans"):
        yield


def test_marks_and_values():
    from lianfang.web.intake.showing import pieces

    found = list(pieces(TEXT, [hit((0, 3)), hit((12, 15), stance=None, label="题")]))
    assert [(one.text, one.side, one.labels, one.number) for one in found] == [
        ("加微信", "offends", "标", 0), ("⟦phone:6⟧", "", "", 6), ("办征信", "topic", "题", 0),
    ]  # fmt: skip
    assert found[1].kind == "手机号"


def test_where_several_mark_a_place_offending_shows_and_all_are_named():
    from lianfang.web.intake.showing import pieces

    features = [hit((0, 2), stance="warn", label="甲"), hit((0, 2), label="乙")]
    assert next(pieces("广告", features))[:3] == ("广告", "offends", "甲、乙")


def test_a_text_on_one_line():
    from lianfang.web.intake.showing import readable

    assert readable(TEXT) == "加微信〔手机号 6〕办征信"


spans = st.tuples(st.integers(0, 15), st.integers(0, 15)).map(sorted)


@given(st.lists(spans, max_size=5))
def test_nothing_is_lost_and_no_value_is_cut(some):
    from lianfang.web.intake.showing import pieces

    found = list(pieces(TEXT, [hit(*some)]))
    assert "".join(one.text for one in found) == TEXT
    assert [one.text for one in found if one.number] == ["⟦phone:6⟧"]
