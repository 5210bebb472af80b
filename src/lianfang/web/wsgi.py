"""The staff site, as a WSGI server wants it."""

from __future__ import annotations

import os
import signal
from multiprocessing import parent_process

from django.core.wsgi import get_wsgi_application

from lianfang.web.database.launch import end_with

if (server := parent_process()) and server.pid:
    # A server that is killed would leave its processes behind, answering.
    end_with(server.pid, signal.SIGKILL)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.web.settings")
application = get_wsgi_application()

from lianfang.web import settling  # noqa: E402
from lianfang.web.guidance.screening import LocalScreener  # noqa: E402  needs the apps
from lianfang.web.guidance.settings import Settings  # noqa: E402

# Made and its loops loaded before anybody asks: the first text would wait for a second.
list(
    LocalScreener(Settings()).screen_rows(
        enumerate(["专业征信修复，加微信13800000000", "今天天气真好"])
    )
)
settling.settle()
