"""NEWSCRAWL_PHRASE_DIRS: a user's own wordings are found in the workers; a file that cannot be used ends the start."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .crawling import Crawl
from .test_warc import warc

pytestmark = pytest.mark.e2e

OWN = """
language = "en"

[[phrase]]
name = "carried-with-thanks"
pattern = '''carried\\swith\\sthanks\\sto\\s{name}'''
needs = ["thanks"]
positive = [["Carried with thanks to The Plain Ledger.", "The Plain Ledger"]]
negative = ["The crew was carried home. Thanks to The Plain Ledger.", "Thanks to all."]
seen = "a weekly's pages"
"""
PROSE = (
    "<p>The harbour authority said on Monday that the northern pier would stay closed until the storm season ends,"
    " since the waves had washed out the stones on which it stands and no crew could work there safely.</p>"
)
PAGE = (
    "<html><head><title>Storm shuts pier</title><meta property='og:type' content='article'>"
    "<meta property='article:published_time' content='2026-11-20T08:00:00Z'></head>"
    f"<body><article><h1>Storm shuts pier</h1>{PROSE * 6}"
    "<p>Carried with thanks to <a href='https://gull.example/2026/11/storm-shuts-pier'>The Gull</a>.</p>"
    "</article></body></html>"
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "page.warc.gz"
    path.write_bytes(warc(("https://www.port.example/a/storm", [("Content-Type", "text/html")], PAGE.encode())))
    return path


def test_own_wordings_are_found(crawl: Crawl, archive: Path) -> None:
    folder = crawl.folder / "phrases"
    folder.mkdir()
    (folder / "en.toml").write_text(OWN)
    origins = {}
    for own in ("", str(folder)):
        done = crawl.run("warc", "-a", f"path={archive}", "-O", "out.jsonl", "-s", f"NEWSCRAWL_PHRASE_DIRS={own}")
        assert done.returncode == 0, done.stderr
        (record,) = map(json.loads, (crawl.folder / "out.jsonl").read_text("utf-8").splitlines())
        origins[bool(own)] = record["originally_appeared_on"]
    assert origins[False] is None
    assert origins[True]["url"] == "https://gull.example/2026/11/storm-shuts-pier"
    assert origins[True]["evidence"][0]["rule"] == "en/carried-with-thanks"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (OWN.replace("to\\s{name}", "to\\s+{name}"), "en.toml:4: a repeat without upper bound"),
        (None, "no *.toml in it"),
    ],
)
def test_a_bad_file_is_named_with_line_and_reason(content: str | None, says: str, crawl: Crawl, archive: Path) -> None:
    folder = crawl.folder / "phrases"
    folder.mkdir()
    if content is not None:
        (folder / "en.toml").write_text(content)
    done = crawl.run("warc", "-a", f"path={archive}", "-O", "out.jsonl", "-s", f"NEWSCRAWL_PHRASE_DIRS={folder}")
    assert done.returncode == 2
    assert says in done.stderr
