"""Pages that show nothing without scripts give records, in crawls with the real browser."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from tests.crawl.crawling import Crawl

from .site import NAME, RENDER, SHELL, STORY, Answer, Server, feed, spider, story

pytestmark = pytest.mark.e2e

HEAD = (
    "<link rel='icon' href='/icon.png'>"
    "<style>@font-face { font-family: x; src: url(/x.woff) } body { font-family: x }</style>"
)


LISTING = """
const add = slug => document.getElementById("app").insertAdjacentHTML("beforeend",
  "<p style='height: 900px'><a href='/harbour/" + slug + "'>" + slug.replaceAll("-", " ") + "</a></p>");
add("bridge-closed-until-spring");
add("a-story-that-moved-out-of-reach");
add("a-report-that-is-a-file");
let scrolls = 0;
addEventListener("scroll", () => scrolls++ || add("a-story-that-scrolling-brings"));
document.getElementById("more").onclick = () => { add("a-story-that-a-click-brings"); };
"""
AFTER_CONSENT = """
document.body.insertAdjacentHTML("beforeend", `<div role="dialog"><p>We use cookies.</p>
  <button onclick="fetch('/accepted')">Accept all</button>
  <button onclick="fetch('/api/story').then(answer => answer.json()).then(show)">Reject all</button></div>`);
"""
STUCK = "const asked = new XMLHttpRequest(); asked.open('GET', '/never', false); asked.send();"
PAGES = {
    "/harbour/a-story-behind-a-dialog": RENDER.partition("fetch")[0] + AFTER_CONSENT,
    "/harbour/a-page-without-end": STUCK,
    "/harbour/a-page-that-grows": "setTimeout(() => { document.body.append('word '.repeat(200000)); }, 200);",
    "/news": LISTING,
}


def answer(path: str) -> Answer | None:
    if path == "/feed.xml":
        return feed("bridge-closed-until-spring", *(page.rpartition("/")[2] for page in PAGES if page != "/news"))
    if path == "/robots.txt":
        return "text/plain", b"User-agent: *\nDisallow: /inside/"
    if path == "/harbour/a-story-that-moved-out-of-reach":
        return 302, "/inside/harbour/"
    if path == "/harbour/a-report-that-is-a-file":
        return "application/pdf", b"%PDF-1.4\n%%EOF"
    if path == "/never":
        Event().wait(60)
    if path in PAGES:
        return "text/html", SHELL.format(head="<button id='more'>More</button>", script=PAGES[path]).encode()
    return story(path.removeprefix("/inside"), HEAD)


@pytest.fixture
def site() -> Iterator[Server]:
    with Server(answer) as server:
        yield server


@pytest.fixture
def crawl(tmp_path: Path, site: Server) -> Crawl:
    return Crawl(tmp_path, hosts=f"{NAME}=127.0.0.1:{site.port}")


def run(crawl: Crawl, source: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    (crawl.folder / "quaypost.py").write_text(source)
    return crawl.run("quaypost", "-s", "SPIDER_MODULES=quaypost", *arguments)


def test_listings_and_articles_that_scripts_make(crawl: Crawl, site: Server) -> None:
    steps = "listing_steps = (Scroll(times=2), Click('#more'), Click('#['))"
    fewer = "import newscrawl.fetch.browser.browser_handler as handler\nhandler.PAGES_PER_BROWSER = 1\n"
    done = run(crawl, fewer + spider("feeds = ()", f"listings = ('http://{NAME}/news',)", steps))
    assert done.returncode == 0, done.stderr
    records = crawl.records()
    assert {record["url"].rpartition("/")[2] for record in records} == {
        "bridge-closed-until-spring",
        "a-story-that-scrolling-brings",
        "a-story-that-a-click-brings",
    }
    assert crawl.summaries()[0]["rejected"] == {"robots_disallowed": 1, "not_html": 1}
    assert "Traceback" not in done.stderr
    assert "'playwright/browser_count': 1," not in done.stderr
    assert {record["body"] for record in records} == {"\n\n".join(STORY)}
    assert {record["title"] for record in records} == {"Bridge closed until spring"}
    assert not {"/x.woff", "/icon.png"} & set(site.asked)
    assert "newscrawl" in site.headers["/api/story"]["user-agent"]


def test_a_page_without_text_is_tried_in_the_browser(crawl: Crawl, site: Server) -> None:
    limits = (
        "-s",
        "NEWSCRAWL_BROWSER_SECONDS=20",
        "-s",
        "DOWNLOAD_MAXSIZE=300000",
        "-s",
        "RETRY_TIMES=0",
        "-s",
        "LOG_LEVEL=DEBUG",
    )
    done = run(crawl, spider(browser=False), *limits)
    assert done.returncode == 0, done.stderr
    assert {record["url"].rpartition("/")[2]: record["body"] for record in crawl.records()} == {
        "bridge-closed-until-spring": "\n\n".join(STORY),
        "a-story-behind-a-dialog": "\n\n".join(STORY),
    }
    assert "/accepted" not in site.asked
    (summary,) = crawl.summaries()
    assert (summary["visits"]["new"], summary["visits"]["failed"]) == (2, 2)
    assert "'newscrawl/failed/timeout': 1" in done.stderr
    assert "'newscrawl/failed/too_large': 1" in done.stderr


def test_without_a_browser_a_page_is_rejected_and_the_log_says_once_what_to_do(crawl: Crawl) -> None:
    done = run(crawl, spider(browser=False), "-s", "NEWSCRAWL_CHROMIUM=nowhere")
    assert done.returncode == 3
    assert crawl.summaries()[0]["rejected"] == {"needs_browser": 4}
    assert done.stderr.count("NEWSCRAWL_CHROMIUM: nowhere: no such program") == 1


def test_without_a_browser_a_site_that_needs_it_does_not_start(crawl: Crawl, site: Server) -> None:
    done = run(crawl, spider(), "-s", "NEWSCRAWL_CHROMIUM=nowhere")
    assert done.returncode == 6
    assert "quaypost: NEWSCRAWL_CHROMIUM: nowhere: no such program" in done.stderr
    assert site.asked == []


def test_steps_that_cannot_be_meant_are_named(crawl: Crawl) -> None:
    done = run(crawl, spider("steps = Scroll()", "listing_steps = (Scroll(times=0), 'scroll')"))
    assert done.returncode == 2
    assert "quaypost: steps: Scroll(times=1) is no tuple; write (Scroll(times=1),)" in done.stderr
    assert "quaypost: listing_steps[0]: times=0: should be 1 to 100" in done.stderr
    assert "quaypost: listing_steps[1]: 'scroll' is neither Click(...) nor Scroll(...)" in done.stderr
