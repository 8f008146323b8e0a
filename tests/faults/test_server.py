"""The fault server itself: it is as bad as the table says, and it remembers who asked. No crawler takes part."""

from __future__ import annotations

import gzip
import ipaddress
import re
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import brotli
import pytest

from . import FAULTS, REASONS, FaultServer, articles, growing, ssrf
from .table import Fault

MIB = 1 << 20
HANGING = {name for name in FAULTS if name.startswith("hanging")} | {"robots-hanging", "chunk-of-sixteen-exabytes"}
ENDLESS = {name for name in FAULTS if "endless" in name} - {
    "sitemap-endless-index",
    "endless-next-part",
    "redirect-endless",
    "endless-redirect-body",
    "robots-endless",
}


@pytest.fixture(scope="module")
def server() -> Iterator[FaultServer]:
    with FaultServer(pace=0.002) as started:
        yield started
    assert started.errors == []


def ask(server: FaultServer, name: str, path: str | None = None, *, limit: int = 1 << 62, **headers: str) -> bytes:
    """All bytes of one answer up to the limit, or what came before 0.3 s of silence; b"RESET" at the end of a reset."""
    fault = FAULTS[name]
    target = fault.path if path is None else path
    host = f"{name}.example" if fault.by_host else f"127.0.0.1:{server.port}"
    target = target if fault.by_host else f"/{name}{target}"
    lines = [f"GET {target} HTTP/1.1", f"Host: {host}", *(f"{k.replace('_', '-')}: {v}" for k, v in headers.items())]
    with socket.create_connection(("127.0.0.1", server.port), timeout=1) as sock:
        sock.sendall("\r\n".join([*lines, "", ""]).encode())
        return _receive(sock, limit)


def _receive(sock: socket.socket, limit: int) -> bytes:
    data = bytearray()
    try:
        while len(data) < limit and not _whole(data) and (part := sock.recv(MIB)):
            data += part
    except ConnectionResetError:
        data += b"RESET"
    except TimeoutError:
        pass
    return bytes(data)


def _whole(data: bytearray) -> bool:
    """Whether the answer has as many bytes as its one Content-Length says: kept connections do not close."""
    head, gap, _ = bytes(data[:20_000]).partition(b"\r\n\r\n")
    lengths = re.findall(rb"(?i)\r\ncontent-length: (\d+)", head)
    return bool(gap) and len(lengths) == 1 and len(data) - len(head) - 4 >= int(lengths[0])


