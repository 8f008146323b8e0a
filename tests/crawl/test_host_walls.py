"""Hosts that refuse the crawler: told once each with their vendor, asked last, left after a while; nothing is lost."""

import asyncio
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace

import pytest

from newscrawl.crawl.feeder import Feeder
from newscrawl.crawl.host_walls import MAX_IN_A_ROW, HostWalls

from .paper import Answer, Pages, Paper, article, listing

pytestmark = pytest.mark.e2e

CLOUDFLARE = (
    b"<title>Just a moment...</title><p>Verify you are human.<script src='/cdn-cgi/challenge-platform/x'></script>"
)
MANY = MAX_IN_A_ROW + 90


def site(host: str, count: int, answer: Answer | None) -> Pages:
    paths = [f"/news/the-long-story-{number}" for number in range(count)]
    pages = {f"{host}{path}": answer or article(f"{host.partition('.')[0]} {path[-2:]}") for path in paths}
    return pages | {f"{host}/": listing(paths)}


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(CLOUDFLARE, status=403), "http_403"),
        (Answer(CLOUDFLARE), "bot_wall"),
        (Answer(CLOUDFLARE, status=402), "http_402"),
        (Answer(CLOUDFLARE, status=451), "http_451"),
    ],
)
def test_a_host_that_refuses_is_told_once_and_left(tmp_path: Path, answer: Answer, reason: str) -> None:
    with Paper(site("wall.example", MANY, answer) | site("open.example", 6, None)) as paper:
        (tmp_path / "sites.txt").write_text("http://wall.example/\nhttp://open.example/\n")
        crawl = paper.crawl(tmp_path)
        done = crawl.run(
            "news", "-a", f"urls_file={tmp_path / 'sites.txt'}", delay=0.3 if answer.status == 200 else 0.05
        )
    told = [line for line in done.stderr.splitlines() if "refused a page" in line]
    assert len(told) == 1
    assert f"wall.example refused a page: {reason} (Cloudflare)" in told[0]
    summary = crawl.summaries()[-1]
    [(host, wall)] = summary["walls"].items()
    assert (host, wall["vendor"], [*wall["refusals"]]) == ("wall.example", "Cloudflare", [reason])
    assert len(crawl.records("news")) == 6
    asked = [one for one in paper.asked if one.host == "wall.example" and one.path.startswith("/news/")]
    assert len(asked) == wall["refusals"][reason]
    assert MAX_IN_A_ROW <= len(asked) < MANY, "what is read meanwhile, in processes of its own, comes late"
    assert summary["known"]["pending"] >= MANY - len(asked)


def test_a_page_between_refusals_keeps_a_host_in_the_run() -> None:
    walls = HostWalls()
    answers = [walls.refused("a.example", "http_402", None) for _ in range(MAX_IN_A_ROW - 1)]
    assert walls.asked_last == {"a.example"}
    walls.passed("a.example")
    answers += [walls.refused("a.example", "http_402", None) for _ in range(MAX_IN_A_ROW - 1)]
    assert not any(answers)
    assert walls.refused("a.example", "http_402", None)


def test_other_hosts_are_asked_first() -> None:
    asked: list[set[str]] = []
    entries = {"open.example": ["an entry"], "wall.example": ["another"]}

    class Ledger:
        def take(self, room: int, busy: set[str]) -> Future[list[str]]:
            asked.append(busy)
            found: Future[list[str]] = Future()
            host = next((host for host in entries if host not in busy and entries[host]), None)
            found.set_result([entries[host].pop()] if host else [])
            return found

    class UnderWay:
        avoided_hosts = frozenset[str]()

        def begin(self, entries: list[str]) -> None:
            """Nothing to note."""

    walls = HostWalls()
    walls.refused("wall.example", "http_403", None)
    session = SimpleNamespace(walls=walls)
    feeder = Feeder(session, Ledger(), UnderWay(), None, None, None)  # type: ignore[arg-type]

    async def taken() -> list[object]:
        return [await feeder._take(2), await feeder._take(2), await feeder._take(2)]

    assert asyncio.run(taken()) == [["an entry"], ["another"], []]
    assert asked[0] == {"wall.example"}
