"""What is discovered is handed out once: freshest first, fair between hosts, one row for all forms of a URL."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from newscrawl.items import DiscoveredUrl, Discovery
from newscrawl.ledger import Discovered, DiscoveryPageState, Ledger, Validators, host_of
from newscrawl.ledger.sqlite import queue
from tests.ledger.rig import Clock, found

Begin = Callable[..., Ledger]


def urls(ledger: Ledger, n: int = 100, **options: object) -> list[str]:
    return [row.url for row in ledger.take(n, **options).result()]  # type: ignore[arg-type]


def test_known_urls_are_skipped(begin: Begin) -> None:
    ledger = begin()
    assert ledger.discover(found("https://a.example/1", "https://a.example/2")).result().new == 2
    again = found("https://www.a.example/1", "https://a.example/2", "https://a.example/3")
    assert ledger.discover(again).result() == Discovered(new=1, due=0, known=0, again=2, malformed=0)


def test_known_to_one_spider_is_new_to_another(begin: Begin) -> None:
    begin().discover(found("https://a.example/1")).result()
    assert begin("other").discover(found("https://a.example/1")).result().new == 1


def test_row_gives_back_what_was_discovered(begin: Begin, clock: Clock) -> None:
    discovery = Discovery(
        kind="news_sitemap", url="https://a.example/map", title="Ünï ✓", date="2026-03-01", keywords=["a", "b"]
    )
    url = DiscoveredUrl(
        url="http://WWW.a.example/x/?utm_source=q", normalized_url="https://a.example/x", discovery=discovery
    )
    ledger = begin()
    ledger.discover([url], DiscoveryPageState(url="https://a.example/map")).result()
    clock.move(hours=1)
    (row,) = ledger.take(5).result()
    assert (row.url, row.normalized_url, row.host) == (url.url, url.normalized_url, "www.a.example")
    assert row.discovery == discovery
    assert (row.first_seen_at, row.revision, row.attempts) == ("2026-03-01T12:00:00Z", 0, 0)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/\ud800",
        "https://\ud800/",
        "mailto:x@y",
        "",
        "http://[::1/",
        "/x",
        f"https://a.example/{'x' * 9000}",
    ],
)
def test_what_is_no_url_is_counted_and_left_out(begin: Begin, url: str) -> None:
    ledger = begin()
    entries = [DiscoveredUrl(url=url, normalized_url=url), *found("https://a.example/1")]
    assert ledger.discover(entries).result() == Discovered(new=1, due=0, known=0, again=0, malformed=1)
    assert urls(ledger) == ["https://a.example/1"]


def test_odd_characters_of_a_discovery_survive(begin: Begin) -> None:
    odd = Discovery(kind="feed", title="\ud800'; DROP TABLE url; --\0")
    ledger = begin()
    ledger.discover(
        [DiscoveredUrl(url="https://a.example/'\"%00", normalized_url="https://a.example/'", discovery=odd)]
    ).result()
    assert ledger.take(1).result()[0].discovery == odd


def test_a_title_that_is_no_title_is_not_kept(begin: Begin) -> None:
    huge = Discovery(kind="feed", title="x" * 1_000_000, date="2026-02-01")
    ledger = begin()
    ledger.discover(
        [DiscoveredUrl(url="https://a.example/1", normalized_url="https://a.example/1", discovery=huge)]
    ).result()
    assert ledger.take(1).result()[0].discovery == Discovery(kind="feed", date="2026-02-01")


def test_freshest_first_in_a_host(begin: Begin) -> None:
    ledger = begin()
    for day in (3, 9, 1, 7):
        ledger.discover(found(f"https://a.example/{day}", date=f"2026-02-0{day}")).result()
    assert [url[-1] for url in urls(ledger, 3)] == ["9", "7", "3"]
    ledger.discover(found("https://a.example/8", date="2026-02-08T10:00:00+02:00")).result()
    assert [url[-1] for url in urls(ledger, 3)] == ["8", "1"]


def test_undated_is_fresh_in_a_feed_and_old_in_a_sitemap(begin: Begin) -> None:
    ledger = begin()
    ledger.discover(found("https://a.example/sitemap", kind="sitemap")).result()
    ledger.discover(found("https://a.example/dated", date="2026-02-20")).result()
    ledger.discover(found("https://a.example/feed", date="no date")).result()
    assert [url.rpartition("/")[2] for url in urls(ledger)] == ["feed", "dated", "sitemap"]


def test_a_date_to_come_is_no_advantage(begin: Begin, clock: Clock) -> None:
    ledger = begin()
    ledger.discover(found("https://a.example/2099", date="2099-01-01")).result()
    clock.move(minutes=1)
    ledger.discover(found("https://a.example/now")).result()
    assert [url.rpartition("/")[2] for url in urls(ledger)] == ["now", "2099"]


def test_hosts_take_turns(begin: Begin) -> None:
    ledger = begin()
    many = found(*(f"https://big.example/{number}" for number in range(100)))
    ledger.discover([*many, *found("https://b.example/1", "https://c.example/1", "https://c.example/2")]).result()
    assert Counter(host_of(url) for url in urls(ledger, 6)) == {"big.example": 2, "b.example": 1, "c.example": 2}
    first = [host_of(ledger.take(1).result()[0].url) for _ in range(3)]
    assert first == ["big.example"] * 3


def test_one_at_a_time_is_fair_too(begin: Begin) -> None:
    ledger = begin()
    ledger.discover(found(*(f"https://{host}.example/{number}" for host in "abc" for number in range(9)))).result()
    hosts = [ledger.take(1).result()[0].host for _ in range(9)]
    assert hosts == [f"{host}.example" for host in "abc"] * 3


def test_busy_hosts_wait(begin: Begin) -> None:
    ledger = begin()
    ledger.discover(found("https://a.example/1", "https://b.example/1")).result()
    assert urls(ledger, busy=["a.example"]) == ["https://b.example/1"]
    assert urls(ledger) == ["https://a.example/1"]


def test_scope_keeps_to_its_domains(begin: Begin) -> None:
    ledger = begin(scope=["a.example"])
    names = ["https://a.example/1", "https://sport.a.example:8080/1", "https://nota.example/1"]
    ledger.discover(found(*names)).result()
    assert urls(ledger) == names[:2]


def test_rows_are_handed_out_once_in_a_run_and_again_in_the_next(begin: Begin) -> None:
    ledger = begin()
    ledger.discover(found("https://a.example/1")).result()
    assert len(urls(ledger)) == 1
    assert urls(ledger) == []
    report = ledger.finish().result()
    assert (report.taken, report.returned, report.states["pending"], report.balanced) == (1, 1, 1, True)
    ledger.close()
    assert len(urls(begin())) == 1


def test_a_page_of_many_urls_is_stored_in_parts_and_counted_whole(begin: Begin) -> None:
    ledger = begin()
    many = found(*(f"https://a.example/{number}" for number in range(2500)))
    done = ledger.discover(
        [*many, *many[:10]], DiscoveryPageState(url="https://a.example/map", validators=Validators("e", "m"))
    )
    assert done.result() == Discovered(new=2500, due=0, known=0, again=10, malformed=0)
    assert ledger.validators("https://a.example/map").result() == Validators("e", "m")


def test_validators_of_a_discovery_page(begin: Begin) -> None:
    ledger = begin()
    assert ledger.validators("https://a.example/feed").result() == Validators()
    for etag in ('"1"', '"2"'):
        ledger.discover([], DiscoveryPageState(url="https://a.example/feed", validators=Validators(etag))).result()
    assert ledger.validators("https://a.example/feed").result() == Validators('"2"')
    ledger.discover([], DiscoveryPageState(url="https://a.example/feed")).result()
    assert ledger.validators("https://a.example/feed").result() == Validators()


def test_profiles(begin: Begin) -> None:
    ledger = begin()
    assert ledger.profile("a.example").result() is None
    ledger.put_profile("a.example", "p1", b"{}").result()
    ledger.put_profile("a.example", "p2", b'{"x":1}').result()
    assert ledger.profile("a.example").result() == ("p2", b'{"x":1}')


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://WWW.A.example/x", "www.a.example"),
        ("http://me:secret@a.example:8080/", "a.example:8080"),
        ("http://[::1]:80/", "[::1]:80"),
        ("a.example/x", ""),
        ("http://[::1/", ""),
    ],
)
def test_host_of(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("query", "index"),
    [(queue._FRESHEST, "url_queue"), (queue._NEXT_HOST, "url_queue"), (queue._KNOWN, "PRIMARY KEY")],
)
def test_the_queue_is_read_from_its_index_without_sorting(file: Path, clock: Clock, query: str, index: str) -> None:
    """So a take costs the same with a hundred pending rows and with a million, in time and memory."""
    Ledger(file, spider="s", run_id="1", now=clock).close()
    with closing(sqlite3.connect(file)) as db:
        plan = " / ".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {query}", (1,) * query.count("?")))
    assert index in plan
    assert "SCAN" not in plan
    assert "TEMP B-TREE" not in plan
