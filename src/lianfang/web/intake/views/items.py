"""Items of a delivery, and one item: its text and what screening said, alert or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render

from lianfang.web.core.words import say
from lianfang.web.institution.rights import may, needs
from lianfang.web.intake.models import Delivery, Item
from lianfang.web.intake.reasons import about, reasons
from lianfang.web.intake.selectors import after
from lianfang.web.intake.showing import pieces, readable

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

EXCERPT = 160


@needs("intake.see")
def items(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """What was kept of a file, in its order."""
    found = get_object_or_404(Delivery.objects.select_related("original"), pk=delivery_id)
    kept = Item.objects.filter(delivery=found).only(
        "row", "text", "platform", "stance", "score", "suspect"
    )
    page = after(kept, "id", request.GET.get("after", ""))
    rows = [(one, readable(one.text[:EXCERPT]), say(f"stance_{one.stance}")) for one in page.rows]
    told = {"delivery": found, "rows": rows, "page": page}
    return render(request, "intake/items.html", told)


@needs("intake.see")
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    """One text and its verdict."""
    found = get_object_or_404(
        Item.objects.select_related("source", "delivery__original"), pk=item_id
    )
    said = found.verdict
    told = {
        "item": found,
        "account": readable(found.account),
        "url": readable(found.url),
        "pieces": pieces(found.text, said.get("features", [])),
        "reasons": reasons(said),
        "activities": about(said),
        "stance": say(f"stance_{found.stance}"),
        "suspect": say(
            "sure" if found.suspect else "not_sure" if found.suspect is None else "not_suspect"
        ),
        "guides": said.get("guides", {}),
        "can_reveal": may(request.user, "values.reveal"),
    }
    return render(request, "intake/item.html", told)
