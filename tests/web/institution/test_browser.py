"""Keys and sign-on in a real browser, under the strict policy, in both languages."""

from __future__ import annotations

import pytest

from chromium import chromium
from deployments import deployed
from issuers import issuer
from oidc_provider import CLIENT, SECRET
from web_sites import PASSWORD

pytestmark = pytest.mark.slow
KEY = {
    "protocol": "ctap2", "transport": "usb", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture(scope="module")
def site():
    with issuer() as address:
        told = {
            "LIANFANG_OIDC_URL": address,
            "LIANFANG_OIDC_CLIENT": CLIENT,
            "LIANFANG_OIDC_SECRET": SECRET,
            "LIANFANG_HOSTS": "localhost,127.0.0.1",
        }
        with deployed("analyst", "administrator", **told) as port:
            yield f"http://localhost:{port}"


@pytest.fixture
def page(request):
    """A page of a fresh browser in the language that the test asks for; nothing goes wrong."""
    troubles = []
    with chromium() as engine:
        context = engine.new_context(locale=request.param)
        page = context.new_page()
        page.on("console", lambda told: troubles.append(told.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        yield page
    assert troubles == []


def sign_in(page, site, name="analyst"):
    page.goto(f"{site}/accounts/login/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()


def add_key(page, site):
    page.goto(f"{site}/accounts/2fa/webauthn/add/")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/webauthn/add/")


@pytest.mark.parametrize("page", ["zh-CN", "en"], indirect=True)
def test_a_key_is_set_up_and_asked_for(page, site):
    tool = page.context.new_cdp_session(page)
    tool.send("WebAuthn.enable")
    number = tool.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]
    sign_in(page, site)
    add_key(page, site)
    page.fill("[name=name]", "USB")
    page.click("#add-key")
    page.wait_for_url("**/recovery-codes/")
    assert page.locator(".codes li").count() == 10
    assert len(tool.send("WebAuthn.getCredentials", {"authenticatorId": number})["credentials"])
    page.context.clear_cookies()
    sign_in(page, site)
    assert page.url == f"{site}/accounts/2fa/authenticate/"
    page.goto(f"{site}/alerts/")
    assert page.url == f"{site}/accounts/2fa/authenticate/", "not in before the key was read"
    page.click("#use-key")
    page.wait_for_url(f"{site}/")
    page.goto(f"{site}/accounts/2fa/webauthn/")
    assert "USB" in page.locator("tbody").inner_text()
    page.locator("tbody a").last.click()
    page.locator("a[href*='webauthn/reauthenticate']").click()
    page.click("#use-key")
    page.wait_for_url("**/remove/")
    page.locator("main button").click()
    page.wait_for_url("**/webauthn/")
    assert page.locator(".empty").is_visible()


@pytest.mark.parametrize("page", ["zh-CN"], indirect=True)
def test_a_key_that_is_not_there_is_told_on_the_page(page, site):
    tool = page.context.new_cdp_session(page)
    tool.send("WebAuthn.enable")
    number = tool.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": KEY | {"hasUserVerification": False, "isUserVerified": False}},
    )["authenticatorId"]
    sign_in(page, site, "administrator")
    add_key(page, site)
    page.evaluate(
        "() => { navigator.credentials.create = () => Promise.reject(new Error('taken away')); }"
    )
    page.click("#add-key")
    page.locator("[data-key-problem]").wait_for()
    tool.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": number})


@pytest.mark.parametrize("page", ["zh-CN", "en"], indirect=True)
def test_one_goes_to_the_issuer_and_comes_back_signed_in(page, site):
    page.goto(f"{site}/alerts/")
    page.locator("form.beneath button").click()
    page.get_by_role("link", name="analyst", exact=True).click()
    page.wait_for_url(f"{site}/alerts/")
    assert page.locator(".who").inner_text()
