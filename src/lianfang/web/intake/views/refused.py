"""Refused rows go out to be mended, and come back."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from lianfang.errors import LianfangError
from lianfang.files.rejects import FORMULA_STARTS
from lianfang.web.core.words import say
from lianfang.web.institution.rights import needs
from lianfang.web.intake.models import Delivery, RefusedRow
from lianfang.web.intake.repairs import refused_file
from lianfang.web.intake.telling import in_words
from lianfang.web.intake.views.sources import taken, user_of

if TYPE_CHECKING:
    from django.http import HttpRequest

CSV = "text/csv; charset=utf-8"


@needs("intake.see")
def refused(_: HttpRequest, delivery_id: int) -> HttpResponse:
    """Why rows were refused, as a file that Excel opens; nothing of what they say."""
    found = get_object_or_404(Delivery, pk=delivery_id)
    response = HttpResponse("\ufeff", content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="refused-{found.pk}.csv"'
    rows = csv.writer(response)
    rows.writerow([say("row"), say("column"), say("reason"), say("what_to_do")])
    for one in RefusedRow.objects.filter(delivery=found).iterator():
        said = one.column, in_words(one.reason), in_words(one.what_to_do)
        rows.writerow([one.row, *map(_harmless, said)])
    return response


@needs("intake.add")
@require_POST
def export(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """The refused rows with what they say, to be mended; that they were asked for is kept."""
    found = get_object_or_404(Delivery.objects.select_related("original"), pk=delivery_id)
    try:
        made = refused_file(delivery=found, user=user_of(request), request=request)
    except LianfangError as error:
        messages.error(request, in_words(error.what))
        return redirect("delivery", delivery_id=found.pk)
    name = f"mend-{found.pk}.csv"
    sent = FileResponse(made, as_attachment=True, filename=name, content_type=CSV)
    return cast("HttpResponse", sent)


@needs("intake.add")
@require_POST
def mend(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Take the file of mended rows back."""
    found = get_object_or_404(Delivery.objects.select_related("source"), pk=delivery_id)
    return taken(request, found.source, reverse("delivery", args=[found.pk]), found)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
