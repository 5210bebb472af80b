from __future__ import annotations

import re

from lianfang.model import Stance
from lianfang.report import drawings
from lianfang.report.charts import GAP, Bar, Size, draw
from lianfang.report.tally import Kind, Tally

WIDE = Size(500, 130, 26)
BARS = (Bar("甲", "需处置", 35, "suspect"), Bar("甲", "待核", 0, "look"),
        Bar("乙", "需处置", 1200, "suspect"), Bar("乙", "待核", 7, "look"))  # fmt: skip


def test_names_numbers_and_colours_stand_in_the_drawing():
    svg = draw(BARS, WIDE)
    for word in (">甲<", ">乙<", ">需处置<", ">待核<", ">35<", ">1,200<", ">7<", ">0<"):
        assert word in svg
    assert svg.count('fill="var(--suspect)"') == 2
    assert svg.count('fill="var(--look)"') == 2


def test_rows_keep_their_order():
    svg = draw(tuple(Bar(name, "条数", 1, "brand") for name in "cab"), Size(300, 90, 26))
    assert re.findall(r">([abc])<", svg) == ["c", "a", "b"]


def test_a_chart_is_as_wide_as_asked():
    assert re.search(r'^<svg[^>]* width="500" height="71" viewBox="0 0 500 71"', draw(BARS, WIDE))


def test_bars_leave_room_for_their_numbers():
    bars = re.findall(r'd="M0,\d+h([\d.]+)v14', draw(BARS, WIDE))
    assert max(float(bar) for bar in bars) + len("1,200") * 8 <= (WIDE.width - WIDE.labels) / 2


def test_nothing_in_a_drawing_points_elsewhere():
    svg = draw(BARS, WIDE)
    assert "http" not in svg
    assert "xlink" not in svg
    assert " id=" not in svg
    assert svg.startswith('<svg focusable="false" aria-hidden="true"')


def test_the_tables_hold_the_same_numbers():
    tally = Tally()
    tally.stances.update({Stance.OFFER: 3, Stance.SEEK: 2})
    tally.activities.update({("loan-scam", Kind.SUSPECT): 3, ("loan-scam", Kind.ABOUT): 2})
    activities = drawings.activities(tally, [("loan-scam", "贷款骗局")], "zh")
    assert activities.rows == (("贷款骗局", (3, 0, 2)),)
    stances = drawings.stances(tally, "zh")
    assert dict(stances.rows)["招揽"] == (3,)
    assert len(stances.rows) == len(Stance)


def test_columns_stand_where_they_should():
    svg = draw(BARS, WIDE)
    step = (WIDE.width - WIDE.labels + GAP) / 2
    assert f"translate({step:g},0)" in svg
