from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.alerts.many import many

FIRST = "专业征信修复，不成功不收费，先办后付，全国可办，逾期记录三天消除，详情加微信咨询老师"
NEAR = "专业征信修复，不成功不收费，先办后付，全国可办，逾期记录七天消除，详情请加微信咨询"
SAME_BUT_VALUES = FIRST.replace("加微信", "加⟦wechat:99⟧")
FAR = "收到贵行短信说我的信用卡年费没有减免，请帮我查询一下具体的原因，谢谢"
TEXTS = [FIRST, NEAR, SAME_BUT_VALUES, FAR]


@pytest.fixture(scope="module")
def filled(loaded):
    texts = [*(("governance", text) for text in TEXTS), ("complaints", NEAR + "吧")]
    with many(loaded, texts) as place:
        yield place


@pytest.fixture
def alert(filled, sees_all):
    """Return a function: the alert of a text."""
    from lianfang.web.alerts.models import Alert

    return lambda text: Alert.objects.select_related("item").get(item__text=text)


@pytest.fixture
def rejected(alert, person):
    from lianfang.web.alerts.services import decide

    return decide(
        alert_id=alert(FIRST).pk, after="rejected", reason="自家广告", user=person("analyst")
    )


def found(alert):
    from lianfang.web.alerts.near import decided_before

    return decided_before(alert, most=5)


def test_a_near_one_tells_what_was_decided(alert, rejected):
    for text in (NEAR, SAME_BUT_VALUES):
        [one] = found(alert(text))
        assert (one.alert.pk, one.alert.state, one.alert.reason) == (
            rejected.alert_id,
            "rejected",
            "自家广告",
        )
        assert one.alert.decided_by.username == "analyst"
        assert 0.5 <= one.share < 1


def test_what_is_far_open_or_the_same_alert_is_not_told(alert, rejected):
    assert found(alert(FAR)) == []
    assert found(alert(FIRST)) == []


def test_what_was_taken_back_is_not_told(alert, rejected, person):
    from lianfang.web.alerts.services import undo

    undo(decision_id=rejected.pk, user=person("analyst"))
    assert found(alert(NEAR)) == []


def test_another_purpose_is_never_told(alert, rejected):
    """Not even to somebody who sees both."""
    assert found(alert(NEAR + "吧")) == []


def test_the_nearest_is_first(alert, person):
    from lianfang.web.alerts.services import decide

    for text in (NEAR, SAME_BUT_VALUES):
        decide(alert_id=alert(text).pk, after="confirmed", reason="", user=person("reviewer"))
    shares = [one.share for one in found(alert(FIRST))]
    assert len(shares) == 2
    assert shares == sorted(shares, reverse=True)


def test_the_page_tells_it_with_reason_who_and_link(alert, rejected, browser):
    page = browser("reviewer").get(f"/alerts/{alert(NEAR).pk}/").content.decode()
    assert "以前驳回过相近的" in page
    assert "自家广告" in page
    assert f'href="/alerts/{rejected.alert_id}/?' in page


letters = st.text(alphabet="征信修复不成功收费先办后付全国可逾期记录三天消除详情咨询", min_size=40,
                  max_size=80)  # fmt: skip


@given(letters, st.integers(0, 39))
def test_one_character_changed_shares_a_band(place, text, at):
    from lianfang.text.alike import grams, jaccard
    from lianfang.web.alerts.near import BANDS, sketches

    other = text[:at] + "龘" + text[at + 1 :]
    mine, theirs = sketches([text, other])
    assert len(mine) == len(set(mine)) == BANDS
    if jaccard(*grams([text, other])) >= 0.8:
        assert set(mine) & set(theirs)


def test_sketches_stay_as_they_are_kept(place):
    """They stand in the database: another way of making them finds nothing of before."""
    from lianfang.web.alerts.near import sketches

    assert sketches(["专业征信修复"])[0][:2] == [3149712758567508060, -7017295386646155812]
