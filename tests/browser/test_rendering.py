"""Pages that show nothing without scripts give records, in crawls with the real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crawl.crawling import Crawl

from .site import NAME, STORY, Answer, Server, feed, spider, story

pytestmark = pytest.mark.e2e

HEAD = (
    "<link rel='icon' href='/icon.png'>"
    "<style>@font-face { font-family: x; src: url(/x.woff) } body { font-family: x }</style>"
)


def answer(path: str) -> Answer | None:
    return feed("bridge-closed-until-spring") if path == "/feed.xml" else story(path, HEAD)


@pytest.fixture
def site() -> Iterator[Server]:
    with Server(answer) as server:
        yield server


@pytest.fixture
def crawl(tmp_path: Path, site: Server) -> Crawl:
    (tmp_path / "quaypost.py").write_text(spider())
    return Crawl(tmp_path, hosts=f"{NAME}=127.0.0.1:{site.port}")


def test_an_article_that_scripts_make_is_read(crawl: Crawl, site: Server) -> None:
    done = crawl.run("quaypost", "-s", "SPIDER_MODULES=quaypost")
    assert done.returncode == 0, done.stderr
    (record,) = crawl.records()
    assert record["body"] == "\n\n".join(STORY)
    assert record["title"] == "Bridge closed until spring"
    assert not {"/x.woff", "/icon.png"} & set(site.asked)
    assert "newscrawl" in site.headers["/api/story"]["user-agent"]
