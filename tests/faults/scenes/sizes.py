"""Bodies that are over the limit of the test, endless, or grow over it when they are decompressed."""

from __future__ import annotations

import zlib

from .. import articles, growing
from ..exchange import Exchange
from ..table import fault

MIB = 1 << 20
BIG = 24 * MIB
ROOM = 12 * MIB
"""Most bytes that a client with a limit of 1 MiB takes, with all buffers between counted generously."""


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


@fault("pending", "too_large", most_bytes=ROOM)
def big_body(exchange: Exchange) -> None:
    """24 MiB, announced by Content-Length: the header is enough to leave."""
    exchange.head(Content_Length=str(BIG))
    for _ in range(BIG // MIB):
        exchange.send(growing.BLOCK)


@fault("pending", "too_large", most_bytes=ROOM)
def big_chunked_body(exchange: Exchange) -> None:
    """24 MiB in chunks, unannounced."""
    exchange.head(Transfer_Encoding="chunked")
    for _ in range(BIG // MIB):
        exchange.send(_chunk(growing.BLOCK))
    exchange.send(b"0\r\n\r\n")


@fault("pending", "too_large", most_bytes=ROOM)
def endless_body(exchange: Exchange) -> None:
    """No length, no end."""
    exchange.head(Connection="close")
    exchange.forever(growing.BLOCK)


@fault("pending", "too_large", most_bytes=ROOM)
def endless_chunks(exchange: Exchange) -> None:
    """Chunks without end, an article at their beginning."""
    exchange.head(Transfer_Encoding="chunked")
    exchange.send(_chunk(articles.article(exchange.name).encode()))
    exchange.forever(_chunk(growing.BLOCK))


@fault("pending", "too_large", most_bytes=ROOM)
def endless_gzip(exchange: Exchange) -> None:
    """A gzip stream without end."""
    exchange.head(Content_Encoding="gzip", Transfer_Encoding="chunked")
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    part = squeeze.compress(growing.BLOCK) + squeeze.flush(zlib.Z_FULL_FLUSH)
    exchange.send(_chunk(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03"))
    exchange.forever(_chunk(part))


@fault("pending", "too_large", most_bytes=ROOM)
def endless_redirect_body(exchange: Exchange) -> None:
    """A redirect to a good article whose own body never ends. The body of a redirect is of no use; going on at once to
    /target is as good."""
    if exchange.rest == "/target":
        exchange.article()
        return
    exchange.head(302, Location=f"{exchange.base}/target", Transfer_Encoding="chunked")
    exchange.forever(_chunk(growing.BLOCK))


@fault("pending", "too_large", status=404, most_bytes=ROOM)
def endless_404(exchange: Exchange) -> None:
    """A 404 whose body never ends."""
    exchange.head(404, Transfer_Encoding="chunked")
    exchange.forever(_chunk(growing.BLOCK))


@fault("pending", "too_large")
def gzip_grows(exchange: Exchange) -> None:
    """gzip that becomes 3 MiB of paragraphs."""
    exchange.reply(growing.gzip_body(), Content_Encoding="gzip")


@fault("pending", "too_large")
def gzip_grows_in_layers(exchange: Exchange) -> None:
    """The same, gzipped once more: harmless after the first layer."""
    exchange.reply(growing.nested_gzip(growing.gzip_body(), 1), Content_Encoding="gzip, gzip")


@fault("pending", "too_large")
def gzip_grows_in_three_layers(exchange: Exchange) -> None:
    """And once more, each layer in a header of its own."""
    data = growing.nested_gzip(growing.gzip_body(), 2)
    lines = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + b"Content-Encoding: gzip\r\n" * 3
    exchange.send(lines + b"Content-Length: %d\r\n\r\n" % len(data) + data)


@fault("pending", "too_large")
def deflate_grows(exchange: Exchange) -> None:
    """3 MiB by Content-Encoding deflate."""
    exchange.reply(growing.zlib_body(), Content_Encoding="deflate")


@fault("pending", "too_large")
def brotli_grows(exchange: Exchange) -> None:
    """A few bytes of brotli that become 3 MiB: no limit by compressed size would tell."""
    exchange.reply(growing.brotli_body(), Content_Encoding="br")


@fault("pending", "too_large")
def zstd_grows(exchange: Exchange) -> None:
    """A few bytes of zstd that become 3 MiB."""
    exchange.reply(growing.zstd_body(), Content_Encoding="zstd")
