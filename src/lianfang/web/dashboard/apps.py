from __future__ import annotations

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "lianfang.web.dashboard"
    label = "dashboard"

    def ready(self) -> None:
        from lianfang.web.dashboard import receivers  # noqa: F401, PLC0415  connects itself
