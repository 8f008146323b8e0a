"""The summaries of runs, `runs/RUN_ID.json`, as the views need them."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import msgspec


class RunFile(msgspec.Struct, kw_only=True):
    """One run; keys that are not named here are passed over."""

    run_id: str
    spider: str
    started_at: str = ""
    finished_at: str = ""
    reason: str = ""
    exit_code: int = 0
    visits: dict[str, int] = {}
    changes: dict[str, list[str]] = {}
    problems: list[str] = []
    sizes: dict[str, int] = {}

    @property
    def day(self) -> str:
        """When it began, ISO 8601."""
        return f"{self.run_id[:4]}-{self.run_id[4:6]}-{self.run_id[6:8]}"


def latest_runs(folder: Path, spiders: Collection[str], since: str) -> dict[str, RunFile]:
    """The latest run of each spider that left a summary. Quick where each of these had one since then
    (20261201T083000): there may be 60,000 files."""
    names = _names(folder)
    newest = _newest(name for name in names if name >= since)
    if not newest.keys() >= {*spiders}:
        newest = _newest(names)
    found = (_read(folder / name) for name in newest.values())
    return {run.spider: run for run in found if run is not None}


def _newest(names: Iterable[str]) -> dict[str, str]:
    """By spider, the last name."""
    return {name[name.find("-") + 1 : -5]: name for name in sorted(names)}


def runs_since(folder: Path, since: str) -> Iterator[RunFile]:
    """The runs that began since then (20261201T083000), the oldest first."""
    for name in sorted(name for name in _names(folder) if name >= since):
        if (run := _read(folder / name)) is not None:
            yield run


def _names(folder: Path) -> list[str]:
    try:
        return [name for name in os.listdir(folder) if name.endswith(".json") and "Z-" in name]  # noqa: PTH208 - 60,000
    except FileNotFoundError:
        return []


def _read(path: Path) -> RunFile | None:
    """None for a file that is cut short or somebody else's."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=RunFile)
    except (OSError, msgspec.DecodeError):
        return None
