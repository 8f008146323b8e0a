"""What headers, robots.txt and tdmrep.json state about the use of a page, and which of them counts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from newscrawl.items import Rights
from newscrawl.web.rights import first_stated, of_headers, of_robots, of_tdmrep, statements

URL = "https://www.courier.example/news/2026/weir?id=7"
AGENT = "newscrawl/0.2 (+https://newscrawl.example)"


@pytest.mark.parametrize(
    ("headers", "stated"),
    [
        ({"x-robots-tag": "noai, noindex"}, {"robots": "noai, noindex"}),
        (
            {"tdm-reservation": "1", "tdm-policy": "/tdm.json"},
            {"tdm": "1", "tdm_policy": "https://www.courier.example/tdm.json"},
        ),
        ({"content-signal": "ai-train=no"}, {"content_signal": "ai-train=no"}),
        ({"content-usage": "train-ai=n"}, {"content_usage": "train-ai=n"}),
        ({"link": '</cc>; rel="license"'}, {"license": "https://www.courier.example/cc"}),
        (
            {"link": '<https://b.example/f>; rel=feed, <https://cc.example/by>; rel="license"'},
            {"license": "https://cc.example/by"},
        ),
        (
            {"link": '<https://rsl.example/l.xml>; rel=license; type="application/rsl+xml"'},
            {"license": "https://rsl.example/l.xml"},
        ),
        ({"link": '</style.css>; rel="preload"; title="license"'}, {}),
        ({"x-robots-tag": " "}, {}),
        ({}, {}),
    ],
)
def test_headers(headers: dict[str, str], stated: dict[str, str]) -> None:
    assert of_headers(headers, URL) == Rights(**stated)


ROBOTS = """
License: https://www.courier.example/rsl.xml  # for everyone
User-Agent: *
Content-Signal: search=yes, ai-train=no
Content-Usage: train-ai=n
Content-Usage: /news/ train-ai=y
Disallow: /private

User-agent: GreedyBot
User-agent: Newscrawl
Content-Signal: search=yes, ai-train=yes
License: /licence.xml
"""


def test_robots_txt_is_read_by_group() -> None:
    own = of_robots(ROBOTS, URL, AGENT)
    assert own.content_signal == "search=yes, ai-train=yes"
    assert own.license == "https://www.courier.example/licence.xml"
    assert own.content_usage is None
    other = of_robots(ROBOTS, URL, "otherbot/1.0")
    assert other.content_signal == "search=yes, ai-train=no"
    assert other.license == "https://www.courier.example/rsl.xml"
    assert other.content_usage == "train-ai=y"
    assert of_robots(ROBOTS, "https://www.courier.example/sport/1", "otherbot").content_usage == "train-ai=n"


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Content-Signal: ai-train=no", {"content_signal": "ai-train=no"}),
        ("user-agent: *\ncontent-signal:ai-train=no\n", {"content_signal": "ai-train=no"}),
        ("User-agent: other\nContent-Signal: ai-train=no", {}),
        ("User-agent: *\nContent-Usage: /n*ws/ train-ai=n", {"content_usage": "train-ai=n"}),
        ("User-agent: *\nContent-Usage: /news$ train-ai=n", {}),
        ("User-agent: *\n# Content-Signal: ai-train=no", {}),
        ("\ufeffUser-agent: *\nDisallow: /", {}),
        ("", {}),
    ],
)
def test_lines_of_robots_txt(text: str, stated: dict[str, str]) -> None:
    assert of_robots(text, URL, AGENT) == Rights(**stated)
    assert of_robots(statements(text), URL, AGENT) == Rights(**stated)


@pytest.mark.parametrize(
    ("rules", "stated"),
    [
        ([{"location": "/", "tdm-reservation": 1}], {"tdm": "1"}),
        ([{"location": "/news/", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}], {"tdm": "0"}),
        (
            [{"location": "/news/*/weir*", "tdm-reservation": "1", "tdm-policy": "/p"}],
            {"tdm": "1", "tdm_policy": "https://www.courier.example/p"},
        ),
        ([{"location": "/sport/", "tdm-reservation": 1}], {}),
        ([{"location": "/news/2026/weir$", "tdm-reservation": 1}], {}),
        ([{"location": 5}, "x", None], {}),
        ({"location": "/", "tdm-reservation": 1}, {}),
    ],
)
def test_tdmrep(rules: Any, stated: dict[str, str]) -> None:
    assert of_tdmrep(json.dumps(rules).encode(), URL) == Rights(**stated)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[" * 100_000, b"\xff\xfe"])
def test_a_broken_tdmrep_states_nothing(body: bytes) -> None:
    assert of_tdmrep(body, URL) == Rights()


def test_the_page_goes_before_headers_and_these_before_files() -> None:
    meta, header, file = (
        Rights(tdm="0"),
        Rights(tdm="1", robots="noai"),
        Rights(robots="x", content_signal="ai-train=no"),
    )
    assert first_stated([meta, header, file]) == Rights(tdm="0", robots="noai", content_signal="ai-train=no")
