"""Sites whose pages show nothing without scripts are brought in with `browser = True`, and crawled without an edit."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.crawl.project import COMMANDS, Project

from .site import NAME, SHELL, Answer, Server, feed, story

pytestmark = pytest.mark.e2e
FAST = ("-s", "DOWNLOAD_DELAY=0", "-s", "NEWSCRAWL_WORKERS=1")
SLUGS = [f"the-{thing}-of-the-inner-harbour-is-mended" for thing in ("bridge", "crane", "ferry", "lamp")]
FRONT = f"""
document.getElementById("app").innerHTML = {json.dumps(SLUGS)}.map(slug =>
  "<article><h2><a href='/harbour/" + slug + "'>" + slug.replaceAll("-", " ") + "</a></h2></article>").join("");
"""


def by_script(path: str) -> Answer | None:
    """Front page and articles are empty frames that scripts fill."""
    if path == "/":
        return "text/html", SHELL.format(head="", script=FRONT).encode()
    return story(path)


def with_feed(path: str) -> Answer | None:
    """The same with a feed, which no front page names."""
    return feed(*SLUGS) if path == "/rss.xml" else by_script(path)


@pytest.mark.parametrize("answer", [by_script, with_feed], ids=["script", "feed"])
def test_addsite_writes_that_a_site_needs_the_browser(answer: object, tmp_path: Path) -> None:
    with Server(answer) as server:  # type: ignore[arg-type]
        project = of(tmp_path, server)
        added = project.scrapy("addsite", f"http://{NAME}/", "--name", "quay", *FAST)
        assert added.returncode == 0, added.stdout + added.stderr
        assert "    browser = True\n" in (project.folder / "town" / "spiders" / "quay.py").read_text()
        crawled = project.scrapy("crawl", "quay", "-O", "quay.jsonl", *FAST)
        assert crawled.returncode == 0, crawled.stderr
        records = [json.loads(line) for line in (project.folder / "quay.jsonl").read_text().splitlines()]
        assert sorted(record["url"].rpartition("/")[2] for record in records) == SLUGS
        checked = project.scrapy("addsite", "--check", "quay", *FAST)
        assert checked.returncode == 0, checked.stdout + checked.stderr


def test_without_a_browser_it_says_what_to_install(tmp_path: Path) -> None:
    with Server(with_feed) as server:
        project = of(tmp_path, server)
        done = project.scrapy("addsite", f"http://{NAME}/", *FAST, "-s", "NEWSCRAWL_CHROMIUM=nowhere")
        assert done.returncode == 3
        assert "nothing written: NEWSCRAWL_CHROMIUM: nowhere: no such program" in done.stderr


def of(folder: Path, server: Server) -> Project:
    """A project that reaches the server under the site's name."""
    address = f"127.0.0.1:{server.port}"
    hosts = SimpleNamespace(hosts=f"{NAME}={address}", allow_private_hosts=address)
    return Project(folder / "town", Path(sys.executable), hosts, COMMANDS)  # type: ignore[arg-type]
