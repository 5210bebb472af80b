from __future__ import annotations

import pytest

from lianfang.evidence import SealError
from lianfang.web.deployment import Deployment


@pytest.fixture
def keys(db, tmp_path, monkeypatch):
    """A deployment whose keys this process uses meanwhile."""
    from django.conf import settings

    made = Deployment(tmp_path, create=True)
    monkeypatch.setattr(settings, "DEPLOYMENT", made)
    return made


def factors(user):
    from allauth.mfa.models import Authenticator

    from lianfang.web.institution.adapter import SecondFactor

    sealed = SecondFactor().encrypt("JBSWY3DPEHPK3PXP")
    for kind, data in (
        ("totp", {"secret": sealed}),
        ("recovery_codes", {"seed": sealed, "used_mask": 5}),
        ("webauthn", {"name": "4c5601 of mine", "credential": {"type": "public-key"}}),
    ):
        Authenticator.objects.create(user=user, type=kind, data=data)
    return lambda: {one.type: one.data for one in Authenticator.objects.filter(user=user)}


def test_secrets_are_put_under_the_new_key_and_nothing_else_changes(keys, person):
    from lianfang.web.institution.adapter import SecondFactor
    from lianfang.web.institution.second_factors import seal_factors_anew
    from lianfang.web.vault.master import _added, _retired

    found = factors(person("analyst"))
    before = found()
    assert seal_factors_anew() == 0
    keys.change_secrets(_added)
    assert seal_factors_anew() == 2
    assert seal_factors_anew() == 0
    keys.change_secrets(_retired)
    after = found()
    assert after["webauthn"] == before["webauthn"]
    assert after["recovery_codes"]["used_mask"] == 5
    fresh = Deployment(keys.home)
    assert list(fresh.secrets.masters) == ["2"]
    for kind, name in (("totp", "secret"), ("recovery_codes", "seed")):
        assert SecondFactor().decrypt(after[kind][name]) == "JBSWY3DPEHPK3PXP"
        with pytest.raises(SealError):
            opened_by(fresh, before[kind][name])
        assert opened_by(fresh, after[kind][name]) == b"JBSWY3DPEHPK3PXP"


def opened_by(deployment, text):
    from lianfang.evidence.sealing import unseal_value
    from lianfang.web.institution.adapter import CONTEXT

    return unseal_value(bytes.fromhex(text), keys=deployment.keys, context=CONTEXT)
