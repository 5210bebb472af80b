"""Who is let in: a token that is known, valid, whose maker may still do what it is for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lianfang.errors import InputError
from web.clients.conftest import Program

PATHS = ["/screen", "/alerts", "/alerts/1", "/intake/deliveries/1", "/nothing", ""]
TEXT = {"texts": ["在吗"]}


def events(what):
    return apps.get_model("core.Event").objects.filter(what=what)


@pytest.mark.parametrize("path", PATHS)
def test_without_a_token_nothing_is_there(db, path):
    answer = Program(Client(), "").get(path)
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json()["do"].startswith("send a valid token")


@pytest.mark.parametrize(
    "header",
    ["Bearer", "Bearer lf_", "Bearer lf_" + "a" * 43, "Basic YTpi", "lf_" + "a" * 43, "\0", "é",
     "Bearer lf_" + "ａ" * 43, "Bearer " + "lf_" + "a" * 100_000],
)  # fmt: skip
def test_what_is_no_token(db, header):
    answer = Client().get("/api/v1/alerts", headers={"Authorization": header})
    assert answer.status_code == 401
    assert events("token.refused").first().why == "unknown"


def test_who_is_signed_in_is_a_stranger_to_the_api(browser):
    assert browser("compliance").get("/api/v1/alerts").status_code == 401
    posted = browser("compliance", enforce_csrf_checks=True).post("/api/v1/screen", TEXT)
    assert posted.status_code == 401


def test_a_token_signs_nobody_in(program):
    asks = program()
    assert asks.client.get("/alerts/", headers=asks.headers).status_code == 302


@pytest.mark.parametrize("change", ["revoked", "expired", "its account is closed"])
def test_a_token_ends(token, person, change):
    made, secret = token()
    asks = Program(Client(), secret)
    assert asks.post("/screen", TEXT).status_code == 200
    now = timezone.now()
    if change == "revoked":
        from lianfang.web.clients.services import revoke_token

        revoke_token(token_id=made.pk, user=person("administrator"))
        assert events("token.revoke").get().who == "administrator"
    elif change == "expired":
        later = "lianfang.web.clients.entering.timezone.now"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(later, lambda: made.expires_at + timedelta(seconds=1))
            assert asks.post("/screen", TEXT).status_code == 401
        assert now < made.expires_at
    else:
        apps.get_model("institution.User").objects.filter(pk=made.made_by_id).update(
            is_active=False
        )
    if change != "expired":
        assert asks.post("/screen", TEXT).status_code == 401
    refused = events("token.refused").first()
    assert (refused.object, refused.why) == (str(made.pk), change)
    assert secret not in f"{refused.__dict__}"


def test_a_token_may_no_more_than_its_maker(program, person):
    asks = program()
    assert asks.get("/alerts").json()["alerts"]
    user = person("compliance")
    user.purposes = ["anti-telecom-fraud"]
    user.save()
    assert asks.get("/alerts").json()["alerts"] == []
    user.role = "auditor"
    user.save()
    assert asks.get("/alerts").status_code == 200
    refused = asks.post("/alerts/1/decisions", {"after": "unsure"})
    assert refused.status_code == 403
    assert refused.json()["where"] == "alerts.decide"


@pytest.mark.parametrize(
    ("path", "body", "scope"),
    [
        ("/screen", TEXT, "screen"),
        ("/intake/1", {"rows": [{"text": "在吗"}]}, "intake.write"),
        ("/intake/deliveries/1", None, "intake.read"),
        ("/alerts", None, "alerts.read"),
        ("/alerts/1", None, "alerts.read"),
        ("/alerts/1/decisions", {"after": "unsure"}, "alerts.decide"),
    ],
)
def test_each_operation_asks_for_its_scope(program, path, body, scope):
    from lianfang.web.clients.scopes import SCOPES

    asks = program(scopes=[one for one in SCOPES if one != scope])
    answer = asks.post(path, body) if body else asks.get(path)
    assert answer.status_code == 403
    assert answer.json()["where"] == scope


def test_a_token_of_one_purpose_sees_no_other(program, sees_all):
    letters = apps.get_model("intake.Delivery").objects.get(purpose="complaints")
    posts = apps.get_model("intake.Delivery").objects.get(purpose="governance")
    asks = program(purposes=["governance"])
    assert asks.get(f"/intake/deliveries/{letters.pk}").status_code == 404
    assert asks.get(f"/intake/deliveries/{posts.pk}").status_code == 200


def test_a_token_of_no_purpose_sees_nothing(program):
    asks = program(purposes=[])
    assert asks.get("/alerts").json()["alerts"] == []


def test_guessing_is_slowed_down_and_the_true_token_is_not(db, program):
    asks, stranger = program(), Program(Client(), "lf_" + "g" * 43)
    before = events("token.refused").count()
    answers = [stranger.get("/alerts").status_code for _ in range(40)]
    assert answers == [401] * 20 + [429] * 20
    assert events("token.refused").count() == before + 20
    assert int(stranger.get("/alerts").headers["Retry-After"]) in range(1, 61)
    assert asks.get("/alerts").status_code == 200


def test_a_token_has_its_pace(program):
    asks = program(per_minute=3)
    answers = [asks.post("/screen", TEXT) for _ in range(5)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429, 429]
    assert answers[0].headers["RateLimit-Policy"] == '"minute";q=3;w=60'
    assert answers[2].headers["RateLimit"].startswith('"minute";r=0;t=')
    assert answers[3].json()["status"] == 429
    assert int(answers[3].headers["Retry-After"]) in range(1, 61)


def test_entering_costs_little(program):
    from django.db import connection

    asks = program(scopes=["screen"], purposes=[])
    asks.post("/screen", TEXT)
    with CaptureQueriesContext(connection) as made:
        assert asks.post("/screen", TEXT).status_code == 200
    assert ["guidance_setting" in one["sql"] for one in made] == [False, True]


def test_when_a_token_was_used_is_kept_once_a_minute(token):
    made, secret = token()
    asks = Program(Client(REMOTE_ADDR="192.0.2.7"), secret)
    asks.post("/screen", TEXT)
    made.refresh_from_db()
    first = made.used_at
    assert made.used_from == "192.0.2.7"
    asks.post("/screen", TEXT)
    made.refresh_from_db()
    assert made.used_at == first


def test_of_a_secret_a_digest_is_kept(token):
    made, secret = token()
    made.refresh_from_db()
    assert secret.startswith(made.begins)
    assert len(secret) == 46
    assert secret.encode() not in bytes(made.digest)
    event = events("token.add").first()
    assert (event.who, event.object) == ("compliance", str(made.pk))
    assert secret not in str(event.__dict__)


@pytest.mark.parametrize(
    ("role", "changed"),
    [
        ("compliance", {"scopes": ["root"]}),
        ("compliance", {"scopes": []}),
        ("compliance", {"purposes": ["everything"]}),
        ("compliance", {"days": 0}),
        ("compliance", {"days": 366}),
        ("compliance", {"per_minute": 0}),
        ("compliance", {"name": " "}),
        ("administrator", {"scopes": ["alerts.read"], "purposes": []}),
        ("administrator", {"scopes": ["screen"], "purposes": ["governance"]}),
        ("analyst", {"scopes": ["alerts.read"]}),
    ],
)
def test_nobody_gives_what_he_has_not(token, role, changed):
    with pytest.raises(InputError):
        token(role, **changed)


def test_the_administrator_may_let_programs_screen(program):
    asks = program("administrator", scopes=["screen"])
    assert asks.post("/screen", TEXT).status_code == 200
