"""Renew the pictures in docs/pictures: the demo's deployment, served, as Chromium shows it.

Run with `make screenshots`. The demo is made anew in build/demo.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import click
from playwright.sync_api import sync_playwright
from rich.console import Console
from scripts.demo import HOME, ROOT, build

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser, Page

PICTURES = ROOT / "docs" / "pictures"
CHROMIUM = Path("/usr/bin/chromium")
MOST_BYTES = 200_000
WAIT_SECONDS = 60
DRAWN = "[...document.querySelectorAll('[data-chart]')].every(one => one.querySelector('svg'))"


class Picture(NamedTuple):
    """A picture: its name, who looks at which page, and how.

    Attributes:
        first: of the page's links of this kind the first is followed.
        height: pixels; a picture takes in no more than that.
    """

    name: str
    role: str
    path: str
    first: str = ""
    lang: str = "zh-CN"
    scheme: Literal["light", "dark"] = "light"
    width: int = 1280
    height: int = 720


SHOWN = (
    Picture("home", "analyst", "/"),
    Picture("queue", "analyst", "/alerts/", height=600),
    Picture("queue-dark", "analyst", "/alerts/", lang="en", scheme="dark", height=600),
    Picture("queue-390", "analyst", "/alerts/", width=390),
    Picture("alert", "reviewer", "/alerts/", first="[data-row]"),
    Picture("intake", "analyst", "/intake/"),
    Picture("delivery", "analyst", "/intake/", first="a[href*='/deliveries/']"),
    Picture("guide", "analyst", "/guides/", first="main a[href^='/guides/']"),
    Picture("dashboard", "compliance", "/dashboard/?weeks=13", height=1000),
    Picture("dashboard-dark", "auditor", "/dashboard/", lang="en", scheme="dark"),
    Picture("audit", "auditor", "/audit/"),
)


@click.command()
@click.option("--items", default=3000, show_default=True, help="Texts of the demo's month.")
def main(items: int) -> None:
    """Write docs/pictures/*.png."""
    passwords = build(items, Console())
    PICTURES.mkdir(parents=True, exist_ok=True)
    with _served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for picture in SHOWN:
            _take(browser, site, picture, passwords)
        browser.close()


@contextmanager
def _served() -> Iterator[str]:
    """The address of the demo's site, meanwhile."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "lianfang", "serve", "--home", str(HOME)]
    site = subprocess.Popen([*command, "--port", str(port), "--sites", "1"])
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/health/")
        yield address
    finally:
        site.terminate()
        site.wait()


def _wait(address: str) -> None:
    end = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310  ours
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.3)
        else:
            return


def _take(browser: Browser, site: str, picture: Picture, passwords: Mapping[str, str]) -> None:
    context = browser.new_context(
        base_url=site,
        locale=picture.lang,
        color_scheme=picture.scheme,
        viewport={"width": picture.width, "height": picture.height},
    )
    page = context.new_page()
    _sign_in(page, picture.role, passwords[picture.role])
    page.goto(picture.path)
    if picture.first:
        with page.expect_navigation():
            page.locator(picture.first).first.click()
    page.wait_for_function(DRAWN)
    taken = page.screenshot(path=PICTURES / f"{picture.name}.png")
    context.close()
    if len(taken) > MOST_BYTES:
        sys.exit(f"{picture.name}.png has {len(taken):,} bytes: make it smaller")


def _sign_in(page: Page, name: str, password: str) -> None:
    page.goto("/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.locator(".menu").wait_for()


if __name__ == "__main__":
    main()
