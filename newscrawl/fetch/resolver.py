"""The guard in the resolver: a public name that leads to a private address is refused, where no trick passes by."""

# ruff: noqa: N803, N806 - arguments have Twisted's names
from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from threading import Thread
from typing import Any, ClassVar

from scrapy.crawler import Crawler
from scrapy.resolver import CachingHostnameResolver, HostResolution
from twisted.internet._resolver import GAIResolver
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IAddress, IHostnameResolver
from twisted.python.threadpool import ThreadPool
from zope.interface import implementer

from newscrawl.config import Config
from newscrawl.web.addresses import HostAllowlist, is_public

RESOLVING = 10
"""Names that are resolved at a time, as in Scrapy (REACTOR_THREADPOOL_MAXSIZE)."""


@implementer(IHostnameResolver)
class GuardedResolver(CachingHostnameResolver):
    """Scrapy's caching resolver that hands on public addresses only, and those of NEWSCRAWL_HOSTS.

    A process has one resolver. It is Scrapy's own, unchanged, until a crawl with the guard is made in the process.
    """

    is_guarding: ClassVar[bool] = False
    """Whether such a crawl was made; set by the guard's middleware."""
    allowlist: HostAllowlist = HostAllowlist()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> GuardedResolver:
        """Called by Scrapy."""
        resolver: GuardedResolver = super().from_crawler(crawler, reactor)
        resolver.allowlist = Config.from_settings(crawler.settings).allowlist
        resolver.original_resolver = GAIResolver(reactor, _daemons)  # type: ignore[assignment]
        return resolver

    def resolveHostName(  # noqa: N802 - Twisted's name
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> Any:
        """Resolves a name; returns no address where all are private and none is allowed."""
        arguments = (portNumber, addressTypes, transportSemantics)
        if not GuardedResolver.is_guarding:
            return super().resolveHostName(resolutionReceiver, hostName, *arguments)
        if (target := self.allowlist.hosts.get(hostName.lower())) is not None:
            return _answer(resolutionReceiver, hostName, *target)
        if not self.allowlist.open_for(hostName, portNumber):
            resolutionReceiver = _PublicOnly(resolutionReceiver)
        return super().resolveHostName(resolutionReceiver, hostName, *arguments)


@cache
def _daemons() -> ThreadPool:
    """Threads that ask for addresses. The reactor waits at its end for those of its own: 26 s for a silent server."""
    pool = ThreadPool(0, RESOLVING, "resolver")
    pool.threadFactory = partial(Thread, daemon=True)  # type: ignore[assignment]
    pool.start()
    return pool


def _answer(receiver: Any, name: str, address: str, port: int) -> HostResolution:
    resolution = HostResolution(name)
    receiver.resolutionBegan(resolution)
    family = IPv6Address if ":" in address else IPv4Address
    receiver.addressResolved(family("TCP", address, port))
    receiver.resolutionComplete()
    return resolution


class _PublicOnly:
    """Passes public addresses on to another receiver."""

    def __init__(self, receiver: Any) -> None:
        self.receiver = receiver
        self.resolutionBegan = receiver.resolutionBegan
        self.resolutionComplete = receiver.resolutionComplete

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802 - Twisted's name
        if is_public(getattr(address, "host", "")):
            self.receiver.addressResolved(address)
