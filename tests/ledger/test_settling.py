"""What becomes of a row: states, revisions, tombstones, aliases, retries, and the balance of the run."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from sqlite3 import Connection

import pytest

from newscrawl.ledger import STATES, Ledger, NotTakenError, Validators, Visit
from newscrawl.ledger.admin import Admin
from newscrawl.ledger.revisit_policy import UNTIL, brought_forward, next_visit, retry_at
from newscrawl.web.urls import url_key
from tests.ledger.rig import Clock, found
from tests.ledger.settling import FINAL, URL, article, end, messages, one, state

Begin = Callable[..., Ledger]


def test_an_article_is_exported_once(begin: Begin) -> None:
    ledger = begin()
    assert article(ledger, one(ledger)) == "new"
    assert [message["revision"] for message in messages(ledger)] == [1]
    assert ledger.take(1).result() == []
    report = end(ledger)
    assert (state(report), report.visits["new"], report.known, report.outbox) == ("exported", 1, 1, 1)


def test_a_row_is_settled_once(begin: Begin) -> None:
    ledger = begin()
    row = one(ledger)
    article(ledger, row)
    with pytest.raises(NotTakenError):
        article(ledger, row, "other")
    assert len(messages(ledger)) == 1
    assert end(ledger).balanced


def test_another_run_cannot_settle_it(begin: Begin) -> None:
    row = one(begin())
    with pytest.raises(NotTakenError):
        begin().settle(row, "rejected", reason="listing").result()


@pytest.mark.parametrize("record", [None, b"", b'{"body":\n"x"}'])
def test_an_article_needs_one_line_of_record(begin: Begin, record: bytes | None) -> None:
    ledger = begin()
    row = one(ledger)
    with pytest.raises(ValueError):
        ledger.settle(row, "article", record=record, content_hash="00")
    with pytest.raises(ValueError):
        ledger.settle(row, "article", record=b"{}", content_hash="no hex").result()
    assert article(ledger, row) == "new"


def test_a_record_is_made_in_the_transaction_that_stores_it(begin: Begin) -> None:
    """And what it writes there is undone with it."""

    def make(db: Connection) -> bytes:
        assert db.in_transaction
        db.execute("INSERT INTO lock (name, run) VALUES ('made', 0)")
        return b'{"made": true}' if made else b"two\nlines"

    ledger = begin()
    row, made = one(ledger), False
    with pytest.raises(ValueError, match="one line"):
        ledger.settle(row, "article", record=make, content_hash="00").result()
    made = True
    assert ledger.settle(row, "article", record=make, content_hash="00").result() == "new"
    assert messages(ledger) == [{"made": True}]


def test_no_record_is_made_where_none_goes_out(begin: Begin, clock: Clock) -> None:
    ledger = begin()
    article(ledger, one(ledger))
    end(ledger)
    clock.move(days=30)
    ledger = begin()
    (row,) = ledger.take(1).result()
    same = sha256(b"text").hexdigest()
    assert (
        ledger.settle(row, "article", record=lambda _: pytest.fail("made"), content_hash=same).result() == "unchanged"
    )


def test_revisits_tell_new_text_from_old(begin: Begin, clock: Clock) -> None:
    ledger = begin()
    article(ledger, one(ledger), validators=Validators('"1"', "Sun"))
    end(ledger)
    seen: list[tuple[Visit, int, str | None]] = []
    texts = ("text", "text, corrected", "text, corrected", "text")
    for text, days in zip(texts, (30, 60, 180, 540), strict=True):
        clock.move(days=days)
        ledger = begin()
        (row,) = ledger.take(1).result()
        seen.append((article(ledger, row, text, validators=Validators(f'"{text}"')), row.revision, row.validators.etag))
        end(ledger)
    corrected = '"text, corrected"'
    assert seen == [
        ("unchanged", 1, '"1"'),
        ("revised", 1, '"text"'),
        ("unchanged", 2, corrected),
        ("revised", 2, corrected),
    ]
    assert [message["revision"] for message in messages(begin())] == [1, 2, 3]


def test_304_keeps_validators_and_gives_no_record(begin: Begin, clock: Clock) -> None:
    ledger = begin()
    article(ledger, one(ledger), validators=Validators('"1"', "Sun"))
    end(ledger)
    for days in (30, 60):
        clock.move(days=days)
        ledger = begin()
        (row,) = ledger.take(1).result()
        assert row.validators == Validators('"1"', "Sun")
        assert ledger.settle(row, "unchanged", http_status=304).result() == "unchanged"
        assert state(end(ledger)) == "exported"
    assert len(messages(begin())) == 1


def test_revisits_can_be_off(begin: Begin, clock: Clock) -> None:
    ledger = begin()
    article(ledger, one(ledger))
    end(ledger)
    clock.move(days=30)
    assert begin(revisit=False).take(1).result() == []
    assert len(begin().take(1).result()) == 1


def test_a_later_date_in_a_feed_brings_a_revisit_forward(begin: Begin, clock: Clock) -> None:
    old = found(URL, date="2026-01-01")
    ledger = begin()
    ledger.discover(old).result()
    article(ledger, ledger.take(1).result()[0])
    end(ledger)
    clock.move(hours=3)
    ledger = begin()
    assert ledger.discover(old).result().due == 0
    assert ledger.discover(found(URL, date="2026-03-01T14:00:00Z")).result().due == 1
    assert article(ledger, ledger.take(1).result()[0]) == "unchanged"
    assert ledger.discover(found(URL, date="2026-03-01T15:00:00Z")).result().due == 0
    end(ledger)
    clock.move(hours=1)
    assert begin().discover(found(URL, date="2026-03-01T16:00:00Z")).result().due == 0  # quiet: 2 h now


def test_a_rejection_is_final_but_for_what_was_exported(begin: Begin, clock: Clock) -> None:
    ledger = begin()
    assert ledger.settle(one(ledger), "rejected", reason="listing").result() == "rejected"
    article(ledger, one(ledger, "https://a.example/2"))
    end(ledger)
    clock.move(days=30)
    ledger = begin()
    (row,) = ledger.take(5).result()
    ledger.settle(row, "rejected", reason="consent").result()
    report = end(ledger)
    assert (report.states["rejected"], report.states["exported"], report.visits["rejected"]) == (1, 1, 1)


def test_failures_end_in_dead(begin: Begin, clock: Clock) -> None:
    ledger = begin()
    row = one(ledger)
    for attempt in range(5):
        assert row.attempts == attempt
        assert ledger.settle(row, "failed", reason="timeout").result() == "failed"
        assert ledger.take(1).result() == []  # not again in this run
        report = end(ledger)
        clock.move(days=3)
        ledger = begin()
        if attempt < 4:
            assert state(report) == "pending"
            (row,) = ledger.take(1).result()
    assert state(report) == "dead"


def test_first_retry_is_in_the_next_run_the_others_wait(begin: Begin, clock: Clock) -> None:
    for expected in (1, 1, 0):
        ledger = begin()
        ledger.discover(found(URL)).result()
        rows = ledger.take(1).result()
        assert len(rows) == expected
        for row in rows:
            ledger.settle(row, "failed", reason="timeout").result()
        end(ledger)
        clock.move(minutes=5)


def test_success_ends_the_count_of_failures(begin: Begin, clock: Clock) -> None:
    ledger = begin()
    ledger.settle(one(ledger), "failed", reason="timeout").result()
    end(ledger)
    ledger = begin()
    article(ledger, ledger.take(1).result()[0])
    end(ledger)
    clock.move(days=30)
    assert begin().take(1).result()[0].attempts == 0


def test_a_failed_revisit_keeps_the_article(begin: Begin, clock: Clock) -> None:
    ledger = begin(max_failures=2)
    article(ledger, one(ledger), validators=Validators('"1"'))
    end(ledger)
    for _ in range(2):
        clock.move(days=30)
        ledger = begin(max_failures=2)
        ledger.settle(ledger.take(1).result()[0], "failed", reason="http_503").result()
        report = end(ledger)
    assert state(report) == "exported"
    clock.move(days=180)
    ledger = begin()
    assert article(ledger, ledger.take(1).result()[0]) == "unchanged"


@pytest.mark.parametrize("status", [404, 410])
def test_gone_after_export_leaves_a_tombstone(begin: Begin, clock: Clock, status: int) -> None:
    ledger = begin()
    article(ledger, one(ledger))
    end(ledger)
    clock.move(days=30)
    ledger = begin()
    assert ledger.settle(ledger.take(1).result()[0], "gone", http_status=status).result() == "gone"
    assert messages(ledger, "tombstones") == [
        {
            "id": url_key("s", URL).hex(),
            "url": URL,
            "normalized_url": URL,
            "revision": 1,
            "http_status": status,
            "gone_at": "2026-03-31T12:00:00Z",
            "spider": "s",
            "run_id": "2",
        }
    ]
    assert state(end(ledger)) == "gone"


@pytest.mark.parametrize(("status", "expected"), [(404, "pending"), (410, "dead")])
def test_gone_before_export_is_a_failure(begin: Begin, status: int, expected: str) -> None:
    ledger = begin()
    assert ledger.settle(one(ledger), "gone", http_status=status).result() == "failed"
    assert messages(ledger, "tombstones") == []
    assert state(end(ledger)) == expected


def test_the_balance_counts_every_visit(begin: Begin) -> None:
    ledger = begin()
    ledger.discover(found(*(f"https://a.example/{number}" for number in range(8)))).result()
    rows = ledger.take(7).result()
    ledger.settle(rows[0], "rejected", reason="listing")
    ledger.settle(rows[1], "failed", reason="timeout")
    ledger.settle(rows[2], "gone", http_status=410)
    article(ledger, rows[3])
    article(ledger, rows[4], final_url=FINAL)
    report = end(ledger)
    assert report.visits == {
        "new": 2,
        "revised": 0,
        "unchanged": 0,
        "rejected": 1,
        "failed": 2,
        "alias": 0,
        "gone": 0,
    }
    assert report.states == dict(zip(STATES, (4, 2, 1, 1, 0, 1), strict=True))
    assert (report.known, report.found, report.taken, report.returned) == (9, 9, 7, 2)


def test_policy_visits_fresh_articles_soon_and_old_ones_rarely() -> None:
    visits, visited = [], 0
    while (due := next_visit(0, visited)) is not None:
        visits.append(due // 3600)
        visited = due
    assert visits[:6] == [1, 3, 9, 27, 81, 243]
    assert visits[-1] * 3600 > UNTIL > visits[-2] * 3600
    assert next_visit(1_000_000, 0) == 3600  # dated after the visit


def test_waits_are_bounded() -> None:
    assert brought_forward(0, 99) == 3600 * 1024
    assert [retry_at(attempts, 0) // 3600 for attempts in range(1, 6)] == [0, 1, 4, 16, 64]
    assert retry_at(10**9, 0) == 3600 * 1024


def test_a_wall_is_tried_again_by_a_schedule_and_other_pages_are_not(begin: Begin, clock: Clock) -> None:
    days = []
    for day in range(60):
        ledger = begin()
        if day == 0:
            ledger.discover(found(URL, "https://a.example/list")).result()
        for row in ledger.take(10).result():
            if row.url == URL:
                days.append(day)
            ledger.settle(row, "rejected", reason="consent_wall" if row.url == URL else "listing").result()
        assert state(end(ledger)) == "rejected"
        clock.move(days=1)
    assert days == [0, 1, 4, 13, 40]


def test_what_was_rejected_while_a_site_looked_different_is_tried_again(begin: Begin, clock: Clock, path: Path) -> None:
    ledger = begin()
    before, since = one(ledger, "https://a.example/before"), int(clock.now.timestamp())
    ledger.settle(before, "rejected", reason="listing").result()
    end(ledger)
    clock.move(hours=1)
    ledger = begin()
    ledger.settle(one(ledger), "rejected", reason="listing").result()
    ledger.settle(one(ledger, "https://b.example/1"), "rejected", reason="listing").result()
    assert ledger.try_rejected_again("a.example", since).result() == 1
    end(ledger)
    clock.move(days=1)
    ledger = begin()
    (row,) = ledger.take(10).result()
    assert (row.url, row.attempts) == (URL, 1)
    assert article(ledger, row) == "new"
    end(ledger)
    with Admin(path) as admin:
        assert admin.check() == []


def test_the_next_visit_goes_by_the_articles_own_date(begin: Begin, clock: Clock) -> None:
    ledger = begin()
    article(ledger, one(ledger), published="2026-02-19T12:00:00Z")  # ten days ago, in a feed without dates
    end(ledger)
    clock.move(days=19)
    ledger = begin()
    assert ledger.take(1).result() == []
    end(ledger)
    clock.move(days=2)
    assert len(begin().take(1).result()) == 1


def test_articles_of_the_last_days_are_visited_now(begin: Begin, clock: Clock) -> None:
    ledger = begin()
    for host, day in (("a", 19), ("a", 28), ("b", 28)):
        row = one(ledger, f"https://{host}.example/{day}")
        article(ledger, row, published=f"2026-02-{day}T12:00:00Z")
    end(ledger)
    ledger = begin(revisit=3 * 24 * 3600, scope={"a.example"})
    assert [row.url for row in ledger.take(9).result()] == ["https://a.example/28"]
