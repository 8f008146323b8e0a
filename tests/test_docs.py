"""Every setting, argument, command, exit code, summary key and record field stands in the docs."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("field", fields(Article), ids=lambda field: field.name)
def test_fields(field: object) -> None:
    schema = (ROOT / "docs" / "article.schema.json").read_text(encoding="utf-8")
    assert f'"{field.name}": {{' in schema  # type: ignore[attr-defined]
