"""What tests of the site send, and where their deployments lie."""

from __future__ import annotations

import socket
import tempfile
import time
import urllib.request
from pathlib import Path

PASSWORD = "long-enough-2026"  # noqa: S105  of deployments that end with their test
# ruff: noqa: E501  (lines of a CSV file)
POSTS = """平台,账号,链接,发布时间,正文
甲平台,老王说征信,https://a.example/1,2026-10-02 10:11,专业征❤修复，不成功不收费，加薇 wkx58221
乙平台,小李,https://a.example/2,2026-10-02 11:11,今天天气真好，去公园走走
甲平台,债务上岸,https://a.example/3,2026-10-03 12:00,逾期协商停息挂账，全国可办，先办后付，电话13812340000
甲平台,债务上岸2,https://a.example/4,2026-10-03 12:00,逾期协商停息挂账，全国可办，先办后付，电话13912340001
乙平台,求助者,https://a.example/5,2026-10-04 12:00,有人说交三千块能帮我删掉逾期记录，是不是骗子？我该怎么办
坏行,只有两列
"""
LETTER = "收到贵公司催收电话，骚扰我家人。我叫欧阳文静，电话13712345678，要求停止并道歉。"
LETTERS = f"姓名,电话,正文\n欧阳文静,13712345678,{LETTER}\n"


def new_home():
    """A folder that the database's user may pass through, whoever runs the tests."""
    folder = Path(tempfile.mkdtemp(prefix="lianfang-home-")).resolve()
    folder.chmod(0o711)
    return folder


def free_port():
    """A port that nobody listens to."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def answers(address, seconds=60):
    """Whether a site answers at last."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}/health/", timeout=2) as answer:  # noqa: S310  ours
                return answer.read() == b"ok"
        except OSError:
            time.sleep(0.3)
    return False
