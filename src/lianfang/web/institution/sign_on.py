"""Who signs in elsewhere: proven by a signed token, and let in to an account that is there already.

The first time, an account is found by a claim (`lianfang.web.sign_on`); from then on by the
issuer's own name of the person alone (`sub`), which never changes hands. An account that is
connected isn't connected to another person, whatever e-mail address or name that person is given
later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib import messages
from django.shortcuts import redirect

from lianfang.web.core.audit import STRANGER, record
from lianfang.web.core.words import say
from lianfang.web.institution.models import User

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
    from django.http import HttpRequest, HttpResponse

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
"""By which tokens may be signed: by keys that the issuer alone has."""

CLAIMS = ("iss", "aud", "exp", "iat", "sub")
NONCE = "elsewhere_nonce"


class Elsewhere(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Lets nobody in who has no account."""

    def is_open_for_signup(self, *_: Any) -> bool:  # noqa: ANN401
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account that is meant.

        Raises:
            ImmediateHttpResponse: there is none, with the answer that says so.
        """
        if sociallogin.is_existing:
            if not sociallogin.user.is_active:
                raise ImmediateHttpResponse(
                    refused(request, "elsewhere_unknown", "inactive account")
                )
            return
        user = _account(sociallogin.claims, sociallogin.provider.app.settings["claim"])
        if user is None:
            raise ImmediateHttpResponse(refused(request, "elsewhere_unknown", "no account"))
        if SocialAccount.objects.filter(user=user).exists():
            raise ImmediateHttpResponse(
                refused(request, "elsewhere_taken", "account of another person")
            )
        sociallogin.connect(request, user)
        record(who=user.username, what="account.connect", object_=str(user.pk), request=request)

    def on_authentication_error(self, request: HttpRequest, *_: Any, **__: Any) -> None:  # noqa: ANN401
        raise ImmediateHttpResponse(refused(request, "elsewhere_failed", "not proven"))


class Issuer(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Asks the issuer, and believes what it has signed for this very request."""

    def complete_login(
        self,
        request: HttpRequest,
        app: SocialApp,
        token: SocialToken,
        **told: Any,  # noqa: ANN401
    ) -> SocialLogin:
        """Who has signed in.

        Raises:
            OAuth2Error: it isn't proven.
        """
        try:
            claims = self._claims(app, told["response"]["id_token"], request.session.pop(NONCE))
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("no token to believe") from error
        if "userinfo_endpoint" in self.openid_config:
            claims = self._more(token.token, claims) | claims
        login = self.get_provider().sociallogin_from_response(request, {"id_token": claims})
        login.claims, login.account.extra_data = claims, {}
        return login

    def _claims(self, app: SocialApp, signed: str, nonce: str) -> dict[str, Any]:
        if self.openid_config["issuer"].rstrip("/") != app.settings["server_url"]:
            raise OAuth2Error("another issuer")
        with get_adapter().get_requests_session() as asked:
            keys = jwt.PyJWKSet.from_dict(asked.get(self.openid_config["jwks_uri"]).json())
        claims: dict[str, Any] = jwt.decode(
            signed,
            keys[jwt.get_unverified_header(signed)["kid"]],
            algorithms=ALGORITHMS,
            audience=app.client_id,
            issuer=self.openid_config["issuer"],
            options={"require": [*CLAIMS]},
        )
        if claims.get("nonce") != nonce:
            raise OAuth2Error("made for another request")
        return claims

    def _more(self, access: str, claims: dict[str, Any]) -> dict[str, Any]:
        more: dict[str, Any] = self._fetch_user_info(access)
        if more.get("sub") != claims["sub"]:
            raise OAuth2Error("told of another person")
        return more


def refused(request: HttpRequest, key: str, why: str) -> HttpResponse:
    """Send somebody back to the door, and record it without what was claimed."""
    told = f"elsewhere: {why}"
    record(who=STRANGER, what="account.refused", object_=STRANGER, why=told, request=request)
    messages.error(request, say(key))
    return redirect("account_login")


def _account(claims: dict[str, Any], claim: str) -> User | None:
    """The account that a claim names, if it is active and the only one."""
    told = claims.get(claim)
    if not isinstance(told, str) or not told or "\0" in told:
        return None
    if claim == "email" and claims.get("email_verified") is not True:
        return None
    field = "email" if claim == "email" else "username"
    found = User.objects.filter(is_active=True, **{f"{field}__iexact": told})
    # The database takes more letters for the same than people do (ı for i).
    same = [one for one in found if getattr(one, field).casefold() == told.casefold()]
    return same[0] if len(same) == 1 else None
