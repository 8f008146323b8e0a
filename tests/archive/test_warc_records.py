"""Records of archives: damaged places, heads of all writers, bodies without an end."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from newscrawl.archive.http_message import parse_http
from newscrawl.archive.warc import ArchivedResponse, Damage, read_warc

PAGE = b"<!doctype html><title>Weir %d</title>" + b"<p>The river rose, and the weir was shut for a week.</p>" * 40


def record(
    number: int,
    *,
    http: bytes | None = None,
    kind: str = "response",
    extra: str = "",
    short: int = 0,
    lower: bool = False,
) -> bytes:
    body = PAGE % number
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body if http is None else http
    lines = [
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: http://w.example/{number}",
        "WARC-Date: 2026-11-20T08:00:00Z",
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>",
        f"Content-Type: {'text/html' if kind == 'resource' else 'application/http; msgtype=response'}",
        *([extra] if extra else []),
        f"Content-Length: {len(block) - short}",
    ]
    if lower:
        lines = [f"{name.lower()}:{value}" for name, _, value in (line.partition(":") for line in lines)]
    return "\r\n".join(["WARC/1.0", *lines, "", ""]).encode() + block + b"\r\n\r\n"


def found(data: bytes, tmp_path: Path, name: str = "a.warc") -> list[ArchivedResponse | Damage]:
    path = tmp_path / name
    path.write_bytes(data)
    return list(read_warc(path, max_bytes=100_000))


def pages(data: bytes, tmp_path: Path, name: str = "a.warc") -> list[ArchivedResponse]:
    return [one for one in found(data, tmp_path, name) if isinstance(one, ArchivedResponse)]


def noise(data: bytes) -> bytes:
    at = len(data) // 2
    return data[:at] + bytes(byte ^ 255 for byte in data[at : at + 20]) + data[at + 20 :]


@pytest.mark.parametrize("bad", [(3,), (3, 4), (3, 5), (1, 3, 7), (1, 2, 3), (8,)])
@pytest.mark.parametrize("how", ["length", "length gz", "noise gz", "lost head"])
def test_damage_costs_no_good_record_and_no_offset(bad: tuple[int, ...], how: str, tmp_path: Path) -> None:
    data, offsets = b"", {}
    for number in range(1, 9):
        one = record(number, short=5 if number in bad and "length" in how else 0)
        one = gzip.compress(one) if how.endswith("gz") else one
        if number in bad and how == "noise gz":
            one = noise(one)
        if number in bad and how == "lost head":
            one = one.replace(b"WARC/1.0", b"LOST/1.0", 1)
        offsets[f"http://w.example/{number}"] = len(data)
        data += one
    read = {one.url: one.offset for one in pages(data, tmp_path)}
    whole = {url for number, url in enumerate(offsets, 1) if "length" in how or number not in bad}
    assert whole <= set(read)
    assert all(at == offsets[url] for url, at in read.items())
    if "length" not in how:
        assert any(isinstance(one, Damage) for one in found(data, tmp_path))


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n",
        b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n",
        b"HTTP/1.0 200\nCONTENT-TYPE:text/html\nX-Long: a\n b\n\n",
        b"HTTP/2 200 OK\r\nContent-Type: text/html\n\n",
    ],
)
def test_heads_of_all_servers(head: bytes, packed: bool, tmp_path: Path) -> None:
    data = [record(number, http=head + PAGE % number) for number in (1, 2)]
    (first, second) = pages(b"".join(map(gzip.compress, data) if packed else data), tmp_path)
    assert (first.status, first.headers["content-type"], first.body) == (200, "text/html", PAGE % 1)
    assert second.body == PAGE % 2


@pytest.mark.parametrize("packed", [False, True])
def test_fields_in_lower_case(packed: bool, tmp_path: Path) -> None:
    data = [record(number, lower=number in (2, 3)) for number in range(1, 5)]
    data = [gzip.compress(one) for one in data] if packed else data
    read = pages(b"".join(data), tmp_path)
    assert [one.url for one in read] == [f"http://w.example/{number}" for number in range(1, 5)]
    assert [one.offset for one in read] == [sum(map(len, data[:number])) for number in range(4)]
    assert read[2].date == "2026-11-20T08:00:00Z"


def test_a_resource_is_a_page_and_other_records_are_none(tmp_path: Path) -> None:
    log = record(3, kind="resource", http=b"log").replace(b"http://w.example/3", b"metadata://w.example/3")
    data = record(1, kind="resource", http=PAGE % 1) + record(2, kind="request", http=b"GET / HTTP/1.1\r\n\r\n")
    (read,) = pages(data + log + record(4, kind="metadata", http=b"x: y"), tmp_path)
    assert (read.url, read.status, read.body) == ("http://w.example/1", 200, PAGE % 1)
    assert read.headers["content-type"] == "text/html"


def test_an_archive_in_one_gzip_member(tmp_path: Path) -> None:
    data = gzip.compress(b"".join(record(number) for number in range(1, 6)))
    assert [one.url[-1] for one in pages(data, tmp_path, "a.warc.gz")] == list("12345")
    assert not [one for one in found(data, tmp_path, "a.warc.gz") if isinstance(one, Damage)]


@pytest.mark.parametrize(
    ("extra", "head", "body", "is_truncated"),
    [
        ("", b"Content-Type: text/html", PAGE, False),
        ("WARC-Truncated: length", b"Content-Type: text/html", PAGE, True),
        ("WARC-Truncated: time", b"Content-Type: text/html", PAGE, True),
        ("", b"Content-Length: 99999", PAGE, True),
        ("", b"Content-Length: 9", PAGE, False),
        ("", b"Content-Length: 99999\r\nContent-Encoding: gzip", gzip.compress(PAGE), False),
        ("", b"Content-Encoding: gzip", gzip.compress(PAGE)[:-40], True),
        ("", b"Transfer-Encoding: chunked", b"5\r\n<p>ab\r\n4\r\n</p>\r\n0\r\n\r\n", False),
        ("", b"Transfer-Encoding: chunked", b"5\r\n<p>ab\r\n4\r\n</p", True),
        ("", b"Transfer-Encoding: chunked", PAGE, False),
    ],
)
def test_a_body_without_its_end(extra: str, head: bytes, body: bytes, is_truncated: bool, tmp_path: Path) -> None:
    http = b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n" + body
    (read,) = pages(record(1, http=http, extra=extra), tmp_path)
    assert read.is_truncated is is_truncated


def test_what_is_no_http_message_is_none() -> None:
    assert parse_http(b"20260101 dns answer") is None
    message = parse_http(b"HTTP/1.1 451 No\r\nLink: <a>\r\nLink: <b>\r\nX-A: 1\r\nX-A: 2\r\nbroken\r\n\r\n")
    assert message is not None
    assert (message.status, message.headers) == (451, {"link": "<a>, <b>", "x-a": "2"})
