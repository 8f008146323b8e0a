"""Which browser is taken, and what is said where there is none. Programs are stand-ins: nothing is started."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawl.fetch.browser import chromium
from newscrawl.fetch.browser.chromium import NoBrowserError, find_chromium


def program(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture(autouse=True)
def nothing_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "playwright"))
    monkeypatch.setattr(chromium, "PLACES", (str(tmp_path / "packages" / "chromium"),))


def test_the_order(tmp_path: Path) -> None:
    with pytest.raises(NoBrowserError, match="apt-get install chromium"):
        find_chromium()
    program(tmp_path / "playwright" / "chromium-1100" / "chrome-linux" / "chrome")
    own = program(tmp_path / "playwright" / "chromium-1200" / "chrome-linux64" / "chrome")
    assert find_chromium() == own
    package = program(tmp_path / "packages" / "chromium")
    assert find_chromium() == package
    google = program(tmp_path / "bin" / "google-chrome")
    assert find_chromium() == google
    on_path = program(tmp_path / "bin" / "chromium")
    assert find_chromium() == on_path
    configured = program(tmp_path / "mine")
    assert find_chromium(configured) == configured


def test_what_is_configured_must_be_there(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "chromium")
    with pytest.raises(NoBrowserError, match="NEWSCRAWL_CHROMIUM: mine: no such program"):
        find_chromium("mine")


def test_without_the_package_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path / "bin" / "chromium")
    monkeypatch.setattr(chromium, "find_spec", lambda name: None)
    with pytest.raises(NoBrowserError, match=r"pip install 'newscrawl\[js\]'"):
        find_chromium()
