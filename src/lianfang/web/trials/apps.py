from __future__ import annotations

from django.apps import AppConfig


class TrialsConfig(AppConfig):
    name = "lianfang.web.trials"
    label = "trials"
