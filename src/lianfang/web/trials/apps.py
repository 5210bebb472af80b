from __future__ import annotations

from django.apps import AppConfig


class TrialsConfig(AppConfig):
    name = "lianfang.web.trials"
    label = "trials"

    def ready(self) -> None:
        from lianfang.web.trials import receivers, tasks  # noqa: F401, PLC0415  connect themselves
