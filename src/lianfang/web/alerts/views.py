from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from lianfang.web.alerts import selectors
from lianfang.web.alerts.precision import precisions
from lianfang.web.institution.rights import needs
from lianfang.web.intake.naming import english, named

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from lianfang.web.alerts.precision import Precision


@needs("alerts.see")
def features(request: HttpRequest) -> HttpResponse:
    """How often each feature was right."""
    rows = [(one, _label(one), named(one.guide)) for one in precisions()]
    return render(request, "alerts/features.html", {"rows": rows})


def counted(number: int) -> str:
    """A count as it is shown; beyond `MOST_COUNTED` nobody counts."""
    most = selectors.MOST_COUNTED
    return f"{most}+" if number > most else str(number)


def _label(one: Precision) -> str:
    said = english(one.id)
    return said.label if said else one.label
