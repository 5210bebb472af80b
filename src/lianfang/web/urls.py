from __future__ import annotations

from django.urls import include, path

from lianfang.web.api import api
from lianfang.web.dashboard.home import home
from lianfang.web.reference import reference
from lianfang.web.trials.views import moved

urlpatterns = [
    path("", home, name="home"),
    path("", include("lianfang.web.core.urls")),
    path("", include("lianfang.web.institution.urls")),
    path("intake/", include("lianfang.web.intake.urls")),
    path("alerts/features/", moved, name="features_moved"),
    path("alerts/", include("lianfang.web.alerts.urls")),
    path("api/v1/", api.urls),
    path("clients/reference/", reference, name="api_reference"),
    path("clients/", include("lianfang.web.clients.urls")),
    path("guides/", include("lianfang.web.guidance.urls")),
    path("guides/", include("lianfang.web.trials.urls")),
    path("dashboard/", include("lianfang.web.dashboard.urls")),
    path("values/", include("lianfang.web.vault.urls")),
]
