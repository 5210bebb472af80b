"""How many questions a page asks the database."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from bench.platform.load import HOST
from bench.platform.pages import PAGES, address

if TYPE_CHECKING:
    from bench.platform.pages import Known

TIMES = 20


def most_queries(known: Known) -> dict[str, int]:
    """The most that each page asks, of some askings by an analyst."""
    from django.db import connection  # noqa: PLC0415  once Django is set up
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from lianfang.web.institution.models import User  # noqa: PLC0415

    client, rng, most = Client(SERVER_NAME=HOST), random.Random(0), dict.fromkeys(PAGES, 0)
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(User.objects.get(username="analyst0"), backend=backend)
    for page in PAGES:
        for _ in range(TIMES):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address(page, known, rng)).status_code == 200
            most[page] = max(most[page], len(asked))
    return most
