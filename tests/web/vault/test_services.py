"""The vault: what arrived lies sealed, a value has a number, nobody sees it without a reason."""

from __future__ import annotations

import io
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.hashes import SM3, Hash

from lianfang.errors import InputError, NotFoundError
from lianfang.evidence import SealError, TooLargeError

GOVERNANCE, FRAUD = "governance", "anti-telecom-fraud"
PHONE = ("phone", "13812345678")
NAME = ("name", "欧阳文静")
WHY = "联系当事人核实"
SAID = "我叫欧阳文静，电话13712345678".encode() * 1000


def captured(content, **changes):
    from lianfang.web.vault.services import capture

    told = {"name": "信.txt", "purpose": GOVERNANCE, "source": "信访", "basis": "第十三条"}
    told |= {"who": "handler", "most": 1 << 20}
    return capture(stream=io.BytesIO(content), **told | changes)


def numbered(*values, purpose=GOVERNANCE):
    from lianfang.web.vault.services import numbers

    return numbers(purpose=purpose, values=values)


def revealed(number, user, why=WHY):
    from django.test import RequestFactory

    from lianfang.web.vault.services import reveal

    request = RequestFactory().post("/", REMOTE_ADDR="10.1.2.3")
    return reveal(number=number, user=user, why=why, request=request)


def events():
    from lianfang.web.core.models import Event

    return list(Event.objects.filter(what="value.reveal").order_by("id"))


def test_capture_tells_what_arrived(sees_all):
    made = captured(SAID)
    sm3 = Hash(SM3())
    sm3.update(SAID)
    assert (made.sha256, made.sm3) == (sha256(SAID).hexdigest(), sm3.finalize().hex())
    assert made.size == len(SAID)
    assert (made.name, made.who, made.purpose) == ("信.txt", "handler", GOVERNANCE)
    assert made.tool.startswith("lianfang ")


def test_what_arrived_is_sealed_and_comes_back_whole(sees_all):
    from django.conf import settings

    made = captured(SAID)
    originals = settings.DEPLOYMENT.originals
    assert b"".join(originals.open(made.sha256)) == SAID
    (path,) = settings.DEPLOYMENT.home.glob(f"originals/*/*/{made.sha256}")
    assert SAID[:20] not in path.read_bytes()
    assert b"13712345678" not in path.read_bytes()


def test_too_much_is_refused_and_not_told_of(sees_all):
    from lianfang.web.vault.models import Original

    before = Original.objects.count()
    with pytest.raises(TooLargeError, match="more than 10 bytes"):
        captured(SAID, most=10)
    assert Original.objects.count() == before


def test_a_value_has_one_number_in_a_purpose(sees_all):
    first, again = numbered(PHONE, NAME, PHONE), numbered(NAME, PHONE, ("qq", PHONE[1]))
    assert first.keys() == {PHONE, NAME}
    assert {**again, **first} == again
    assert len(set(again.values())) == 3
    assert numbered() == {}


def test_purposes_share_neither_number_nor_index(sees_all):
    from lianfang.web.vault.models import PersonalValue

    here, there = numbered(PHONE)[PHONE], numbered(PHONE, purpose=FRAUD)[PHONE]
    one, other = PersonalValue.objects.get(pk=here), PersonalValue.objects.get(pk=there)
    assert here != there
    assert bytes(one.index) != bytes(other.index)
    assert PHONE[1].encode() not in bytes(one.sealed) + bytes(one.index)


def test_keyed_differs_by_purpose_and_content(loaded):
    from lianfang.web.vault.services import keyed

    made = [
        keyed(purpose=purpose, content=content)
        for purpose in (GOVERNANCE, FRAUD)
        for content in (b"a", b"b")
    ]
    assert len(set(made)) == 4
    assert made[0] == keyed(purpose=GOVERNANCE, content=b"a")
    assert {len(one) for one in made} == {32}


def test_a_value_is_shown_for_a_reason_that_is_recorded(sees_all, person):
    number, before = numbered(PHONE)[PHONE], len(events())
    assert revealed(number, person("reviewer"), f"  {WHY} ") == PHONE[1]
    (event,) = events()[before:]
    assert (event.who, event.object, event.why) == ("reviewer", str(number), WHY)
    assert event.address == "10.1.2.3"


@pytest.mark.parametrize("why", ["", "   ", "看看", " a b "])
def test_without_a_reason_nothing_is_shown(sees_all, person, why):
    number, before = numbered(PHONE)[PHONE], len(events())
    with pytest.raises(InputError, match="no reason"):
        revealed(number, person("reviewer"), why)
    assert len(events()) == before


def test_what_is_asked_for_is_recorded_before_it_is_opened(sees_all, person):
    from lianfang.web.vault.models import PersonalValue

    broken = PersonalValue.objects.create(
        purpose=GOVERNANCE, kind="phone", index=b"i", key_version=1, sealed=b"broken"
    )
    with pytest.raises(SealError):
        revealed(broken.pk, person("reviewer"))
    assert events()[-1].object == str(broken.pk)


def test_a_value_moved_to_another_purpose_does_not_open(sees_all, person):
    from lianfang.web.vault.models import PersonalValue

    one = PersonalValue.objects.get(pk=numbered(PHONE)[PHONE])
    moved = PersonalValue.objects.create(
        purpose=FRAUD, kind=one.kind, index=one.index, key_version=1, sealed=one.sealed
    )
    with pytest.raises(SealError):
        revealed(moved.pk, person("compliance"))


def test_another_purposes_value_is_not_there(db, person):
    from lianfang.web.database.seeing import seeing

    with seeing([FRAUD]):
        there = numbered(PHONE, purpose=FRAUD)[PHONE]
    before = len(events())
    with seeing([GOVERNANCE]), pytest.raises(NotFoundError, match="no such value"):
        revealed(there, person("reviewer"))
    with seeing([GOVERNANCE]), pytest.raises(NotFoundError):
        revealed(10**12, person("reviewer"))
    assert len(events()) == before
