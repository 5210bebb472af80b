"""A program's way to the platform: `/api/v1` with types, over requests; knows no Django.

from lianfang.client import Client
for verdict in Client("https://lianfang.example", "lf_…").screen(["专业征信修复，加微信 abc12345"]):
    print(verdict.suspect, verdict.stance)
"""

from lianfang.client.calls import Client
from lianfang.client.errors import ProblemError, WebhookError
from lianfang.client.model import (
    Accepted,
    Alert,
    AlertPage,
    AlertRow,
    Decision,
    Delivery,
    Event,
    Problem,
    Text,
)
from lianfang.client.webhooks import verify_webhook

__all__ = [
    "Accepted",
    "Alert",
    "AlertPage",
    "AlertRow",
    "Client",
    "Decision",
    "Delivery",
    "Event",
    "Problem",
    "ProblemError",
    "Text",
    "WebhookError",
    "verify_webhook",
]
