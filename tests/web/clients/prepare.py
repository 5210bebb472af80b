"""Make what a served site's tests work with: `python prepare.py HOME PLACE`, in a process apart.

Writes to standard output, as JSON: secrets of tokens by their names, numbers of sources by theirs.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from lianfang.web import operations
from lianfang.web.deployment import Deployment

PASSWORD = "long-enough-2026"
BASIS = "个人信息保护法第十三条第一款第三项"
ALL = ("screen", "intake.write", "intake.read", "alerts.read", "alerts.decide")
TOKENS = {"all": (ALL, 60_000), "screen": (("screen",), 60_000), "slow": (("screen",), 3)}
SOURCES = {"posts": ("post", "governance"), "letters": ("letter", "complaints")}


def main(home: str, place: str) -> None:
    operations.prepare(Deployment(Path(home)), place, "staff")
    from lianfang.web.clients.services import add_token
    from lianfang.web.database.seeing import seeing
    from lianfang.web.institution.purposes import ALL_PURPOSES
    from lianfang.web.institution.services import add_user
    from lianfang.web.intake.services import add_source

    user = add_user(username="chief", password=PASSWORD, role="compliance", by="tests")
    own = {"purposes": ["governance"], "days": 1, "user": user}
    tokens = {
        name: add_token(name=name, scopes=scopes, per_minute=most, **own)[1]
        for name, (scopes, most) in TOKENS.items()
    }
    with seeing(ALL_PURPOSES):
        sources = {
            name: add_source(name=name, kind=kind, purpose=purpose, basis=BASIS, user=user).pk
            for name, (kind, purpose) in SOURCES.items()
        }
    json.dump({"tokens": tokens, "sources": sources}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
