from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from elements import read_html

NAME = "credit-repair/paid-erasure"
SWITCH = {"what": "switch", "of": NAME, "off": "on", "why": "自家广告"}


@pytest.fixture
def officer(browser):
    return browser("compliance")


def send(client, **values):
    return client.post("/guides/settings/change/", values)


def settings():
    from lianfang.web.guidance.models import Setting

    return list(Setting.objects.all())


def test_a_switch_from_the_page_of_its_feature(officer):
    page = read_html(officer.get(f"/guides/{NAME}/").content.decode())
    form = page.all("form", action="/guides/settings/change/")[0]
    sent = {one.attrs["name"]: one.attrs.get("value", "") for one in form.all("input")}
    today = timezone.localdate()
    answer = send(officer, **sent | {"why": "自家广告", "until": today.isoformat()})
    assert answer.status_code == 302
    (made,) = settings()
    assert (made.what, made.of, made.off, made.why) == ("switch", NAME, True, "自家广告")
    assert timezone.localdate(made.until) == today + timedelta(days=1)
    page = officer.get(f"/guides/{NAME}/").content.decode()
    assert "恢复启用" in page
    assert "自家广告" in officer.get("/guides/settings/").content.decode()
    assert "1 个已停用" in officer.get("/guides/").content.decode().replace("<b>", "")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (SWITCH | {"why": ""}, "自家"),
        (SWITCH | {"until": "2020-01-01"}, "已经过去"),
        ({"what": "bounds", "clear_below": "0.5", "why": "试"}, "要么都填"),
        ({"what": "bounds", "clear_below": "0.9", "suspect_from": "0.5", "why": "试"}, "不能高于"),
        ({"what": "least", "of": "shared/condemns", "suspect_from": "0.9", "why": "试"},
         "no bound of this feature"),
    ],
)  # fmt: skip
def test_what_is_refused_is_shown_again(officer, values, said):
    answer = send(officer, **values)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "没有保存" in page
    assert settings() == []
    if values["why"]:
        assert said in page
        assert values["why"] in page


@pytest.mark.parametrize("values", [{"what": "x"}, {}, SWITCH | {"of": "no/feature"}])
def test_what_there_is_not(officer, values):
    assert send(officer, **values).status_code == 404


def test_a_change_is_undone_once(officer):
    send(officer, what="bounds", of="", clear_below="0.5", suspect_from="0.9", why="试")
    (made,) = settings()
    for _ in range(2):
        assert officer.post(f"/guides/settings/{made.pk}/undo/").status_code == 302
    back, first = settings()
    assert (back.undoes_id, back.shipped, first.pk) == (made.pk, True, made.pk)
