"""Deliver files to a deployment as its staff do: `python send.py HOME PLACE`, in a process apart.

Reads a JSON list of parcels from standard input, and writes what became of each to standard
output: `{"delivery": 3, "new": true}`. A parcel names its source (made at its first parcel, of
that kind and purpose), the file's path, and the name that it's sent under.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lianfang.web import operations
from lianfang.web.deployment import Deployment

if TYPE_CHECKING:
    from lianfang.web.institution.models import User
    from lianfang.web.intake.models import Source

SENDER = "sender"
PASSWORD = "long-enough-2026"
BASIS = "个人信息保护法第十三条第一款第三项"


def main(home: str, place: str) -> None:
    operations.prepare(Deployment(Path(home)), place, "staff")
    from lianfang.web.database.seeing import seeing
    from lianfang.web.institution.purposes import ALL_PURPOSES

    with seeing(ALL_PURPOSES):
        user = _sender()
        json.dump([_send(parcel, user) for parcel in json.load(sys.stdin)], sys.stdout)


def _sender() -> User:
    from lianfang.web.institution.models import User
    from lianfang.web.institution.services import add_user

    known = User.objects.filter(username=SENDER).first()
    return known or add_user(username=SENDER, password=PASSWORD, role="compliance", by="tests")


def _send(parcel: dict[str, str], user: User) -> dict[str, Any]:
    from lianfang.web.intake.services import deliver

    with Path(parcel["path"]).open("rb") as stream:
        delivery, new = deliver(
            source=_source(parcel, user), stream=stream, name=parcel["name"], user=user
        )
    return {"delivery": delivery.pk, "new": new}


def _source(parcel: dict[str, str], user: User) -> Source:
    from lianfang.web.intake.models import Source
    from lianfang.web.intake.services import add_source

    name, kind, purpose = parcel["source"], parcel["kind"], parcel["purpose"]
    known = Source.objects.filter(name=name, purpose=purpose).first()
    return known or add_source(name=name, kind=kind, purpose=purpose, basis=BASIS, user=user)


if __name__ == "__main__":
    main(*sys.argv[1:])