def split(answer: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers in lower case, body."""
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    return int(first.split()[1]), {k.lower(): v for k, _, v in (line.partition(": ") for line in lines)}, body


def body_of(server: FaultServer, name: str, path: str | None = None, **headers: str) -> bytes:
    return split(ask(server, name, path, **headers))[2]


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_every_row_is_complete_and_serves(server: FaultServer, fault: Fault) -> None:
    assert fault.note
    reason = re.sub(r"^http_\d{3}$", "http_NNN", fault.reason or "")
    assert not reason or reason in REASONS
    assert fault.ends in ("read", "nothing") or fault.reason or fault.entry == "listing"
    assert not (fault.reason and fault.ends == "read")
    before = len(server.errors)
    ask(server, fault.name, limit=100 if fault.name.startswith("slow") else 200_000)
    assert server.errors[before:] == []
    assert server.asked(fault.name)


@pytest.mark.parametrize("name", sorted(ENDLESS))
def test_endless_answers_do_not_end(server: FaultServer, name: str) -> None:
    assert len(ask(server, name, limit=3 * MIB)) >= 3 * MIB or name == "endless-gzip"


def test_endless_gzip_grows_faster_than_the_wire(server: FaultServer) -> None:
    wire = _dechunk(split(ask(server, "endless-gzip", limit=200_000))[2])
    assert _grown([wire], 31, 16 * MIB) >= 20 * len(wire)


@pytest.mark.parametrize("name", sorted(HANGING))
def test_hanging_answers_are_silent(server: FaultServer, name: str) -> None:
    path = "/robots.txt" if name == "robots-hanging" else None
    started = time.monotonic()
    answer = ask(server, name, path)
    assert time.monotonic() - started >= 0.3
    assert b"</html>" not in answer or name == "chunk-of-sixteen-exabytes"


@pytest.mark.parametrize("name", ["slow-body", "slow-headers"])
def test_drips_never_pause_for_long(server: FaultServer, name: str) -> None:
    assert ask(server, name, limit=150).endswith(b"aaaaa")


@pytest.mark.parametrize("name", ["reset-before-answer", "reset-inside-body", "reset-once"])
def test_resets_are_resets(server: FaultServer, name: str) -> None:
    assert ask(server, name, f"/{name}").endswith(b"RESET")


def test_reset_once_recovers(server: FaultServer) -> None:
    assert ask(server, "reset-once", "/again") == b"RESET"
    assert b"</html>" in ask(server, "reset-once", "/again")


def test_cut_and_corrupt_gzip(server: FaultServer) -> None:
    whole = articles.article("truncated-gzip").encode()
    cut = zlib.decompressobj(31)
    text = cut.decompress(body_of(server, "truncated-gzip"))
    assert whole.startswith(text)
    assert len(text) < len(whole)
    assert not cut.eof
    for name in ("corrupt-gzip", "gzip-wrong-checksum"):
        with pytest.raises((zlib.error, OSError)):
            gzip.decompress(body_of(server, name))
    missing = zlib.decompressobj(31)
    assert missing.decompress(body_of(server, "gzip-without-trailer")).endswith(b"</html>\n")
    assert not missing.eof


@pytest.mark.parametrize("name", ["gzip-trailing-zeros", "gzip-two-members", "gzip-unlabelled"])
def test_gzip_that_is_whole(server: FaultServer, name: str) -> None:
    assert gzip.decompress(body_of(server, name)).decode() == articles.article(name)


def test_other_encodings(server: FaultServer) -> None:
    assert zlib.decompress(body_of(server, "deflate-raw"), -15).decode() == articles.article("deflate-raw")
    with pytest.raises(brotli.error):
        brotli.decompress(body_of(server, "brotli-garbage"))
    data = body_of(server, "fifty-encodings")
    for _ in range(50):
        data = gzip.decompress(data)
    assert data.decode() == articles.article("fifty-encodings")


@pytest.mark.parametrize("name", ["length-too-long", "partial-body", "reset-inside-body"])
def test_fewer_bytes_than_announced(server: FaultServer, name: str) -> None:
    _, headers, body = split(ask(server, name))
    assert len(body) < int(headers["content-length"])


def test_forged_answer_waits_on_the_connection(server: FaultServer) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=1) as sock:
        sock.sendall(b"GET /extra-bytes/one HTTP/1.1\r\nHost: x\r\n\r\n")
        with suppress(TimeoutError):
            data = b""
            while part := sock.recv(MIB):
                data += part
    assert data.count(b"HTTP/1.1 200") == 2
    assert b"<h1>Forged</h1>" in data.split(b"HTTP/1.1 200")[2]


def test_false_charsets_are_false(server: FaultServer) -> None:
    body = body_of(server, "false-charset-alone")
    with pytest.raises(UnicodeDecodeError):
        body.decode()
    assert FAULTS["false-charset-alone"].title in body.decode("cp1252")
    assert FAULTS["no-charset"].title in body_of(server, "no-charset").decode("cp1251")
    assert FAULTS["utf16-with-bom"].title in body_of(server, "utf16-with-bom").decode("utf-16")
    assert FAULTS["late-meta-charset"].title in body_of(server, "late-meta-charset").decode("shift_jis")


def _grown(parts: list[bytes], window: int, enough: int) -> int:
    """Bytes that come out, up to enough, without holding them."""
    unpack, size = zlib.decompressobj(window), 0
    for part in parts:
        while part and size < enough:
            size += len(unpack.decompress(part, MIB))
            part = unpack.unconsumed_tail
    return size


def _dechunk(body: bytes) -> bytes:
    data = b""
    while b"\r\n" in body:
        size, _, body = body.partition(b"\r\n")
        data, body = data + body[: int(size, 16)], body[int(size, 16) + 2 :]
    return data


def test_bodies_grow_to_what_they_claim(server: FaultServer) -> None:
    once = body_of(server, "gzip-grows")
    assert len(once) < growing.SIZE // 10
    assert _grown([once], 31, 1 << 62) == growing.SIZE
    twice = body_of(server, "gzip-grows-in-layers")
    assert gzip.decompress(twice) == once
    thrice = body_of(server, "gzip-grows-in-three-layers")
    assert gzip.decompress(gzip.decompress(thrice)) == once
    assert _grown([body_of(server, "deflate-grows")], 15, MIB) >= MIB
    assert len(brotli.decompress(body_of(server, "brotli-grows"))) == growing.SIZE
    zstd = pytest.importorskip("compression.zstd" if _has("compression.zstd") else "backports.zstd")
    assert len(zstd.decompress(growing.zstd_body())) == growing.SIZE


def _has(module: str) -> bool:
    try:
        __import__(module)
    except ImportError:
        return False
    return True


def test_redirects(server: FaultServer) -> None:
    assert split(ask(server, "redirect-endless", "/article?n=7"))[1]["location"].endswith("/article?n=8")
    places = [split(ask(server, "redirect-loop", path))[1]["location"] for path in ("/article", "/other")]
    assert [place.rsplit("/", 1)[1] for place in places] == ["other", "article"]
    assert split(ask(server, "redirect-to-file"))[1]["location"] == "file:///etc/passwd"
    assert str(server.canary_port) in split(ask(server, "redirect-to-private"))[1]["location"]
    assert split(ask(server, "redirect-until-cookie"))[0] == 302
    assert split(ask(server, "redirect-until-cookie", Cookie="seen=1"))[0] == 200


def test_retry_after(server: FaultServer) -> None:
    status, headers, _ = split(ask(server, "busy-429-date", "/a"))
    ahead = parsedate_to_datetime(headers["retry-after"]).timestamp() - time.time()
    assert (status, 1 < ahead <= 3) == (429, True)
    assert split(ask(server, "busy-429-date", "/a"))[0] == 200
    assert [split(ask(server, "storm-503", "/storm-1"))[0] for _ in range(3)] == [503, 503, 200]


@pytest.mark.parametrize("fault", [fault for fault in FAULTS.values() if fault.status], ids=lambda fault: fault.name)
def test_statuses(server: FaultServer, fault: Fault) -> None:
    assert split(ask(server, fault.name, "/once", limit=50_000))[0] == fault.status


def test_second_visits(server: FaultServer) -> None:
    assert split(ask(server, "etag-304", If_None_Match='"v1"'))[0] == 304
    for name in ("changed-text", "changed-headline", "changing-noise"):
        assert body_of(server, name, "/x") != body_of(server, name, "/x")
    assert [split(ask(server, "gone-after-export", "/x"))[0] for _ in range(2)] == [200, 410]


def test_robots(server: FaultServer) -> None:
    assert b"Allow: /" in body_of(server, "soft-404", "/robots.txt")
    assert split(ask(server, "robots-500", "/robots.txt"))[0] == 500
    assert split(ask(server, "robots-500"))[0] == 200
    status, headers, body = split(ask(server, "robots-50-mb", "/robots.txt"))
    assert (status, len(body)) == (200, 50 << 20) == (200, int(headers["content-length"]))
    assert b"Disallow: /article" in body[:100]
    assert ask(server, "robots-reset", "/robots.txt") == b"RESET"


def test_feeds_and_sitemaps(server: FaultServer) -> None:
    assert body_of(server, "feed-100k", "/feed.xml").count(b"<item>") == 100_000
    assert b"file:///etc/passwd" in body_of(server, "sitemap-odd-locs")
    first = re.findall(rb"n=(\d+)", body_of(server, "sitemap-endless-index", "/sitemap.xml?n=5"))
    assert first == [b"10", b"11"]
    assert not body_of(server, "sitemap-gz-that-is-not").startswith(b"\x1f\x8b")
    cut = body_of(server, "sitemap-cut")
    assert (cut.count(b"<loc>"), cut.count(b"</loc>")) == (3, 2)


def test_traps_have_no_end(server: FaultServer) -> None:
    assert b"/calendar/2027/1" in body_of(server, "calendar-trap", "/calendar/2026/12")
    assert b"/calendar/2025/12" in body_of(server, "calendar-trap", "/calendar/2026/1")
    assert body_of(server, "session-ids") != body_of(server, "session-ids")
    assert b"page=1000001" in body_of(server, "pagination-trap", "/news?page=1000000")


def test_ssrf_scene_leads_to_the_target_by_every_entry(server: FaultServer) -> None:
    for host in ("127.0.0.1", "ssrf-robots.example"):
        server.targets[host] = ["http://169.254.169.254/x?a=1&b=2"]
    for path in ssrf.PATHS.values():
        assert b"169.254.169.254/x?a=1&" in ask(server, "ssrf", path)
    assert b"Location: http://169.254.169.254/x" in ask(server, "ssrf-robots", "/robots.txt")


def test_ssrf_rows() -> None:
    blocked = [row for row in ssrf.ROWS if not row.allowed]
    assert len({row.name for row in ssrf.ROWS}) == len(ssrf.ROWS)
    assert len(blocked) >= 25
    assert {row.entry for row in blocked} == set(ssrf.Entry.__args__)
    for host in [*ssrf.RESERVED.values(), *ssrf.EMBEDDED.values()]:
        plain = host.strip("[]").replace("%25", "%")
        assert ipaddress.ip_address(int(plain) if plain.isdigit() else plain)
    for url in ssrf.ALLOWED.values():
        host = urlsplit(url).hostname or ""
        assert ipaddress.ip_address(int(host) if host.isdigit() else host).is_global or "ffff" in host
    assert ipaddress.ip_address(int(ssrf.LOOPBACK_FORMS["decimal"])).is_loopback
    assert int(ssrf.LOOPBACK_FORMS["overflow"]) % 2**32 == int(ssrf.LOOPBACK_FORMS["decimal"])


def test_the_canary_notes_every_connection(server: FaultServer) -> None:
    before = len(server.intruders)
    with socket.create_connection(("127.0.0.1", server.canary_port), timeout=1) as sock:
        sock.sendall(b"GET /secret HTTP/1.1\r\n\r\n")
        assert b"secret" in sock.recv(1000)
    assert server.intruders[before:] == [b"GET /secret HTTP/1.1\r\n\r\n"]


def test_records_of_requests(server: FaultServer) -> None:
    name = "soft-404"
    threads = [threading.Thread(target=ask, args=(server, "slow-but-whole", f"/{n}")) for n in range(3)]
    seen = len(server.asked(name))
    ask(server, name, User_Agent="tester")
    ask(server, name, "/robots.txt")
    visit = server.asked(name)[-1]
    assert (visit.headers["user-agent"], visit.target, visit.scene) == ("tester", f"/{name}/article", name)
    assert visit.sent > 500
    assert len(server.asked(name)) == seen + 1 < len(server.asked(name, robots=True))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert server.peak("127.0.0.1") >= 2
    assert min(server.gaps("127.0.0.1")) >= 0


def test_scenes_by_host_name(server: FaultServer) -> None:
    assert server.host_url("robots-500") == "http://robots-500.example/article"
    assert f"robots-500.example=127.0.0.1:{server.port}" in server.hosts()
    with socket.create_connection(("127.0.0.1", server.port), timeout=1) as sock:
        sock.sendall(b"GET http://m.variants.example/listing HTTP/1.1\r\nHost: m.variants.example\r\n\r\n")
        body = split(_receive(sock, 1 << 62))[2]
    assert b'href="http://m.variants.example/2026/calm-at-sea"' in body


def test_leaving_the_server_cuts_what_hangs() -> None:
    with FaultServer() as server:
        sock = socket.create_connection(("127.0.0.1", server.port), timeout=5)
        sock.sendall(b"GET /hanging-before-headers/x HTTP/1.1\r\nHost: x\r\n\r\n")
        while not server.visits:
            time.sleep(0.01)
    with sock:
        assert sock.recv(10) == b""


def test_articles_differ_by_slug_and_only_by_slug() -> None:
    assert articles.article("a") == articles.article("a")
    assert not set(articles.paragraphs("a")) & set(articles.paragraphs("b"))
    assert len(" ".join(articles.paragraphs("a"))) > 2000
