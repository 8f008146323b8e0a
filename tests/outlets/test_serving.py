"""The server of generated outlets: hosts, conditional requests, what it remembers."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse

import pytest

from . import OutletServer, server, site
from .model import target_of

OUTLETS = [site("clutter", 4), site("sitemap-index", 4), site("big", 4)]
CLUTTER, INDEX, BIG = OUTLETS


@pytest.fixture
def running() -> Iterator[OutletServer]:
    with server(OUTLETS) as started:
        yield started


def ask(running: OutletServer, url: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    host = url.split("/")[2]
    connection = HTTPConnection("127.0.0.1", running.port, timeout=10)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, target_of(url), headers={"Host": host, **named})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_each_host_answers_with_its_own_pages(running: OutletServer) -> None:
    for outlet in OUTLETS:
        response, body = ask(running, outlet.articles[0].url)
        assert response.status == 200
        assert body == outlet.answer(outlet.host, target_of(outlet.articles[0].url)).body
    assert ask(running, "http://nobody.example/")[0].status == 421
    assert ask(running, f"{BIG.home}nothing-here")[0].status == 404


def test_what_has_not_changed_is_not_sent_again(running: OutletServer) -> None:
    url = CLUTTER.articles[0].url
    response, _ = ask(running, url)
    tag, modified = response.headers["ETag"], response.headers["Last-Modified"]
    for headers in ({"If_None_Match": tag}, {"If_Modified_Since": modified}):
        again, body = ask(running, url, **headers)
        assert (again.status, body) == (304, b"")
    assert ask(running, url, If_None_Match='"other"', If_Modified_Since=modified)[0].status == 200


def test_head_has_no_body_and_gzipped_sitemaps_are_gzip(running: OutletServer) -> None:
    response, body = ask(running, CLUTTER.home, "HEAD")
    assert (response.status, body) == (200, b"")
    assert int(response.headers["Content-Length"]) > 1000
    packed = next(url for url in INDEX.others if url.endswith(".gz"))
    assert gzip.decompress(ask(running, packed)[1]).startswith(b"<?xml")


def test_requests_are_remembered_with_the_kind_of_page(running: OutletServer) -> None:
    neighbour = f"http://{min(CLUTTER.neighbours)}/a-story"
    for url in (BIG.listings[0], BIG.articles[7].url, CLUTTER.home, neighbour):
        ask(running, url)
    assert [(one.url, one.kind, one.status) for one in running.asked(BIG)] == [
        (BIG.listings[0], "listing", 200),
        (BIG.articles[7].url, "article", 200),
    ]
    assert [one.kind for one in running.asked(CLUTTER)] == ["front", "elsewhere"]
    assert len(running.asked(BIG, "listing", "feed")) == 1
    times = [one.at for one in running.requests]
    assert times == sorted(times)


def test_settings_name_every_host(running: OutletServer) -> None:
    named = dict(pair.split("=") for pair in running.hosts.split(","))
    assert set(named) == {host for outlet in OUTLETS for host in outlet.hosts}
    assert set(named.values()) == {running.allow_private_hosts}
