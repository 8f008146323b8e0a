"""Bodies that are large, endless, or grow when they are decompressed. Memory must stay flat in all of them."""

from __future__ import annotations

import zlib

from .. import articles, bombs
from ..exchange import Exchange
from ..table import fault

MIB = 1 << 20
BIG = 200 * MIB
ROOM = 32 * MIB
"""Most bytes a client of a sensible limit (10 MiB) takes, with all buffers between counted generously."""


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


@fault("reject", "too_large", also=("stop",), most_bytes=ROOM)
def big_body(exchange: Exchange) -> None:
    """200 MB, announced by Content-Length: the header is enough to leave."""
    exchange.head(Content_Length=str(BIG))
    for _ in range(BIG // MIB):
        exchange.send(bombs.BLOCK)


@fault("stop", "too_large", also=("reject",), most_bytes=ROOM)
def big_chunked_body(exchange: Exchange) -> None:
    """200 MB in chunks, unannounced."""
    exchange.head(Transfer_Encoding="chunked")
    for _ in range(BIG // MIB):
        exchange.send(_chunk(bombs.BLOCK))
    exchange.send(b"0\r\n\r\n")


@fault("stop", "too_large", also=("reject",), most_bytes=ROOM)
def endless_body(exchange: Exchange) -> None:
    """No length, no end."""
    exchange.head(Connection="close")
    exchange.forever(bombs.BLOCK)


@fault("stop", "too_large", also=("reject",), most_bytes=ROOM)
def endless_chunks(exchange: Exchange) -> None:
    """Chunks without end, an article at their beginning."""
    exchange.head(Transfer_Encoding="chunked")
    exchange.send(_chunk(articles.article(exchange.name).encode()))
    exchange.forever(_chunk(bombs.BLOCK))


@fault("stop", "too_large", also=("reject",), most_bytes=ROOM)
def endless_gzip(exchange: Exchange) -> None:
    """A gzip stream without end: the bytes on the wire are few, the text grows a thousand times as fast."""
    exchange.head(Content_Encoding="gzip", Transfer_Encoding="chunked")
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    part = squeeze.compress(bombs.BLOCK) + squeeze.flush(zlib.Z_FULL_FLUSH)
    exchange.send(_chunk(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03"))
    exchange.forever(_chunk(part))


@fault("stop", "too_large", also=("reject",), most_bytes=ROOM)
def endless_redirect_body(exchange: Exchange) -> None:
    """A redirect to a good article whose own body never ends. The body of a redirect is of no use; going on at once to
    /target is as good."""
    if exchange.rest == "/target":
        exchange.article()
        return
    exchange.head(302, Location=f"{exchange.base}/target", Transfer_Encoding="chunked")
    exchange.forever(_chunk(bombs.BLOCK))


@fault("stop", "http_status", also=("reject", "retry"), status=404, most_bytes=ROOM)
def endless_404(exchange: Exchange) -> None:
    """A 404 whose body never ends."""
    exchange.head(404, Transfer_Encoding="chunked")
    exchange.forever(_chunk(bombs.BLOCK))


@fault("stop", "too_large", also=("reject",))
def gzip_bomb(exchange: Exchange) -> None:
    """Under 1 MB of gzip that becomes 256 MiB of paragraphs."""
    exchange.reply(bombs.gzip_bomb(), Content_Encoding="gzip")


@fault("stop", "too_large", also=("reject",))
def gzip_bomb_in_layers(exchange: Exchange) -> None:
    """The same bomb, gzipped once more: few KB on the wire, harmless after the first layer."""
    exchange.reply(bombs.nested_gzip(bombs.gzip_bomb(), 1), Content_Encoding="gzip, gzip")


@fault("stop", "too_large", also=("reject",))
def gzip_bomb_three_layers(exchange: Exchange) -> None:
    """And once more, each layer in a header of its own."""
    data = bombs.nested_gzip(bombs.gzip_bomb(), 2)
    lines = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + b"Content-Encoding: gzip\r\n" * 3
    exchange.send(lines + b"Content-Length: %d\r\n\r\n" % len(data) + data)


@fault("stop", "too_large", also=("reject",))
def deflate_bomb(exchange: Exchange) -> None:
    """256 MiB by Content-Encoding deflate."""
    exchange.reply(bombs.zlib_bomb(), Content_Encoding="deflate")


@fault("stop", "too_large", also=("reject",))
def brotli_bomb(exchange: Exchange) -> None:
    """211 bytes of brotli that become 256 MiB: a ratio at which any limit by compressed size is useless."""
    exchange.reply(bombs.BROTLI_BOMB, Content_Encoding="br")


@fault("stop", "too_large", also=("reject",))
def zstd_bomb(exchange: Exchange) -> None:
    """8 KB of zstd that become 256 MiB."""
    exchange.reply(bombs.zstd_bomb(), Content_Encoding="zstd")


@fault("stop", "too_large", also=("reject",))
def zstd_window(exchange: Exchange) -> None:
    """A zstd frame of 13 bytes that asks for a window of 3.75 TiB (RFC 8878: refuse over 8 MiB)."""
    exchange.reply(b"\x28\xb5\x2f\xfd\x00\xff" + b"\x0b\x00\x00a" + bytes(3), Content_Encoding="zstd")
