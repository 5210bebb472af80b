from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render

from lianfang.web.core.models import Event
from lianfang.web.institution.rights import needs

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = 100


@needs("audit.see")
def audit(request: HttpRequest) -> HttpResponse:
    """What people did, searched by who, what or object."""
    asked = request.GET.get("q", "").replace("\0", "").strip()[:100]
    events = Event.objects.all()
    if asked:
        events = events.filter(Q(who=asked) | Q(what__startswith=asked) | Q(object=asked))
    page = Paginator(events, PAGE).get_page(request.GET.get("page"))
    return render(request, "institution/audit.html", {"page": page, "q": asked})
