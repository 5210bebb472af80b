from __future__ import annotations

import pytest

from lianfang.errors import InputError, NotFoundError


@pytest.fixture
def save(db, person):
    """Return a function: keep a filter as a role."""
    from lianfang.web.alerts.filters import Asked
    from lianfang.web.alerts.saved import save_filter

    def save(role, name="我的广告", *, shared=False):
        asked = Asked(state="", since="2026-10-01")
        return save_filter(name=name, asked=asked, shared=shared, user=person(role))

    return save


def names(user):
    from lianfang.web.alerts.saved import saved_filters

    return [one.name for one in saved_filters(user)]


def test_ones_own_and_those_that_are_shared(save, person):
    save("analyst", "自己的")
    save("analyst", "大家的", shared=True)
    assert names(person("analyst")) == ["大家的", "自己的"]
    assert names(person("reviewer")) == ["大家的"]


def test_removed_and_brought_back(save, person):
    from lianfang.web.alerts.saved import remove_filter, restore_filter
    from lianfang.web.core.models import Event

    made, user = save("analyst"), person("analyst")
    remove_filter(number=made.pk, user=user)
    assert names(user) == []
    with pytest.raises(NotFoundError):
        remove_filter(number=made.pk, user=user)
    restore_filter(number=made.pk, user=user)
    assert names(user) == ["我的广告"]
    told = Event.objects.filter(object=str(made.pk), what__startswith="filter.").order_by("id")
    assert [one.what for one in told] == ["filter.save", "filter.remove", "filter.restore"]


def test_a_colleagues_filter_stays(save, person):
    from lianfang.web.alerts.saved import remove_filter

    made = save("analyst", shared=True)
    with pytest.raises(NotFoundError):
        remove_filter(number=made.pk, user=person("compliance"))


@pytest.mark.parametrize("name", ["", "  ", "\0", "找 13812340000"])
def test_names_that_are_none(save, name):
    with pytest.raises(InputError, match="no name"):
        save("analyst", name)


def test_the_longest_filter_is_kept(db, person):
    from lianfang.web.alerts.filters import LONGEST, Asked, query
    from lianfang.web.alerts.saved import save_filter

    asked = Asked(activity="🀄" * LONGEST, platform="🀄" * LONGEST, since="2026-10-01")
    made = save_filter(name="长", asked=asked, shared=True, user=person("analyst"))
    made.refresh_from_db()
    assert made.query == query(asked)


def test_nobody_keeps_endlessly_many(save, monkeypatch):
    from lianfang.web.alerts import saved

    monkeypatch.setattr(saved, "MOST", 2)
    save("analyst")
    save("analyst")
    save("reviewer")
    with pytest.raises(InputError, match="too many"):
        save("analyst")


def test_on_the_page(browser, db):
    client = browser("analyst")
    where, name = "/alerts/filters/?state=unsure&who=mine", "存疑 <b>"
    page = client.post(where, {"name": name}, follow=True).content.decode()
    assert "存疑 &lt;b&gt;" in page
    assert 'href="/alerts/?state=unsure&amp;who=mine"' in page
    from lianfang.web.alerts.models import SavedFilter

    number = SavedFilter.objects.get().pk
    assert browser("reviewer").post("/alerts/filters/", {"remove": number}).status_code == 404
    page = client.post("/alerts/filters/", {"remove": number}, follow=True).content.decode()
    assert "data-undo" in page
    assert "who=mine" not in page
    page = client.post("/alerts/filters/", {"restore": number}, follow=True).content.decode()
    assert "who=mine" in page
