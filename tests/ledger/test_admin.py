"""What `scrapy ledger` stands on: counts, dead letters, requeue, forget, vacuum, check."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from newscrawl.ledger import DeadLetter, Ledger, LedgerError, SiteDay, SiteFigures, SitePast, UrlFilter
from newscrawl.ledger.admin import Admin
from newscrawl.ledger.place import open_ledger
from tests.ledger.rig import Clock, found
from tests.ledger.settling import FINAL, article, end, one

Begin = Callable[..., Ledger]


@pytest.fixture
def filled(begin: Begin, path: Path) -> Path:
    """Of "s": two pending, one exported through an alias, one rejected, one dead; of "t" one pending."""
    ledger = begin(max_failures=1)
    urls = [f"https://a.example/{name}" for name in ("alias", "rejected", "dead", "pending", "pending2")]
    ledger.discover(found(*urls)).result()
    alias, rejected, dead, *_ = ledger.take(3).result()
    article(ledger, alias, final_url=FINAL)
    ledger.settle(rejected, "rejected", reason="listing", http_status=200).result()
    ledger.settle(dead, "failed", reason="http_500", http_status=500).result()
    end(ledger)
    other = begin("t")
    other.discover(found(urls[0])).result()
    end(other)
    return path


def test_counts(filled: Path) -> None:
    with Admin(filled) as admin:
        counts = admin.counts()
    assert counts["s"] == {"pending": 2, "exported": 1, "rejected": 1, "dead": 1, "gone": 0, "alias": 1}
    assert counts["t"]["pending"] == sum(counts["t"].values()) == 1


def test_dead_letters(filled: Path) -> None:
    with Admin(filled) as admin:
        dead, rejected = admin.dead_letters()
        assert admin.dead_letters("s", ["dead"]) == [dead]
        assert admin.dead_letters("t") == []
        assert len(admin.dead_letters(limit=1)) == 1
        with pytest.raises(KeyError):
            admin.dead_letters("unknown")
    assert dead == DeadLetter(
        spider="s",
        url="https://a.example/dead",
        state="dead",
        reason="http_500",
        http_status=500,
        attempts=1,
        visited_at="2026-03-01T12:00:00Z",
    )
    assert (rejected.url, rejected.state, rejected.reason) == ("https://a.example/rejected", "rejected", "listing")


def test_requeue_all_of_a_state(filled: Path, begin: Begin) -> None:
    with Admin(filled) as admin:
        assert admin.requeue("s", ["dead"]) == 1
        assert admin.counts()["s"]["pending"] == 3
    rows = begin(run_id="next").take(10).result()
    assert {row.url.rpartition("/")[2]: row.attempts for row in rows} == {"pending": 0, "pending2": 0, "dead": 0}


def test_requeue_some(filled: Path) -> None:
    with Admin(filled) as admin:
        urls = ["http://www.a.example/rejected?utm_source=x", "https://a.example/unknown"]
        assert admin.requeue("s", urls=urls) == 1
        assert admin.counts()["s"]["rejected"] == 0
        assert admin.check() == []


def test_forget_starts_over_and_leaves_others(filled: Path, begin: Begin) -> None:
    with Admin(filled) as admin:
        assert admin.forget("s") == 6
        assert sum(admin.counts()["s"].values()) == 0
        assert admin.counts()["t"]["pending"] == 1
        assert admin.check() == []
    again = begin(run_id="next")
    assert again.discover(found("https://a.example/alias", FINAL.url)).result().new == 2


def test_vacuum_gives_space_back(path: Path, begin: Begin) -> None:
    ledger = begin()
    ledger.discover(found(*(f"https://a.example/{number}" for number in range(3000)))).result()
    end(ledger)
    with Admin(path) as admin:
        admin.forget("s")
        before, after = admin.vacuum()
        assert after < (before / 2 if isinstance(filled, Path) else before)  # beside tables there is much else
        assert admin.check() == []


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        ("DELETE FROM url WHERE state = 2", "known URLs without a row: 1"),
        ("DELETE FROM known WHERE url = (SELECT id FROM url WHERE state = 2)", "rows without a key: 1"),
        ("UPDATE url SET alias_of = 99 WHERE state = 5", "aliases that lead to no row: 1"),
        ("UPDATE url SET revision = 0 WHERE state = 1", "exported URLs without a revision: 1"),
        ("UPDATE url SET due = 1 WHERE state = 3", "settled URLs that are still due: 1"),
        ("UPDATE url SET run = 1 WHERE state = 0", "rows that a finished run has not given back: 3"),
        ("UPDATE visit SET n = n + 1 WHERE kind = 'new'", "runs whose visits do not add up: 1"),
        ("INSERT INTO cursor VALUES (1, 'x', 'articles', 99, NULL, 0, 0)", "cursors beyond the outbox: 1"),
    ],
)
def test_check_finds_damage(filled: Path, damage: str, problem: str) -> None:
    with Admin(filled) as admin:
        assert admin.check() == []
    with closing(open_ledger(filled).db) as db:
        db.execute(damage)
    with Admin(filled) as admin:
        assert problem in admin.check()


def test_a_ledger_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="no ledger yet"):
        Admin(tmp_path / "ledger.db")
    assert list(tmp_path.iterdir()) == []


def test_the_view_for_people_names_the_states(filled: Path) -> None:
    with closing(open_ledger(filled).db) as db:
        rows = db.execute("SELECT host, state, reason FROM urls WHERE url LIKE '%/dead'").fetchall()
    assert rows == [("a.example", "dead", "http_500")]


def test_a_site_that_is_accepted_has_no_past(begin: Callable[..., Ledger], path: Path) -> None:
    for number in range(3):
        ledger = begin()
        day = SiteDay(20_000 + number, 1, 2, 2, 0, 0, "{}")
        ledger.finish({"a.example": SiteFigures(b"%d" % number, day), "b.example": SiteFigures(b"x")}).result()
        ledger.close()
    with Admin(path) as admin:
        assert admin.accept("s", "a.example") == 1
        assert admin.accept("s", "c.example") == 0
        assert [(site, seen.day) for site, seen in admin.site_days("s", 20_001)] == [
            ("a.example", 20_001),
            ("a.example", 20_002),
        ]
    assert begin().site_past(["a.example", "b.example"]).result() == {"b.example": SitePast([b"x"] * 3, {})}


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (UrlFilter(), {"list", "wall", "late", "1"}),
        (UrlFilter(states=("rejected",)), {"list", "wall", "late"}),
        (UrlFilter(reason="listing"), {"list", "late"}),
        (UrlFilter(reason="listing", since="2026-03-02"), {"late"}),
        (UrlFilter(site="a.example"), {"list", "wall", "late"}),
        (UrlFilter(site="b.example"), {"1"}),
        (UrlFilter(site="c.example"), set()),
        (UrlFilter(near_border=True), {"late"}),
    ],
)
def test_urls_by_state_reason_time_and_site(
    wanted: UrlFilter, names: set[str], begin: Callable[..., Ledger], clock: Clock, path: Path
) -> None:
    ledger = begin()
    for name, reason in (("list", "listing"), ("wall", "consent_wall"), ("late", "listing")):
        clock.move(days=name == "late")
        ledger.settle(
            one(ledger, f"https://a.example/{name}"), "rejected", reason=reason, near_border=name == "late"
        ).result()
    ledger.discover(found("https://b.example/1")).result()
    end(ledger)
    with Admin(path) as admin:
        assert {letter.url.rpartition("/")[2] for letter in admin.urls(wanted)} == names
        near = admin.urls(UrlFilter(near="https://a.example/latest"), "s")
        assert near[0].url == "https://a.example/late"
        assert admin.requeue_matching("s", wanted) == len(names)
        assert admin.counts()["s"]["pending"] == len(names | {"1"})
