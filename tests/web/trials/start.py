"""Start a shadow run as staff do: `python start.py HOME PLACE`, in a process apart.

Reads JSON from standard input: a feature, its text and a purpose. Writes the run's number.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from lianfang.web import operations
from lianfang.web.deployment import Deployment


def main(home: str, place: str) -> None:
    operations.prepare(Deployment(Path(home)), place, "staff")
    from lianfang.web.database.seeing import seeing
    from lianfang.web.institution.models import User
    from lianfang.web.institution.purposes import ALL_PURPOSES

    with seeing(ALL_PURPOSES):
        json.dump(_asked(json.load(sys.stdin), User.objects.get()), sys.stdout)


def _asked(told: dict[str, str], user: Any) -> int:
    from lianfang.web.trials.services import save_draft, start

    draft = save_draft(of=told["feature"], text=told["text"], why="试", user=user)
    return start(draft=draft, purpose=told["purpose"], user=user).pk


if __name__ == "__main__":
    main(*sys.argv[1:])
