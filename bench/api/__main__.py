"""`python -m bench.api URL`: ask `POST /api/v1/screen` at a steady rate; tell how soon it answers.

The token is read from `LIANFANG_TOKEN` (`lianfang client add NAME --scope screen --per-minute
60000`). Requests are sent when their time has come, whether or not those before are answered, and
a request's time counts from when it should have been sent: a site that stalls can't hide it.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from queue import SimpleQueue
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

CONNECTIONS = 16
TEXTS = (
    "专业征❤修复，不成功不收费，加薇 wkx58221",
    "今天天气真好，去公园走走，晚上一起吃饭",
    "逾期协商停息挂账，全国可办，先办后付，电话13812340000",
    "【某银行】您尾号1234的账户今日支出300元，余额充足，如非本人操作请致电客服。",
    "有人说交三千块能帮我删掉逾期记录，是不是骗子？我该怎么办",
)


class Site:
    """A site, asked over connections that stay open."""

    def __init__(self, url: str, token: str) -> None:
        self._parts = urlsplit(url)
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._free: SimpleQueue[http.client.HTTPConnection] = SimpleQueue()
        for _ in range(CONNECTIONS):
            self._free.put(self._connection())

    def screen(self, text: str, due: float) -> float:
        """Screen a text when it is due; return the seconds since then."""
        time.sleep(max(due - time.perf_counter(), 0))
        connection = self._free.get()
        try:
            body = json.dumps({"texts": [text]}).encode()
            connection.request("POST", "/api/v1/screen", body, self._headers)
            answer = connection.getresponse()
            told = answer.read()
        finally:
            self._free.put(connection)
        if answer.status != HTTPStatus.OK:
            raise RuntimeError(told.decode())
        return time.perf_counter() - due

    def _connection(self) -> http.client.HTTPConnection:
        secure = self._parts.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        return kind(self._parts.netloc, timeout=30)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run once."""
    parser = argparse.ArgumentParser(prog="python -m bench.api", description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--rate", type=float, default=100, help="requests a second")
    parser.add_argument("--seconds", type=float, default=30)
    options = parser.parse_args(arguments)
    site = Site(options.url, os.environ["LIANFANG_TOKEN"])
    measured(site, options.rate, 2)
    times = measured(site, options.rate, options.seconds)
    told = {f"p{share}": round(float(np.percentile(times, share)), 2) for share in (50, 95, 99)}
    sys.stdout.write(json.dumps({"requests": len(times), "ms": told}) + "\n")
    return 0


def measured(site: Site, rate: float, seconds: float) -> list[float]:
    """Milliseconds of each request, sent at a steady rate for so long."""
    begin = time.perf_counter() + 0.1
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        asked = [
            pool.submit(site.screen, TEXTS[place % len(TEXTS)], begin + place / rate)
            for place in range(int(rate * seconds))
        ]
        return [1000 * one.result() for one in asked]


if __name__ == "__main__":
    sys.exit(main())
