from __future__ import annotations

from django.apps import AppConfig


class InstitutionConfig(AppConfig):
    name = "lianfang.web.institution"
    label = "institution"

    def ready(self) -> None:
        from lianfang.web.institution import receivers  # noqa: F401, PLC0415  connects itself
