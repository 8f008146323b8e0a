"""Bodies that are cut, corrupt, or not what their headers say."""

from __future__ import annotations

import gzip
import zlib
from random import Random

from .. import articles
from ..exchange import HTML, Exchange
from ..table import fault


def _gzipped(exchange: Exchange) -> bytes:
    return gzip.compress(articles.article(exchange.name).encode(), 6, mtime=0)


@fault("pending", "truncated_body")
def truncated_gzip(exchange: Exchange) -> None:
    """Every answer's gzip stream ends at 60 %, with a Content-Length that fits the cut body. Silently accepted, it
    gives an article without its end."""
    data = _gzipped(exchange)
    exchange.reply(data[: len(data) * 6 // 10], Content_Encoding="gzip")


@fault("read")
def truncated_gzip_once(exchange: Exchange) -> None:
    """The first answer's gzip stream is cut, the second whole."""
    data = _gzipped(exchange)
    exchange.reply(data[: len(data) * 6 // 10] if exchange.first() else data, Content_Encoding="gzip")


@fault("pending", "corrupt_body")
def corrupt_gzip(exchange: Exchange) -> None:
    """Forty bytes in the middle of the gzip stream are noise."""
    data = _gzipped(exchange)
    middle = len(data) // 2
    exchange.reply(data[:middle] + b"\xff" * 40 + data[middle + 40 :], Content_Encoding="gzip")


@fault("pending", "corrupt_body")
def gzip_wrong_checksum(exchange: Exchange) -> None:
    """The stream decompresses, but its CRC says that the text is not the one that was sent."""
    data = _gzipped(exchange)
    exchange.reply(data[:-8] + bytes(byte ^ 0x55 for byte in data[-8:-4]) + data[-4:], Content_Encoding="gzip")


@fault("pending", "truncated_body")
def gzip_without_trailer(exchange: Exchange) -> None:
    """All of the text is there, the eight bytes of CRC and length are not."""
    exchange.reply(_gzipped(exchange)[:-8], Content_Encoding="gzip")


@fault("read")
def gzip_trailing_zeros(exchange: Exchange) -> None:
    """A whole gzip member, then padding: common behind old proxies, and no loss."""
    exchange.reply(_gzipped(exchange) + bytes(300), Content_Encoding="gzip")


@fault("read")
def gzip_two_members(exchange: Exchange) -> None:
    """Two gzip members make one body (RFC 1952, 2.2); reading the first alone loses half the article."""
    text = articles.article(exchange.name).encode()
    half = len(text) // 2
    body = gzip.compress(text[:half], mtime=0) + gzip.compress(text[half:], mtime=0)
    exchange.reply(body, Content_Encoding="gzip")


@fault("read")
def wrong_content_encoding(exchange: Exchange) -> None:
    """Content-Encoding says gzip, the body is plain HTML."""
    exchange.article(Content_Encoding="gzip")


@fault("rejected", "no_story")
def gzip_unlabelled(exchange: Exchange) -> None:
    """A gzip body that is announced as text/html with no Content-Encoding."""
    exchange.reply(_gzipped(exchange))


@fault("read")
def deflate_raw(exchange: Exchange) -> None:
    """Content-Encoding deflate, sent as raw deflate without the zlib header, as many servers do."""
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
    data = squeeze.compress(articles.article(exchange.name).encode()) + squeeze.flush()
    exchange.reply(data, Content_Encoding="deflate")


@fault("pending", "corrupt_body")
def brotli_garbage(exchange: Exchange) -> None:
    """Content-Encoding br over random bytes."""
    exchange.reply(b"\xff" + Random(exchange.name).randbytes(4000), Content_Encoding="br")


@fault("pending", "corrupt_body")
def zstd_garbage(exchange: Exchange) -> None:
    """Content-Encoding zstd over random bytes behind the right magic number."""
    exchange.reply(b"\x28\xb5\x2f\xfd" + b"\xff" * 4000, Content_Encoding="zstd")


@fault("pending", "unsupported_encoding")
def unknown_encoding(exchange: Exchange) -> None:
    """An encoding that nobody offered to take."""
    exchange.reply(Random(exchange.name).randbytes(4000), Content_Encoding="x-rot13")


@fault("pending", "unsupported_encoding")
def fifty_encodings(exchange: Exchange) -> None:
    """gzip, fifty layers deep: each layer costs a buffer, the client should set a bound."""
    data = articles.article(exchange.name).encode()
    for _ in range(50):
        data = gzip.compress(data, 1, mtime=0)
    exchange.reply(data, Content_Encoding=", ".join(["gzip"] * 50))


@fault("pending", "truncated_body")
def length_too_long(exchange: Exchange) -> None:
    """Content-Length promises 5,000 bytes more than come before the connection is closed."""
    data = articles.article(exchange.name).encode()
    exchange.head(Content_Length=str(len(data) + 5000))
    exchange.send(data)


@fault("pending", "truncated_body")
def partial_body(exchange: Exchange) -> None:
    """Content-Length is right, the connection is closed after half of the body."""
    data = articles.article(exchange.name).encode()
    exchange.head(Content_Length=str(len(data)))
    exchange.send(data[: len(data) // 2])


@fault("pending", "truncated_body")
def cut_without_length(exchange: Exchange) -> None:
    """No length at all; the connection is closed in the middle of a paragraph. Only the missing </html> tells. If a
    record is made, it must carry a warning."""
    data = articles.article(exchange.name).encode()
    exchange.head(Connection="close")
    exchange.send(data[: data.rindex(b"<p>") + 60])


@fault("read")
def whole_without_length(exchange: Exchange) -> None:
    """No length, closed after the last byte: how HTTP/1.0 servers end every page. Nothing is missing."""
    exchange.head(Connection="close")
    exchange.send(articles.article(exchange.name).encode())


@fault("read", path="/listing", entry="listing", articles=2)
def extra_bytes(exchange: Exchange) -> None:
    """Behind each whole body stands a forged answer that waits for the next request on this connection. The second
    article must not become the forged one (title "Forged")."""
    if exchange.rest == "/listing":
        exchange.links([f"{exchange.base}/one", f"{exchange.base}/two"])
        return
    exchange.article(exchange.rest.strip("/"))
    forged = articles.article("forged", headline="Forged").encode()
    exchange.head(Content_Length=str(len(forged)))
    exchange.send(forged)


@fault("read")
def content_type_octet_stream(exchange: Exchange) -> None:
    """A page as application/octet-stream: the bytes say HTML."""
    exchange.reply(articles.article(exchange.name), content_type="application/octet-stream")


@fault("read")
def content_type_plain(exchange: Exchange) -> None:
    """A page as text/plain."""
    exchange.reply(articles.article(exchange.name), content_type="text/plain")


@fault("read")
def content_type_missing(exchange: Exchange) -> None:
    """A page without Content-Type."""
    exchange.reply(articles.article(exchange.name), content_type=None)


@fault("read")
def content_type_broken(exchange: Exchange) -> None:
    """A page with a Content-Type that is no media type."""
    exchange.reply(articles.article(exchange.name), content_type=';;html/;charset="')


@fault("rejected", "not_html")
def png_as_html(exchange: Exchange) -> None:
    """A picture's bytes as text/html."""
    data = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + Random(exchange.name).randbytes(60_000)
    exchange.reply(data, content_type=HTML)


@fault("rejected", "not_html")
def pdf_as_html(exchange: Exchange) -> None:
    """A PDF's bytes as text/html."""
    data = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + Random(exchange.name).randbytes(60_000) + b"\n%%EOF\n"
    exchange.reply(data, content_type=HTML)


@fault("pending", "too_large")
def video_page(exchange: Exchange) -> None:
    """An article's URL that answers video/mp4, 20 MB of it: the headers alone are enough to leave."""
    exchange.reply(b"\x00\x00\x00\x18ftypmp42" + bytes(20_000_000), content_type="video/mp4")


@fault("rejected", "not_html")
def json_error(exchange: Exchange) -> None:
    """A JSON error with status 200."""
    exchange.reply('{"error": {"code": 17, "message": "no such document"}}', content_type="application/json")


@fault("rejected", "empty")
def empty_200(exchange: Exchange) -> None:
    """Status 200, Content-Length 0."""
    exchange.reply(b"")


@fault("rejected", "empty")
def blank_200(exchange: Exchange) -> None:
    """Status 200 and nothing but white space."""
    exchange.reply(b" \n\t" * 500)


@fault("rejected", "empty")
def gzip_of_nothing(exchange: Exchange) -> None:
    """A correct gzip stream of no bytes."""
    exchange.reply(gzip.compress(b"", mtime=0), Content_Encoding="gzip")
