"""The directory of publishers: its tables are sound, its look-ups find what credits say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from newscrawl.provenance.directory.directory import default_directory, read_directory
from newscrawl.provenance.name_keys import name_key
from newscrawl.web.urls import host_domain

DIRECTORY = default_directory()


def test_no_domain_name_or_mark_belongs_to_two() -> None:
    entries = DIRECTORY.publishers
    domains = Counter(domain for entry in entries for domain in (entry.domain, *entry.aliases))
    names = Counter(key for entry in entries for key in {name_key(name) for name in (entry.name, *entry.names)})
    marks = Counter(mark for entry in entries for mark in entry.marks)
    assert [key for count in (domains, names, marks) for key, times in count.items() if times > 1] == []


def test_domains_are_registrable_and_countries_are_codes() -> None:
    domains = [domain for entry in DIRECTORY.publishers for domain in (entry.domain, *entry.aliases)]
    assert [domain for domain in domains if host_domain(domain) != domain] == []
    assert [entry.name for entry in DIRECTORY.publishers if entry.country is None or len(entry.country) != 2] == []


def test_it_holds_what_is_promised() -> None:
    assert len(DIRECTORY.publishers) >= 3800
    assert all(entry.source for entry in DIRECTORY.publishers)


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("the associated press", "apnews.com"),
        ("AFPRelaxnews", "afp.com"),
        ("LiveScience", "livescience.com"),
        ("新华网", "news.cn"),
    ],
)
def test_names_in_other_spellings(name: str, domain: str) -> None:
    entry = DIRECTORY.by_name(name)
    assert entry is not None
    assert entry.domain == domain


def test_aliases_are_one_outlet_and_groups_are_not() -> None:
    assert DIRECTORY.same_outlet("huffingtonpost.com", "huffpost.com")
    assert not DIRECTORY.same_outlet("waz.de", "morgenpost.de")
    assert DIRECTORY.same_group("waz.de", "morgenpost.de")
    assert not DIRECTORY.same_group("waz.de", "unknown.example")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('{name = "Port News"}', "2: a publisher needs name and domain"),
        ('{name = "Port News", domain = "port.example", owner = "x"}', "2: unknown key 'owner'"),
        ('{name = "Port News", domain = "port.example", kind = "paper"}', "2: kind is one of"),
        ("{name = }", "2: "),
    ],
)
def test_a_bad_table_names_file_line_and_reason(tmp_path: Path, row: str, reason: str) -> None:
    path = tmp_path / "directory_bad.toml"
    path.write_text(f"publishers = [\n  {row},\n]\n")
    with pytest.raises(ValueError) as raised:
        read_directory(path)
    assert f"{path}:{reason}" in str(raised.value)
