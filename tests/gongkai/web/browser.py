"""A real browser on a real server, and axe-core in it; Debian's chromium, nothing is downloaded."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from unittest.mock import patch
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
WIDTHS = (360, 1280)
_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
_RUN = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await axe.run(document, {runOnly: {type: "tag", values: tags}});
  return JSON.stringify(found.violations.map(v => ({
    rule: v.id, help: v.help, nodes: v.nodes.map(n => n.target.join(" ")).slice(0, 5)
  })));
}"""


class _Server(ThreadingMixIn, WSGIServer):
    """Answers each request in a thread of its own: a page asks for six files at once."""

    daemon_threads = True

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """A thread that ends takes its database connections along, kept ones too."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            connections.close_all()


class _Quiet(WSGIRequestHandler):
    """Says nothing about requests."""

    def log_message(self, *_args: Any, **_words: Any) -> None:
        """Nothing."""


@contextmanager
def serving() -> Iterator[str]:
    """The office on a free port; gives its address."""
    handler = StaticFilesHandler(get_wsgi_application())
    with make_server("127.0.0.1", 0, handler, _Server, _Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser; its sandbox does not start for root."""
    if not CHROMIUM.exists():
        raise RuntimeError("没有浏览器，网页测试不能跑：apt-get install chromium fonts-noto-cjk")
    # Playwright keeps an event loop in this thread; Django would refuse the database because of it,
    # and keeps other connections while it runs: what is open before or within would stay open.
    connections.close_all()
    with patch.dict(os.environ, {"DJANGO_ALLOW_ASYNC_UNSAFE": "1"}), sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-dev-shm-usage", "--lang=zh-CN"],
            env={**os.environ, "LANGUAGE": "zh_CN"},
        )
        try:
            yield browser
        finally:
            connections.close_all()
            browser.close()


def axe_findings(page: Page) -> list[str]:
    """What axe-core finds on the page as it stands: rule, help, first places."""
    page.evaluate(_AXE)
    found = json.loads(page.evaluate(_RUN))
    return [f"{one['rule']}: {one['help']} @ {'; '.join(one['nodes'])}" for one in found]


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window; 0 is well."""
    width: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return width
