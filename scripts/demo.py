"""Make a member's deployment, fill it with a synthetic month, and serve its staff site.

Run with `python -m scripts.demo`; `--no-serve` builds, tells what there is, and ends. Everything
lies in `build/demo/`, which is made anew each time. The people's passwords are random and printed:
they open nothing but this demo.
"""

from __future__ import annotations

import secrets
import shutil
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import click
from bench.month.generate import write
from bench.month.model import Month
from rich.console import Console
from rich.progress import track
from rich.table import Table
from scripts.demo_month import live

from lianfang.cli.tell import explain
from lianfang.errors import InputError
from lianfang.guides.library import Library
from lianfang.web import operations
from lianfang.web.database.postmaster import read_postmaster
from lianfang.web.deployment import DATABASE, Deployment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lianfang.web.institution.models import User

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "build" / "demo"
HOME = OUT / "home"
HOST = "127.0.0.1"
SEED = 20230803
DAYS = 31
BEIJING = ZoneInfo("Asia/Shanghai")
PEOPLE = {
    "analyst": "林分析",
    "reviewer": "周复核",
    "handler": "陈投诉",
    "compliance": "高合规",
    "administrator": "管理员",
    "auditor": "吴审计",
}
"""Who there is in each role."""


class Sent(NamedTuple):
    """A file of the month, and the source that sends it."""

    file: str
    source: str
    kind: str
    purpose: str
    basis: str


SENT = (
    Sent(
        "posts.csv",
        "公开平台巡查",
        "post",
        "governance",
        "个人信息保护法第十三条第一款第六项（已公开的信息）",
    ),
    Sent(
        "messages.csv",
        "客户举报短信",
        "message",
        "anti-telecom-fraud",
        "反电信网络诈骗法；为履行法定职责或法定义务所必需",
    ),
    Sent(
        "calls.jsonl",
        "客服通话转写",
        "call",
        "anti-telecom-fraud",
        "反电信网络诈骗法；为履行法定职责或法定义务所必需",
    ),
    Sent(
        "letters.jsonl",
        "投诉信",
        "letter",
        "complaints",
        "为履行法定职责或法定义务所必需：处理投诉",
    ),
)


@click.command()
@click.option("--items", default=3000, show_default=True, help="Texts of the month.")
@click.option("--port", default=8000, show_default=True)
@click.option("--no-serve", is_flag=True, help="Build, tell what there is, and end.")
@explain()
def main(items: int, port: int, no_serve: bool) -> None:  # noqa: FBT001
    """Make build/demo and serve it on http://127.0.0.1:8000."""
    if not no_serve:
        operations.check_free(HOST, port)
    build(items, Console())
    if not no_serve:
        print(f"http://{HOST}:{port}/ （Ctrl+C 结束）")
        operations.serve(Deployment(HOME), host=HOST, port=port, sites=2, workers=1)


def build(items: int, console: Console) -> dict[str, str]:
    """Make build/demo anew and tell what there is; return the people's passwords."""
    _clear()
    today = datetime.now(BEIJING).date()
    write(OUT / "month", SEED, Month(today - timedelta(days=DAYS), DAYS), items)
    passwords = {name: secrets.token_urlsafe(12) for name in PEOPLE}
    deployment = Deployment(HOME, create=True)
    with operations.database(deployment) as place:
        _migrated(deployment)
        operations.prepare(deployment, place, "staff")
        people = _filled(passwords)
        _worked(deployment, place)
        deciding = [people["analyst"], people["reviewer"]]
        live(operations.administrator(deployment, place, DATABASE), deciding, SEED)
        for table in (_deliveries(), _alerts(), _accounts(passwords)):
            console.print(table)
    return passwords


def _clear() -> None:
    """Remove what the last demo left."""
    server = read_postmaster(HOME / "postgres")
    if server and server.runs:
        raise InputError("another demo runs here", where=str(OUT), do="stop it first")
    shutil.rmtree(OUT, ignore_errors=True)


def _migrated(deployment: Deployment) -> None:
    # Apart, since this process is to be one of staff.
    command = [sys.executable, "-m", "lianfang", "migrate", "--home", str(deployment.home)]
    subprocess.run(command, check=True)


def _filled(passwords: Mapping[str, str]) -> dict[str, User]:
    from lianfang.web.database.seeing import seeing  # noqa: PLC0415  once Django is set up
    from lianfang.web.institution.models import Role  # noqa: PLC0415
    from lianfang.web.institution.purposes import ALL_PURPOSES  # noqa: PLC0415
    from lianfang.web.institution.services import add_user  # noqa: PLC0415
    from lianfang.web.intake.mapping import asked, say_columns  # noqa: PLC0415
    from lianfang.web.intake.services import add_source, deliver  # noqa: PLC0415

    people = {
        role: add_user(
            username=role,
            password=passwords[role],
            role=role,
            by="demo",
            shown_name=PEOPLE[role],
        )
        for role in Role.values
    }
    user = people["compliance"]
    with seeing(ALL_PURPOSES):
        for file, name, kind, purpose, basis in track(SENT, "接入"):
            source = add_source(name=name, kind=kind, purpose=purpose, basis=basis, user=user)
            with (OUT / "month" / file).open("rb") as stream:
                delivery, _ = deliver(source=source, stream=stream, name=file, user=user)
            say_columns(delivery=delivery, fields=asked(delivery).fields, user=user)
    return people


def _worked(deployment: Deployment, place: str) -> None:
    """Screen it all by a real worker, and tell how far it is."""
    worker = operations.start_worker(deployment, place, "--once")
    if worker.wait():
        sys.exit("the worker failed")


def _deliveries() -> Table:
    from lianfang.web.database.seeing import seeing  # noqa: PLC0415
    from lianfang.web.institution.purposes import ALL_PURPOSES  # noqa: PLC0415
    from lianfang.web.intake.models import Delivery  # noqa: PLC0415

    table = Table("文件", "新增", "重复", "退回", "可疑", "状态")
    with seeing(ALL_PURPOSES):
        for one in Delivery.objects.select_related("original").order_by("pk"):
            numbers = (one.added, one.repeated, one.refused, one.suspect)
            table.add_row(one.original.name, *map(str, numbers), one.state)
    return table


def _alerts() -> Table:
    """How many alerts of each guide's activity each queue has."""
    from lianfang.web.alerts.models import Alert, Queue  # noqa: PLC0415
    from lianfang.web.database.seeing import seeing  # noqa: PLC0415
    from lianfang.web.institution.purposes import ALL_PURPOSES  # noqa: PLC0415

    with seeing(ALL_PURPOSES):
        found = Counter(Alert.objects.values_list("activity", "queue"))
    table = Table("活动", "处置", "保护", title="预警")
    for guide in Library().guides.values():
        numbers = (found[guide.id, queue] for queue in (Queue.ACT, Queue.PROTECT))
        table.add_row(guide.name.zh, *map(str, numbers))
    return table


def _accounts(passwords: Mapping[str, str]) -> Table:
    table = Table("账号", "密码", "岗位", title="可试用的账号")
    for name, password in passwords.items():
        table.add_row(name, password, PEOPLE[name])
    return table


if __name__ == "__main__":
    main()
