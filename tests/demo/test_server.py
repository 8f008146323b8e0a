"""The demo's server: the Host header chooses the outlet, and a page that the client holds is answered 304."""

from __future__ import annotations

import signal
import subprocess
import sys
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from newscrawl.demo import expected, outlets
from newscrawl.demo.server import DemoServer
from newscrawl.demo.site import Resource

LEDGER = "harbourledger.example"


def ask(server: DemoServer, host: str, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers={"Host": host} | names)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_every_path_is_served_under_its_host(server: DemoServer, sites: dict[str, dict[str, Resource]]) -> None:
    for host, pages in sites.items():
        for path, resource in pages.items():
            response, body = ask(server, f"{host}:{server.port}", path)
            assert (response.status, body) == (200, resource.body), path
            assert response.headers["Content-Type"] == resource.content_type
            assert response.headers["ETag"]
            assert response.headers["Last-Modified"].endswith(" GMT")


def test_every_expected_url_is_a_page_of_html(sites: dict[str, dict[str, Resource]]) -> None:
    for url in expected():
        host, _, path = url.removeprefix("http://").partition("/")
        assert sites[host][f"/{path}"].content_type.startswith("text/html; charset=")


@pytest.mark.parametrize("path", ["/", "/feed/rss.xml", "/robots.txt", "/courts/lobster-pot-thief-sentenced/"])
def test_what_the_client_holds_is_not_sent_again(server: DemoServer, path: str) -> None:
    first, body = ask(server, LEDGER, path)
    etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    again, nothing = ask(server, LEDGER, path, If_None_Match=f'"other", {etag}')
    assert (again.status, nothing, again.headers["ETag"]) == (304, b"", etag)
    assert ask(server, LEDGER, path, If_Modified_Since=modified)[0].status == 304
    assert ask(server, LEDGER, path, If_None_Match='"other"', If_Modified_Since=modified)[1] == body


def test_tracking_parameters_change_nothing(server: DemoServer) -> None:
    path = "/courts/lobster-pot-thief-sentenced/"
    assert ask(server, LEDGER, path + "?utm_source=x")[1] == ask(server, LEDGER, path)[1]


def test_pages_of_a_listing_differ_by_their_query(server: DemoServer) -> None:
    first, second = (ask(server, "farodecalizo.example", f"/noticias{query}")[1] for query in ("", "?pagina=2"))
    assert first != second


def test_head_sends_no_body(server: DemoServer) -> None:
    response, body = ask(server, LEDGER, "/", method="HEAD")
    assert (response.status, body) == (200, b"")
    assert int(response.headers["Content-Length"]) > 1000


def test_unknown_paths_and_hosts_are_told(server: DemoServer) -> None:
    for outlet in outlets():
        response, body = ask(server, outlet.host, "/no/such/page")
        assert response.status == 404
        assert "ETag" not in response.headers
        assert outlet.name.encode() in body
    assert ask(server, "127.0.0.1", "/")[0].status == 421


def test_the_settings_name_every_outlet(server: DemoServer) -> None:
    address = f"127.0.0.1:{server.port}"
    assert server.hosts.split(",") == [f"{outlet.host}={address}" for outlet in outlets()]
    assert server.allow_private_hosts == address


def test_the_command_says_how_to_crawl_and_ends_on_interrupt() -> None:
    command = [sys.executable, "-m", "newscrawl.demo.server"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(len(outlets()) + 5)]
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
    address = lines[0].split()[2]
    assert [line.strip() for line in lines[1:-4]] == [outlet.home for outlet in outlets()]
    assert lines[-3].startswith("export NEWSCRAWL_HOSTS=")
    assert f"{LEDGER}={address}" in lines[-3]
    assert lines[-2] == f"export NEWSCRAWL_ALLOW_PRIVATE_HOSTS={address}\n"
    assert Path(lines[-1].split()[0]).is_file()
