"""Feeds of what was found, read by readers of feeds."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser
import pytest
from scrapy.exceptions import UsageError

from newscrawl.delivery.feed_formats import CopyLink, Item, atom, json_feed, rss
from newscrawl.delivery.targets import feed
from tests.delivery.export_rig import Crawls, Folder, expected, three_days


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path, three_days(tmp_path / "data", 40))


def item(**changed: object) -> Item:
    values = {
        "key": "k",
        "url": "https://a.example/1?a=1&b=2",
        "title": 'Ferry <b>& \x01 "co"',
        "summary": "It sails ]]> 🚢",
        "found_at": "2026-03-01T12:00:00Z",
        "changed_at": "2026-03-02T12:00:00Z",
        "outlet": "Paper",
        "authors": ["Ann Ode"],
        "tags": ["sea & land"],
        "copies": [CopyLink(url="https://b.example/1", name="Post")],
    }
    return Item(**{**values, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize("form", [rss, atom])
def test_readers_of_feeds_find_what_was_put_in(form: feed.Callable[..., bytes]) -> None:
    read = feedparser.parse(form("All", [item()]))
    assert not read.bozo
    assert read.feed.title == "All"
    (entry,) = read.entries
    assert entry.link == "https://a.example/1?a=1&b=2"
    assert "Also: Post" in entry.summary
    assert entry.published_parsed[:3] == (2026, 3, 1)
    assert entry.tags[0].term == "sea & land"
    assert "&" in entry.title
    assert "\x01" not in entry.title


def test_an_empty_feed_is_a_feed() -> None:
    assert not feedparser.parse(rss("All", [])).bozo
    assert not feedparser.parse(atom("All", [])).bozo
    assert json.loads(json_feed("All", []))["items"] == []


def test_copies_are_folded_and_what_is_gone_goes(folder: Folder, tmp_path: Path) -> None:
    folder.export(f"feed:{tmp_path}/all.json")
    items = json.loads((tmp_path / "all.json").read_text())["items"]
    records = expected(folder.data)
    gone = {record["url"] for record in records if "gone_at" in record}
    shown = [entry["url"] for entry in items] + [copy["url"] for entry in items for copy in entry["_copies"]]
    assert sorted(shown) == sorted({record["url"] for record in records} - gone)
    assert any(entry["_copies"] for entry in items)
    folder.crawls.day(100)
    folder.export(f"feed:{tmp_path}/all.json")
    assert json.loads((tmp_path / "all.json").read_text())["items"][0]["url"].endswith("/100")


def test_a_feed_of_one_outlet_or_topic(folder: Folder, tmp_path: Path) -> None:
    folder.export(f"feed:{tmp_path}/a.json?source=a.example&topic=Harbour")
    items = json.loads((tmp_path / "a.json").read_text())["items"]
    assert items
    assert {entry["url"].split("/")[2] for entry in items} == {"a.example"}
    assert all(int(entry["url"].rpartition("/")[2]) % 2 for entry in items)


def test_the_newest_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "ITEMS", 3)
    folder = Folder(tmp_path, Crawls(tmp_path / "data"))
    folder.crawls.day(2, 3, 4, 5, 8, 9)
    folder.export(f"feed:{tmp_path}/all.rss")
    assert len(feedparser.parse((tmp_path / "all.rss").read_bytes()).entries) == 3


@pytest.mark.parametrize(("address", "said"), [("x.txt", "should end in"), ("x.rss?sourec=a", "chosen by source")])
def test_what_is_no_feed_is_refused(folder: Folder, tmp_path: Path, address: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        folder.command("--to", f"feed:{tmp_path}/{address}")
