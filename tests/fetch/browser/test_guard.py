"""No traffic of the browser reaches a private address, whatever a page tries: canaries there count who comes by."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crawl.crawling import Crawl

from .site import NAME, RENDER, SHELL, Answer, Server, feed, spider, story

pytestmark = pytest.mark.e2e

TRICKS = """
const at = "http://127.0.0.1:%(port)d/";
const add = (tag, set) => document.body.append(Object.assign(document.createElement(tag), set));
fetch(at + "fetch", {mode: "no-cors"}).catch(() => 0);
fetch("http://inside.example:%(port)d/dns", {mode: "no-cors"}).catch(() => 0);
fetch("/to/redirect", {mode: "no-cors"}).catch(() => 0);
add("script", {src: at + "script"});
add("iframe", {src: at + "iframe"});
add("iframe", {src: "/to/iframe-redirect"});
add("link", {rel: "stylesheet", href: at + "stylesheet"});
add("link", {rel: "preconnect", href: at});
new WebSocket("ws://127.0.0.1:%(port)d/websocket");
new EventSource(at + "event-source");
window.open(at + "popup");
navigator.sendBeacon(at + "beacon", "x");
const worker = 'fetch("' + at + 'worker", {mode: "no-cors"})';
new Worker(URL.createObjectURL(new Blob([worker])));
const peer = new RTCPeerConnection({iceServers: [
  {urls: "stun:127.0.0.1:%(udp)d"},
  {urls: "turn:127.0.0.1:%(port)d?transport=tcp", username: "a", credential: "b"}]});
peer.createDataChannel("x");
peer.createOffer().then(offer => peer.setLocalDescription(offer));
"""
WAYS = {
    "/fetch", "/dns", "/redirect", "/script", "/iframe", "/iframe-redirect", "/stylesheet", "/websocket",
    "/event-source", "/worker", "/top",
}  # fmt: skip
"""What comes to the canary where it is allowed: the tricks work."""
DNS_SAYS_PRIVATE = """
import socket
asked = socket.getaddrinfo
socket.getaddrinfo = lambda host, *more, **rest: asked("127.0.0.1" if host == "inside.example" else host, *more, **rest)
"""


@pytest.fixture
def canary() -> Iterator[Server]:
    with Server(lambda path: ("text/html", b"<p>Inside.")) as server:
        yield server


@pytest.fixture
def udp() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.setblocking(False)
        yield listening


@pytest.fixture
def site(canary: Server, udp: socket.socket) -> Iterator[Server]:
    tricks = TRICKS % {"port": canary.port, "udp": udp.getsockname()[1]}

    def answer(path: str) -> Answer | None:
        if path == "/harbour/the-story-that-tries-all":
            return "text/html", SHELL.format(head="", script=RENDER + tricks).encode()
        if path == "/harbour/the-story-that-leads-elsewhere":
            return 302, f"http://127.0.0.1:{canary.port}/top"
        if path.startswith("/to/"):
            return 302, f"http://127.0.0.1:{canary.port}/{path.removeprefix('/to/')}"
        return (
            feed("the-story-that-tries-all", "the-story-that-leads-elsewhere") if path == "/feed.xml" else story(path)
        )

    with Server(answer) as server:
        yield server


@pytest.mark.parametrize("allowed", [False, True])
def test_nothing_private_is_reached(
    allowed: bool, tmp_path: Path, site: Server, canary: Server, udp: socket.socket
) -> None:
    (tmp_path / "quaypost.py").write_text(spider())
    (tmp_path / "sitecustomize.py").write_text(DNS_SAYS_PRIVATE)
    private = f"127.0.0.1:{canary.port},inside.example:{canary.port}" if allowed else ""
    crawl = Crawl(tmp_path, hosts=f"{NAME}=127.0.0.1:{site.port}", allowed=private)
    done = crawl.run("quaypost", "-s", "SPIDER_MODULES=quaypost")
    assert len(crawl.records()) == 1, done.stderr
    with pytest.raises(BlockingIOError):
        udp.recv(1)
    if allowed:
        assert set(canary.asked) >= WAYS
    else:
        assert canary.connections == 0
