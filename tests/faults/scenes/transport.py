"""Connections that break, stall, or speak something near to HTTP."""

from __future__ import annotations

from .. import articles
from ..exchange import Exchange
from ..table import fault


def _page(exchange: Exchange) -> bytes:
    return articles.article(exchange.name).encode()


@fault("pending", "connection_lost")
def reset_before_answer(exchange: Exchange) -> None:
    """RST as soon as the request is read."""
    exchange.reset()


@fault("pending", "truncated_body")
def reset_inside_body(exchange: Exchange) -> None:
    """RST after half of the body."""
    data = _page(exchange)
    exchange.head(Content_Length=str(len(data)))
    exchange.send(data[: len(data) // 2])
    exchange.reset()


@fault("read")
def reset_once(exchange: Exchange) -> None:
    """RST for the first request, the article for the second."""
    if exchange.first():
        exchange.reset()
    else:
        exchange.article()


@fault("pending", "connection_lost")
def closed_before_answer(exchange: Exchange) -> None:
    """The connection is closed in order, without an answer."""


@fault("pending", "timeout")
def hanging_before_headers(exchange: Exchange) -> None:
    """Takes the request and never says a word. A SIGTERM in the meantime must still end the crawl within 8 s."""
    exchange.hang()


@fault("pending", "timeout")
def hanging_inside_headers(exchange: Exchange) -> None:
    """A status line and half a header, then silence."""
    exchange.send(b"HTTP/1.1 200 OK\r\nContent-Ty")
    exchange.hang()


@fault("pending", "timeout")
def hanging_inside_body(exchange: Exchange) -> None:
    """Half of the body, then silence."""
    data = _page(exchange)
    exchange.head(Content_Length=str(len(data)))
    exchange.send(data[: len(data) // 2])
    exchange.hang()


@fault("pending", "timeout")
def slow_body(exchange: Exchange) -> None:
    """A byte at a time, without end: an idle timeout never fires, only a limit on the whole does."""
    exchange.head(Content_Length="1000000")
    exchange.forever(b"a", exchange.pace)


@fault("pending", "timeout")
def slow_headers(exchange: Exchange) -> None:
    """A header line that grows by a byte at a time."""
    exchange.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    exchange.forever(b"a", exchange.pace)


@fault("read")
def slow_but_whole(exchange: Exchange) -> None:
    """The article in twenty pieces with pauses between: slow, and right."""
    data = _page(exchange)
    exchange.head(Content_Length=str(len(data)))
    for start in range(0, len(data), len(data) // 20):
        exchange.wait(exchange.pace)
        exchange.send(data[start : start + len(data) // 20])


@fault("pending", "connection_lost")
def huge_header(exchange: Exchange) -> None:
    """One header line of 1 MB."""
    exchange.head(X_Large="a" * 1_000_000, Content_Length="0")


@fault("pending", "timeout", most_bytes=32 << 20)
def endless_headers(exchange: Exchange) -> None:
    """Header lines without end."""
    exchange.send(b"HTTP/1.1 200 OK\r\n")
    exchange.forever(b"".join(b"X-Line-%d: %s\r\n" % (number, b"a" * 100) for number in range(1000)))


@fault("pending", "timeout", most_bytes=32 << 20)
def endless_informational(exchange: Exchange) -> None:
    """100 Continue, again and again, and never an answer."""
    exchange.forever(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, 0.001)


@fault("read")
def early_hints(exchange: Exchange) -> None:
    """103 Early Hints before the answer."""
    exchange.send(b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n")
    exchange.article()


@fault("pending", "bad_response")
def malformed_status_line(exchange: Exchange) -> None:
    """A status line whose status is no number."""
    exchange.send(b"HTTP/1.1 fine OK\r\nContent-Type: text/html\r\n\r\n" + _page(exchange))


@fault("pending", "bad_response")
def not_http(exchange: Exchange) -> None:
    """Another protocol's greeting."""
    exchange.send(b"SSH-2.0-OpenSSH_9.6\r\n\x00\x00\x01\x14")


@fault("pending", "bad_response")
def no_headers_at_all(exchange: Exchange) -> None:
    """HTTP/0.9: the body and nothing else."""
    exchange.send(_page(exchange))


@fault("read")
def bare_newlines(exchange: Exchange) -> None:
    """Lines that end in LF in place of CRLF."""
    data = _page(exchange)
    exchange.send(b"HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: %d\n\n" % len(data) + data)


@fault("read")
def latin_1_headers(exchange: Exchange) -> None:
    """Header values and a reason phrase with bytes over 127."""
    data = _page(exchange)
    head = b"HTTP/1.1 200 \xc9t\xe9\r\nX-Served-By: caf\xe9 \xff\r\nContent-Type: text/html; charset=utf-8\r\n"
    exchange.send(head + b"Content-Length: %d\r\n\r\n" % len(data) + data)


@fault("read")
def cookie_flood(exchange: Exchange) -> None:
    """A hundred cookies of 100 bytes; sent back, they make the next request's head 10 KB."""
    cookies = b"".join(b"Set-Cookie: c%d=%s; Path=/\r\n" % (number, b"a" * 100) for number in range(100))
    data = _page(exchange)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + cookies
    exchange.send(head + b"Content-Length: %d\r\n\r\n" % len(data) + data)


@fault("pending", "bad_response")
def two_lengths(exchange: Exchange) -> None:
    """Two Content-Length headers that differ: a request smuggler's answer."""
    data = _page(exchange)
    lines = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\nContent-Length: %d\r\n\r\n"
    exchange.send(lines % len(data) + data)


@fault("pending", "bad_response")
def negative_length(exchange: Exchange) -> None:
    """Content-Length: -1."""
    exchange.head(Content_Length="-1")
    exchange.send(_page(exchange))


@fault("pending", "truncated_body")
def chunk_size_garbage(exchange: Exchange) -> None:
    """The second chunk's size is no number."""
    data = _page(exchange)
    exchange.head(Transfer_Encoding="chunked")
    exchange.send(b"%x\r\n%s\r\nzz\r\nmore\r\n0\r\n\r\n" % (len(data) // 2, data[: len(data) // 2]))


@fault("pending", "truncated_body")
def chunks_without_end(exchange: Exchange) -> None:
    """The connection is closed without the last, empty chunk."""
    data = _page(exchange)
    exchange.head(Transfer_Encoding="chunked")
    exchange.send(b"%x\r\n%s\r\n" % (len(data) // 2, data[: len(data) // 2]))


@fault("pending", "timeout")
def chunk_of_sixteen_exabytes(exchange: Exchange) -> None:
    """A chunk announced as ffffffffffffffff bytes; a page, then silence."""
    exchange.head(Transfer_Encoding="chunked")
    exchange.send(b"ffffffffffffffff\r\n" + _page(exchange))
    exchange.hang()


@fault("pending", "truncated_body", most_bytes=32 << 20)
def endless_chunk_extension(exchange: Exchange) -> None:
    """A chunk's size line that goes on and on."""
    exchange.head(Transfer_Encoding="chunked")
    exchange.send(b"5;name=")
    exchange.forever(b"a" * 65536)
