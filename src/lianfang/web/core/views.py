from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.http import HttpResponse

if TYPE_CHECKING:
    from django.http import HttpRequest


def health(_: HttpRequest) -> HttpResponse:
    """Whether the site and its database are there; says nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
