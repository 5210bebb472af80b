from __future__ import annotations

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "lianfang.web.alerts"
    label = "alerts"

    def ready(self) -> None:
        from lianfang.web.alerts import receivers  # noqa: F401, PLC0415  connects itself
