"""Where Chromium is on this machine, and with which switches it is started."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
"""Names on the PATH."""
PLACES = (
    "/usr/bin/chromium",
    "/usr/lib/chromium/chromium",
    "/usr/bin/google-chrome",
    "/snap/bin/chromium",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
"""Where packages put it; a crawl by cron has a short PATH."""
PLAYWRIGHTS = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
"""Playwright's own download, within its folder of browsers."""
MEND_PACKAGE = (
    "pages that need a browser cannot be read without scrapy-playwright; install it: pip install 'newscrawl[js]'"
)
MEND_CHROMIUM = (
    "pages that need a browser cannot be read without Chromium; install it (Debian: apt-get install chromium;"
    " elsewhere: playwright install chromium) or name its program in NEWSCRAWL_CHROMIUM"
)

SWITCHES = (
    # All names are resolved by the proxy, which checks what they lead to; the browser itself resolves none.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    # UDP knows no proxy. Each of the two reads another spelling: Chromium, and its shell for headless use.
    "--disable-quic",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    # What the browser would do of its own accord.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--dns-prefetch-disable",
    "--no-pings",
    # Memory of a page's scripts, in MiB.
    "--js-flags=--max-old-space-size=512",
)


class NoBrowserError(Exception):
    """No browser can be started; the text says what to do."""


def find_chromium(configured: str = "") -> str:
    """Path of Chromium: the one configured, else on the PATH, where packages put it, or Playwright's own download.

    NoBrowserError where there is none, or scrapy-playwright is not installed.
    """
    if find_spec("scrapy_playwright") is None:
        raise NoBrowserError(MEND_PACKAGE)
    if configured:
        if found := shutil.which(configured):
            return found
        raise NoBrowserError(f"NEWSCRAWL_CHROMIUM: {configured}: no such program")
    for candidate in (*NAMES, *PLACES, *map(str, _of_playwright())):
        if found := shutil.which(candidate):
            return found
    raise NoBrowserError(MEND_CHROMIUM)


def _of_playwright() -> Iterable[Path]:
    """The newest first."""
    cache = "Library/Caches" if sys.platform == "darwin" else ".cache"
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / cache / "ms-playwright")
    return sorted((path for pattern in PLAYWRIGHTS for path in folder.glob(pattern)), reverse=True)
