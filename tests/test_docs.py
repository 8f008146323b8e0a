"""Every setting, argument, command, exit code, summary key and record field stands in the docs."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from scrapy.settings import default_settings

from newscrawl import settings
from newscrawl.crawl.arguments import Arguments
from newscrawl.crawl.exit_codes import ExitCode
from newscrawl.crawl.summary import Summary
from newscrawl.items import Article

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
COMMANDS = [path.stem for path in sorted((ROOT / "newscrawl" / "commands").glob("*.py")) if path.stem != "__init__"]
NAMES = [
    *(name for name in vars(settings) if name.startswith("NEWSCRAWL_")),
    *(field.name for field in fields(Arguments)),
    *(field.name for field in fields(Summary)),
]


@pytest.mark.parametrize("name", NAMES)
def test_names(name: str) -> None:
    assert f"`{name}`" in SETTINGS


@pytest.mark.parametrize("name", COMMANDS)
def test_commands(name: str) -> None:
    assert f"`scrapy {name}" in SETTINGS


@pytest.mark.parametrize("code", ExitCode)
def test_exit_codes(code: ExitCode) -> None:
    assert f"| {code.value} | " in SETTINGS


@pytest.mark.parametrize("name", [name for name in vars(settings) if name.startswith("NEWSCRAWL_")])
def test_defaults(name: str) -> None:
    value = getattr(settings, name)
    shown = f"`{value}`" if value and isinstance(value, str) else "empty" if value == "" else str(value)
    assert f"| `{name}` | {shown} |" in SETTINGS


NUMBERS = {"on": 1, "off": 0, "MiB": 2**20}
SHOWN = re.findall(r"`([A-Z]+_[A-Z_]+)` \((?:(\d+) ?(MiB|s)?|(on|off))\)", SETTINGS)


@pytest.mark.parametrize(("name", "number", "unit", "word"), SHOWN, ids=[name for name, *_ in SHOWN])
def test_scrapys_settings(name: str, number: str, unit: str, word: str) -> None:
    default = getattr(settings, name, getattr(default_settings, name))
    assert float(default) == (NUMBERS[word] if word else float(number) * NUMBERS.get(unit, 1))


def test_pages_at_a_time_in_the_guide_to_running() -> None:
    told = "At most 64 pages are fetched at a time (`CONCURRENT_REQUESTS`)"
    assert told in " ".join((ROOT / "docs" / "running.md").read_text(encoding="utf-8").split())
    assert settings.CONCURRENT_REQUESTS == 64


@pytest.mark.parametrize("field", fields(Article), ids=lambda field: field.name)
def test_fields(field: object) -> None:
    schema = (ROOT / "docs" / "article.schema.json").read_text(encoding="utf-8")
    assert f'"{field.name}": {{' in schema  # type: ignore[attr-defined]
