"""The sample outlets, all that they serve, and a running server of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from newscrawl.demo import outlets
from newscrawl.demo.server import DemoServer
from newscrawl.demo.site import Resource, resources


@pytest.fixture(scope="session")
def sites() -> dict[str, dict[str, Resource]]:
    """What each outlet serves, by host and path."""
    return {outlet.host: resources(outlet) for outlet in outlets()}


@pytest.fixture(scope="session")
def server() -> Iterator[DemoServer]:
    with DemoServer() as running:
        yield running
