"""`scrapy preview`: a page of an outlet and a saved file are explained; nothing from outside steers the terminal."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.demo import expected

from .crawling import Crawl

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.e2e

LINK = "https://gull.example/2026/11/storm-shuts-northern-pier"
PROSE = (
    "The harbour authority said on Monday that the northern pier would stay closed until the storm season ends,"
    " since the waves had washed out the stones on which it stands and no crew could work there safely."
)
HTML = (
    "<html><head><title>Storm shuts the northern pier</title>{canonical}</head><body>"
    f"<h1>Storm shuts the northern pier</h1><article>{f'<p>{PROSE}</p>' * 6}"
    f"<p>{PROSE[:-1]} &#x202e;. This story was originally published by <a href='{LINK}'>The Gull</a>.</p>"
    "</article><p>Share on Facebook</p></body></html>"
)


def preview(crawl: Crawl, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", "preview", *arguments]
    return subprocess.run(command, env=crawl.environment, cwd=crawl.folder, capture_output=True, text=True)


def saved(crawl: Crawl, canonical: str = "") -> Path:
    path = crawl.folder / "page.html"
    path.write_text(HTML.replace("{canonical}", canonical), encoding="utf-8")
    return path


def test_a_page_of_an_outlet(crawl: Crawl) -> None:
    page = next(page for page in expected().values() if page.origin and page.origin.url)
    assert page.origin is not None
    done = preview(crawl, "--json", page.url)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["article"]["originally_appeared_on"]["url"] == page.origin.url
    assert any(signal["veto"] is None and signal["domain"] == page.origin.domain for signal in seen["signals"])
    assert {block["kept"] for block in seen["blocks"]} == {True, False}


def test_a_file_in_the_terminal(crawl: Crawl) -> None:
    path = saved(crawl, "<link rel='canonical' href='https://www.port.example/a/storm'>")
    done = preview(crawl, "--text", str(path))
    assert done.returncode == 0, done.stderr
    assert f"    link: {LINK}" in done.stdout
    assert "appeared first on The Gull (republished, explicit_link)" in done.stdout
    assert "cut out of its paragraph, rule provenance: This story was originally published by The Gull." in done.stdout
    assert "  - share " in done.stdout
    assert "\u202e" not in done.stdout
    assert '  url: "https://www.port.example/a/storm"' in done.stdout


def test_a_file_without_url_needs_one(crawl: Crawl) -> None:
    path = saved(crawl)
    without = preview(crawl, "--text", str(path))
    assert without.returncode == 2
    assert "give it by --url" in without.stdout + without.stderr
    veto = preview(crawl, "--text", "--url", "https://www.gull.example/a/storm", str(path))
    assert "VETO self: The Gull (republished" in veto.stdout
    assert "appeared first here: gull.example" in veto.stdout


def test_a_saved_page_is_unpacked_and_read_under_its_url(crawl: Crawl) -> None:
    folder = ROOT / "tests" / "demo" / "sites" / "harbourledger" / "ferry-crews-accept-roster"
    for given in (folder, folder / "page.html.gz"):
        done = preview(crawl, "--json", str(given))
        assert done.returncode == 0, done.stderr
        article = json.loads(done.stdout)["article"]
        wanted = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        assert (article["url"], article["title"]) == (wanted["url"], wanted["title"])
    none = preview(crawl, "--text", str(crawl.folder))
    assert none.returncode == 2
    assert "page.html.gz" in none.stderr


def test_a_private_address_is_not_fetched(crawl: Crawl) -> None:
    done = preview(crawl, "--text", "http://169.254.169.254/latest/")
    assert done.returncode == 3
    assert "no article: not_fetched (blocked_address: " in done.stdout
    assert "NEWSCRAWL_ALLOW_PRIVATE_HOSTS" in done.stdout
