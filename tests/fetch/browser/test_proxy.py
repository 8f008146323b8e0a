"""The browser's proxy, asked by hand: what is no SOCKS, where it must not lead, and an end that takes all with it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from urllib.parse import urlsplit

import pytest

from newscrawl.fetch.browser.proxy import GuardProxy
from newscrawl.web.addresses import HostAllowlist

GREETING = b"\x05\x01\x00"


def connect(host: str, port: int) -> bytes:
    return b"\x05\x01\x00\x03" + bytes([len(host)]) + host.encode() + port.to_bytes(2, "big")


def asked(message: bytes, *, is_left: bool = True) -> tuple[bytes, list[str]]:
    """All that the proxy answers to a message until it hangs up, and the reasons of what it refused.

    `is_left`: it is not ended before."""

    async def ask() -> tuple[bytes, list[str]]:
        refused: list[str] = []
        answer = b""
        proxy = GuardProxy(HostAllowlist(), refused.append)
        reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(await proxy.start()).port)
        writer.write(message)
        if not is_left:
            await proxy.close()
        with suppress(ConnectionError):
            answer = await reader.read()
        await proxy.close()
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        return answer, refused

    return asyncio.run(ask())


@pytest.mark.parametrize(
    "request_",
    [
        connect("127.0.0.1", 80),
        connect("localhost", 80),
        connect("0x7f000001", 80),
        connect("169.254.169.254", 80),
        connect("::1", 80),
        b"\x05\x01\x00\x01\x0a\x00\x00\x01\x00\x50",
        b"\x05\x01\x00\x04" + bytes(15) + b"\x01\x00\x50",
    ],
)
def test_private_addresses_are_refused_in_every_form(request_: bytes) -> None:
    answer, refused = asked(GREETING + request_)
    assert answer == b"\x05\x00" + b"\x05\x02\x00\x01" + bytes(6)
    assert refused == ["blocked_address"]


@pytest.mark.parametrize(
    "message",
    [
        b"GET / HTTP/1.1\r\n\r\n" + bytes(80),
        GREETING + b"\x05\x02\x00\x01\x7f\x00\x00\x01\x00\x50",  # BIND
        GREETING + b"\x05\x03\x00\x01\x7f\x00\x00\x01\x00\x50",  # UDP
        GREETING + b"\x05\x01\x00\x03\x02\xff\xff\x00\x50",
    ],
)
def test_anything_but_a_tunnel_is_hung_up_on(message: bytes) -> None:
    answer, refused = asked(message)
    assert answer in (b"", b"\x05\x00")
    assert refused == []


def test_its_end_ends_what_is_open() -> None:
    assert asked(GREETING[:1], is_left=False) == (b"", [])
