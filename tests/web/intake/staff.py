"""What staff do with deliveries: `python staff.py HOME PLACE`, in a process apart.

Reads a JSON list of deeds from standard input, and writes what came of each to standard output.
"""

from __future__ import annotations

import base64
import io
import json
import sys
from pathlib import Path

from django.test import RequestFactory

from lianfang.errors import LianfangError
from lianfang.web import operations
from lianfang.web.deployment import Deployment


def main(home, place):
    operations.prepare(Deployment(Path(home)), place, "staff")
    from lianfang.web.database.seeing import seeing
    from lianfang.web.institution.models import User
    from lianfang.web.institution.purposes import ALL_PURPOSES

    with seeing(ALL_PURPOSES):
        user = User.objects.get(username="sender")
        json.dump([_done(deed, user) for deed in json.load(sys.stdin)], sys.stdout)


def _done(deed, user):
    from lianfang.web.intake.models import Delivery

    delivery = Delivery.objects.select_related("source", "original").get(pk=deed["delivery"])
    try:
        return DEEDS[deed["do"]](delivery, user, deed)
    except LianfangError as error:
        return {"error": error.what}


def _columns(delivery, user, deed):
    from lianfang.web.intake.mapping import say_columns

    return say_columns(delivery=delivery, fields=deed["fields"], user=user).pk


def _look(delivery, user, deed):
    from lianfang.web.intake.mapping import asked

    told = asked(delivery)
    return {"names": told.look.names, "rows": told.look.rows, "fields": told.fields}


def _export(delivery, user, deed):
    from lianfang.web.intake.repairs import refused_file

    with refused_file(delivery=delivery, user=user, request=RequestFactory().post("/")) as made:
        return base64.b64encode(made.read()).decode()


def _mend(delivery, user, deed):
    from lianfang.web.intake.services import deliver

    stream = io.BytesIO(base64.b64decode(deed["content"]))
    made, new = deliver(
        source=delivery.source, stream=stream, name=deed["name"], user=user, repairs=delivery
    )
    return {"delivery": made.pk, "new": new}


def _retry(delivery, user, deed):
    from lianfang.web.intake.taking import retry

    return retry(delivery=delivery, user=user)


def _withdraw(delivery, user, deed):
    from lianfang.web.intake.taking import withdraw

    return withdraw(delivery=delivery, user=user)


def _close(delivery, user, deed):
    from lianfang.web.intake.sources import close

    return close(source=delivery.source, closed=deed["closed"], user=user)


DEEDS = {
    "columns": _columns, "look": _look, "export": _export, "mend": _mend, "retry": _retry,
    "withdraw": _withdraw, "close": _close,
}  # fmt: skip

if __name__ == "__main__":
    main(*sys.argv[1:])
