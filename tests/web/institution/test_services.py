from __future__ import annotations

import pytest
from django.apps import apps

from lianfang.errors import InputError

GOOD = {"username": "zhang.san", "password": "bamboo-rain-71", "role": "analyst", "by": "admin"}


@pytest.fixture
def add(db):
    from lianfang.web.institution.services import add_user

    return lambda **changed: add_user(**GOOD | changed)


def people():
    return apps.get_model("institution.User").objects


def events(**asked):
    return apps.get_model("core.Event").objects.filter(**asked)


def test_an_account_is_made_and_recorded(add):
    user = add(shown_name="张三")
    assert people().get(username="zhang.san") == user
    assert str(user) == "张三"
    assert user.purposes == ["anti-telecom-fraud", "governance"]
    assert user.check_password(GOOD["password"])
    assert (user.is_active, user.is_staff, user.is_superuser) == (True, False, False)
    event = events(what="account.add", object=str(user.pk)).get()
    assert (event.who, event.why) == ("admin", "analyst: anti-telecom-fraud,governance")


@pytest.mark.parametrize(
    ("role", "purposes"),
    [
        ("reviewer", ["anti-telecom-fraud", "governance"]),
        ("handler", ["complaints"]),
        ("compliance", ["anti-telecom-fraud", "complaints", "governance"]),
        ("administrator", []),
        ("auditor", ["anti-telecom-fraud", "complaints", "governance"]),
    ],
)
def test_each_role_has_its_usual_purposes(add, role, purposes):
    assert add(role=role).purposes == purposes


def test_purposes_that_are_named_count(add):
    assert add(purposes=["complaints"]).purposes == ["complaints"]
    assert add(username="li.si", purposes=[]).purposes == []
    assert str(people().get(username="li.si")) == "li.si"


@pytest.mark.parametrize(
    "password",
    ["", "tiny-pw", "elevenchars", "password1234", "123456789012", "zhang.san.2026", "\t" * 5],
)
def test_a_weak_password_is_refused_and_told_to_nobody(add, password):
    with pytest.raises(InputError) as refused:
        add(password=password)
    assert refused.value.where == "zhang.san"
    if password.strip():
        assert password not in str(refused.value)
    assert not people().filter(username="zhang.san").exists()
    assert not events(what="account.add", who="admin").exists()


@pytest.mark.parametrize("username", ["", " ", "a b", "a\0b", "<b>", "a" * 151, "analyst"])
def test_no_name_and_a_taken_name_are_refused(add, username):
    before = people().count()
    with pytest.raises(InputError):
        add(username=username)
    assert people().count() == before


@pytest.mark.parametrize("username", ["Analyst", "ANALYST", "ａｎａｌｙｓｔ"])
def test_a_name_that_reads_like_a_taken_one_is_refused(add, username):
    # Whoever signs in is looked for without regard to case: two of a name could not be told apart.
    with pytest.raises(InputError):
        add(username=username)


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"role": "boss"}, "boss"),
        ({"role": ""}, ""),
        ({"role": "Analyst"}, "Analyst"),
        ({"purposes": ["governance", "marketing"]}, "marketing"),
        ({"purposes": ["governance,complaints"]}, "governance,complaints"),
        ({"purposes": [""]}, ""),
        ({"purposes": "governance"}, ", ".join(sorted(set("governance")))),
        ({"shown_name": "长" * 61}, "zhang.san"),
    ],
)
def test_what_is_unknown_is_refused_and_named(add, changed, where):
    with pytest.raises(InputError) as refused:
        add(**changed)
    assert refused.value.where == where
    assert refused.value.do
    assert not people().filter(username="zhang.san").exists()
