"""Which URLs and addresses the guard refuses: the rows of tests/faults/ssrf.py."""

from __future__ import annotations

import ipaddress
from urllib.parse import urljoin

import pytest

from newscrawl.discovery.discovery_result import absolute
from newscrawl.web.addresses import HostAllowlist, is_public
from tests.faults.ssrf import ROWS, Row

SITE = "http://93.184.215.14/"
PAGE = f"{SITE}listing"
BY_TEXT = [row for row in ROWS if row.entry in ("start", "link") and row.must]
BY_NAME = [row for row in ROWS if row.entry == "dns"]


def refused(url: str) -> bool:
    """Whether no request goes astray: discovery drops the URL or takes it as a path of the page's site ("http:x"), or
    the guard refuses it."""
    found = absolute(PAGE, url)
    return found is None or HostAllowlist().refusal(found) is not None or (found != url and found.startswith(SITE))


@pytest.mark.parametrize("row", BY_TEXT, ids=lambda row: row.name)
def test_urls(row: Row) -> None:
    assert refused(row.at(8080)) is not row.allowed


@pytest.mark.parametrize("row", BY_NAME, ids=lambda row: row.name)
def test_names_give_public_addresses_only(row: Row) -> None:
    assert HostAllowlist().refusal(urljoin(PAGE, row.at(8080))) is None
    for answer in row.answers:
        for address in answer:
            assert is_public(address) == (ipaddress.ip_address(address) == ipaddress.ip_address("93.184.215.14"))


@pytest.mark.parametrize(
    ("allowed", "url", "refusal"),
    [
        ("127.0.0.1:8080", "http://127.0.0.1:8080/", None),
        ("127.0.0.1:8080", "http://127.0.0.1:8081/", "blocked_address"),
        ("127.0.0.1", "http://127.0.0.1:8081/", None),
        ("127.0.0.1", "http://2130706433/", "blocked_address"),
        ("localhost", "http://localhost/", None),
        ("", "http://localhost/", "blocked_address"),
        ("", "http://[::1", "malformed_url"),
        ("", "http:///x", "no_host"),
        ("", "gopher://93.184.215.14/", "blocked_scheme"),
    ],
)
def test_leave_is_given_by_name_and_port(allowed: str, url: str, refusal: str | None) -> None:
    assert HostAllowlist.parse("", allowed).refusal(url) == refusal


def test_a_malformed_host_table_is_named() -> None:
    with pytest.raises(ValueError, match="should read name="):
        HostAllowlist.parse("x=nowhere", "")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("::ffff:93.184.215.14", True),
        ("::ffff:10.0.0.1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:224.0.0.1", False),  # is_global for every Python here, and multicast only by its IPv4 address
        ("2002:5db8:d70e::1", True),
        ("2002:a00:1::1", False),
    ],
)
def test_an_address_within_an_address_decides(address: str, public: bool) -> None:
    assert is_public(address) is public
