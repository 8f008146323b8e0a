"""The guard of the browser: a SOCKS proxy through which all its traffic goes, and which leads to public addresses only.

Looking at the URLs in the browser is not enough: between the look and the connection a name may come to mean another
address. Here the address that was checked is the one that is connected to. SOCKS, since the name of the host arrives
as it is, unresolved, for http, https and websockets alike, and the proxy need not understand what passes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from twisted.internet.interfaces import IAddress

from newscrawl.web.addresses import HostAllowlist

MAX_CONNECTIONS = 256
"""At a time; a page that wants more waits."""
PATIENCE = 10.0
"""Seconds for what the browser has to say, for a name to be resolved, and for a host to answer."""
CHUNK = 64 * 1024
REFUSED, UNREACHABLE = 2, 4
"""SOCKS replies (RFC 1928, 6): not allowed by ruleset, host unreachable."""


class GuardProxy:
    """Listens on loopback; `refused` is called with the reason for each connection that is not made."""

    def __init__(self, allowlist: HostAllowlist, refused: Callable[[str], None]) -> None:
        self._allowlist = allowlist
        self._refused = refused
        self._room = asyncio.Semaphore(MAX_CONNECTIONS)
        self._open: set[asyncio.Task[Any]] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> str:
        """Its URL."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return f"socks5://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        """Ends all connections."""
        if self._server is not None:
            self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            async with self._room:
                await self._tunnel(reader, writer)
        except (OSError, EOFError, TimeoutError, ValueError):
            pass  # the browser hung up, or spoke no SOCKS
        except asyncio.CancelledError:
            pass  # the crawl ends
        finally:
            self._open.discard(task)
            writer.close()

    async def _tunnel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with asyncio.timeout(PATIENCE):
            host, port = await _asked(reader, writer)
        try:
            async with asyncio.timeout(PATIENCE):
                addresses = await self._resolved(host, port)
                beyond = await _connected(addresses) if addresses else None
        except (OSError, TimeoutError):
            await _reply(writer, UNREACHABLE)
            return
        if beyond is None:
            await _reply(writer, REFUSED)
            return
        try:
            await _reply(writer, 0)
            await asyncio.gather(_pipe(reader, beyond[1]), _pipe(beyond[0], writer))
        finally:
            beyond[1].close()

    async def _resolved(self, host: str, port: int) -> list[tuple[str, int]]:
        """The addresses that a host may be reached at; none where it must not be."""
        url_host = f"[{host}]" if ":" in host else host
        reason = self._allowlist.refusal(f"http://{url_host}:{port}/")
        addresses = [] if reason else await _look_up(host, port)
        if not addresses:
            self._refused(reason or "no_address")
        return addresses


async def _asked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[str, int]:
    """Where the browser wants to connect to (RFC 1928, 3 and 4); ValueError for anything but CONNECT."""
    _, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    writer.write(b"\x05\x00")
    version, command, _, kind = await reader.readexactly(4)
    if (version, command) != (5, 1) or kind not in (1, 3, 4):
        raise ValueError("not a SOCKS 5 CONNECT")
    if kind == 3:
        host = (await reader.readexactly((await reader.readexactly(1))[0])).decode("ascii")
    else:
        host = str(ip_address(await reader.readexactly(4 if kind == 1 else 16)))
    return host, int.from_bytes(await reader.readexactly(2), "big")


async def _reply(writer: asyncio.StreamWriter, code: int) -> None:
    writer.write(bytes((5, code, 0, 1, 0, 0, 0, 0, 0, 0)))
    await writer.drain()


async def _connected(addresses: list[tuple[str, int]]) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    for address, port in addresses[:-1]:
        with suppress(OSError):
            return await asyncio.open_connection(address, port)
    return await asyncio.open_connection(*addresses[-1])


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(CHUNK):
        writer.write(chunk)
        await writer.drain()
    with suppress(OSError):
        writer.write_eof()


async def _look_up(host: str, port: int) -> list[tuple[str, int]]:
    """By the crawl's resolver, which hands on public addresses only, and those that the user allows."""
    from twisted.internet import reactor

    receiver = _Receiver()
    reactor.nameResolver.resolveHostName(receiver, host, portNumber=port)
    await receiver.is_complete.wait()
    return receiver.addresses


class _Receiver:
    """Takes what Twisted's resolver finds."""

    # ruff: noqa: N802 - methods have Twisted's names
    def __init__(self) -> None:
        self.addresses: list[tuple[str, int]] = []
        self.is_complete = asyncio.Event()

    def resolutionBegan(self, resolution: object) -> None:
        """Nothing to do."""

    def addressResolved(self, address: IAddress) -> None:
        """One more."""
        self.addresses.append((address.host, address.port))

    def resolutionComplete(self) -> None:
        """No more."""
        self.is_complete.set()
