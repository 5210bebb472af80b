from __future__ import annotations

from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "lianfang.web.guidance"
    label = "guidance"
