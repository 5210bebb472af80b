from __future__ import annotations

from django.urls import include, path

from lianfang.web.institution import views

urlpatterns = [
    path("audit/", views.audit, name="audit"),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/", include("allauth.account.urls")),
]
