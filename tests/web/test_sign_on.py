"""Another place to sign in, as the environment tells of it."""

from __future__ import annotations

import pytest

from lianfang.errors import InputError
from lianfang.web.sign_on import sign_on

TOLD = {
    "LIANFANG_OIDC_URL": "https://id.house.example/realm/",
    "LIANFANG_OIDC_CLIENT": "lianfang",
    "LIANFANG_OIDC_SECRET": "known-to-both",
}


def test_nothing_told_is_nothing_there():
    assert sign_on({}, production=True) is None


def test_what_is_told_is_there():
    made = sign_on(TOLD, production=True)
    assert made == ("https://id.house.example/realm", "lianfang", "known-to-both", "OIDC", "email")
    [app] = made.providers()["openid_connect"]["APPS"]
    assert app["settings"]["oauth_pkce_enabled"] is True


def test_the_secret_may_stand_in_a_file(tmp_path):
    (tmp_path / "secret").write_text("of-a-file\n")
    told = TOLD | {"LIANFANG_OIDC_SECRET_FILE": str(tmp_path / "secret")}
    assert sign_on(told, production=True).secret == "of-a-file"


@pytest.mark.parametrize(
    "changed",
    [{"LIANFANG_OIDC_CLIENT": ""}, {"LIANFANG_OIDC_SECRET": ""},
     {"LIANFANG_OIDC_URL": "http://id.house.example"}, {"LIANFANG_OIDC_URL": "file:///etc/passwd"},
     {"LIANFANG_OIDC_SECRET_FILE": "/nowhere/secret"}],
)  # fmt: skip
def test_half_of_it_stops_the_site_and_says_what_to_do(changed):
    with pytest.raises(InputError) as refused:
        sign_on(TOLD | changed, production=True)
    assert refused.value.do
    assert "known-to-both" not in str(refused.value)
