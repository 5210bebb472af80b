from __future__ import annotations

from django.urls import include, path

from lianfang.web.core import views

urlpatterns = [
    path("health/", views.health, name="health"),
    path("language/", include("django.conf.urls.i18n")),
]
