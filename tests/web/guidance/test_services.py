from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from lianfang.errors import InputError, NotFoundError

NAME = "credit-repair/paid-erasure"


@pytest.fixture
def change(db, person):
    """Return a function: a change by the compliance officer."""
    from lianfang.web.guidance.services import change

    def made(what, of, why="自家广告", **values):
        return change(what=what, of=of, why=why, user=person("compliance"), **values)

    return made


@pytest.fixture
def undo(db, person):
    from lianfang.web.guidance.services import undo

    return lambda one: undo(setting_id=one.pk, user=person("compliance"))


def current(now=None):
    from lianfang.web.guidance.selectors import current

    return current(now=now)


def test_nothing_was_set(db):
    assert current() == ("", frozenset(), None, (), ())


def test_what_was_set_last_stands_and_everything_is_told(change):
    from lianfang.web.core.models import Event

    change("switch", NAME, off=True)
    change("bounds", "", clear_below=0.5, suspect_from=0.9)
    change("bounds", "credit-repair", clear_below=0.6, suspect_from=0.95)
    change("bounds", "credit-repair", clear_below=0.7, suspect_from=0.95)
    last = change("least", NAME, suspect_from=0.9)
    found = current()
    assert found.version == str(last.pk)
    assert found.off == {NAME}
    assert found.general == (0.5, 0.9)
    assert found.bounds == (("credit-repair", (0.7, 0.95)),)
    assert found.least == ((NAME, 0.9),)
    told = Event.objects.filter(what="guide.set").first()
    assert (told.object, told.who, told.why) == (
        f"{last.pk} least {NAME}",
        "compliance",
        "自家广告",
    )


def test_an_undone_change_leaves_what_was_before(change, undo):
    change("bounds", "", clear_below=0.5, suspect_from=0.9)
    second = change("bounds", "", clear_below=0.6, suspect_from=0.8)
    back = undo(second)
    assert (current().general, current().version) == ((0.5, 0.9), str(back.pk))
    for done in (second, back):
        with pytest.raises(InputError, match="no longer the last"):
            undo(done)
    first = change("switch", NAME, off=True)
    undo(first)
    assert current().off == frozenset()


def test_a_setting_ends_and_the_version_tells_it(change):
    now = timezone.now()
    made = change("switch", NAME, off=True, until=now + timedelta(days=2))
    assert current() == (str(made.pk), {NAME}, None, (), ())
    assert current(now + timedelta(days=2)) == (f"{made.pk}.1", frozenset(), None, (), ())


def test_settings_of_a_time_before(change):
    from lianfang.web.guidance.selectors import current, last

    made = change("switch", NAME, off=True)
    earlier = made.at - timedelta(seconds=1)
    assert current(last(earlier), earlier).version == ""
    assert current(last(made.at), made.at).off == {NAME}


@pytest.mark.parametrize(
    ("what", "of", "values", "said"),
    [
        ("switch", "none/none", {"off": True}, "no such feature"),
        ("bounds", "none", {"clear_below": 0.5, "suspect_from": 0.6}, "no such guide"),
        ("colour", NAME, {}, "nothing to set"),
        ("switch", NAME, {"off": True, "why": "  "}, "no reason"),
        ("switch", NAME, {"off": True, "suspect_from": 0.5}, "nothing of this kind"),
        ("bounds", "", {"clear_below": 0.7, "suspect_from": 0.6}, "cross"),
        ("bounds", "", {"clear_below": 0.7}, "without the other"),
        ("bounds", "", {"clear_below": 0.0, "suspect_from": 1.5}, "no such score"),
        ("least", NAME, {"suspect_from": float("nan")}, "no such score"),
        ("least", "shared/condemns", {"suspect_from": 0.9}, "no bound of this feature"),
        ("switch", NAME, {"off": True, "until": datetime(2020, 1, 1, tzinfo=UTC)}, "past"),
    ],
)
def test_refused(change, what, of, values, said):
    with pytest.raises((InputError, NotFoundError), match=said):
        change(what, of, **values)
    assert current().version == ""
