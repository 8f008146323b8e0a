"""What a response states about use: its headers before what its host's robots.txt says."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import HtmlResponse

from newscrawl.fetch.fetched_page import ROBOTS_STATEMENTS, rights_of
from newscrawl.items import Rights

URL = "https://www.courier.example/news/weir"


def test_headers_go_before_robots_txt() -> None:
    robots = "User-agent: *\nContent-Signal: ai-train=no\nContent-Usage: train-ai=n"
    request = Request(URL, meta={ROBOTS_STATEMENTS: (robots, "newscrawl/0.2")})
    headers = {"X-Robots-Tag": ["noai", "noindex"], "Content-Usage": "train-ai=y", "TDM-Reservation": "1"}
    found = rights_of(HtmlResponse(URL, headers=headers, request=request))
    assert found == Rights(robots="noai, noindex", tdm="1", content_signal="ai-train=no", content_usage="train-ai=y")


def test_a_response_without_its_request_states_its_headers() -> None:
    assert rights_of(HtmlResponse(URL, headers={"X-Robots-Tag": "noai"})) == Rights(robots="noai")
