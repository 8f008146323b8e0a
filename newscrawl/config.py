"""newscrawl's own settings, read once and typed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal, cast, get_args

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from newscrawl.items import ReadingOptions
from newscrawl.ledger.place import Place
from newscrawl.web.addresses import HostAllowlist
from newscrawl.web.rights_rules import RightsRule, rights_rules
from newscrawl.web.subscriptions import Subscriptions, read_subscriptions

PINNED = (
    "NEWSCRAWL_DATA_DIR",
    "NEWSCRAWL_LEDGER",
    "NEWSCRAWL_ALLOW_PRIVATE_HOSTS",
    "NEWSCRAWL_HOSTS",
    "NEWSCRAWL_WARC",
)
"""Settings that an environment variable of the same name overrides, except by the command line (-s)."""


Compression = Literal["none", "gzip", "zstd"]


@dataclass(frozen=True, slots=True)
class Config:
    """newscrawl's own settings, read once and typed."""

    data_dir: Path
    ledger: Place
    """The file in the data folder, or the URI of a PostgreSQL database."""
    delivers: bool
    run_id: str
    allowlist: HostAllowlist
    workers: int
    worker_cpu_seconds: int
    worker_memory_mb: int
    discovery_pages: int
    stop_seconds: int
    rotate_bytes: int
    rotate_after: timedelta
    compression: Compression
    keep: timedelta
    warc: bool
    story_days: int
    phrase_dirs: tuple[Path, ...]
    site_config_dirs: tuple[Path, ...]
    reading: ReadingOptions
    rights_rules: tuple[RightsRule, ...]
    subscriptions: Subscriptions
    chromium: str
    browser_seconds: int
    changes_after_runs: int
    silence_days: float
    alert_file: Path | None
    alert_command: str
    metrics_file: Path | None
    opentelemetry: bool

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Config:
        """ValueError names the setting that is wrong."""
        known = BaseSettings()
        known.setmodule(
            "newscrawl.settings", priority="command"
        )  # beneath the project's: a spider is made before add-ons load
        known.update(settings)
        data_dir, ledger, allowed, hosts = (_pinned(known, name) for name in PINNED[:4])
        return cls(
            data_dir=Path(data_dir or "data"),
            ledger=_place(ledger, Path(data_dir or "data")),
            delivers=known.getbool("NEWSCRAWL_DELIVERS"),
            run_id=known.get("NEWSCRAWL_RUN_ID") or "",
            allowlist=HostAllowlist.parse(hosts, allowed),
            workers=known.getint("NEWSCRAWL_WORKERS"),
            worker_cpu_seconds=known.getint("NEWSCRAWL_WORKER_CPU_SECONDS"),
            worker_memory_mb=known.getint("NEWSCRAWL_WORKER_MEMORY_MB"),
            discovery_pages=known.getint("NEWSCRAWL_DISCOVERY_PAGES"),
            stop_seconds=known.getint("NEWSCRAWL_STOP_SECONDS"),
            rotate_bytes=int(known.getfloat("NEWSCRAWL_ROTATE_MB") * 2**20),
            rotate_after=timedelta(hours=known.getfloat("NEWSCRAWL_ROTATE_HOURS")),
            compression=_compression(known),
            keep=timedelta(days=known.getfloat("NEWSCRAWL_KEEP_DAYS")),
            warc=_switch(_pinned(known, "NEWSCRAWL_WARC"), "NEWSCRAWL_WARC"),
            story_days=known.getint("NEWSCRAWL_STORY_DAYS"),
            phrase_dirs=_folders(known, "NEWSCRAWL_PHRASE_DIRS"),
            site_config_dirs=_folders(known, "NEWSCRAWL_SITE_CONFIG_DIRS"),
            reading=ReadingOptions(
                extractor=_extractor(known), export_near_border=known.getbool("NEWSCRAWL_EXPORT_NEAR_BORDER")
            ),
            rights_rules=rights_rules(",".join(known.getlist("NEWSCRAWL_RIGHTS"))),
            subscriptions=read_subscriptions(known.get("NEWSCRAWL_SUBSCRIPTIONS") or ""),
            chromium=known.get("NEWSCRAWL_CHROMIUM") or "",
            browser_seconds=known.getint("NEWSCRAWL_BROWSER_SECONDS"),
            changes_after_runs=known.getint("NEWSCRAWL_CHANGES_AFTER_RUNS"),
            silence_days=known.getfloat("NEWSCRAWL_SILENCE_DAYS"),
            alert_file=Path(file) if (file := known.get("NEWSCRAWL_ALERT_FILE")) else None,
            alert_command=known.get("NEWSCRAWL_ALERT_COMMAND") or "",
            metrics_file=Path(file) if (file := known.get("NEWSCRAWL_METRICS_FILE")) else None,
            opentelemetry=known.getbool("NEWSCRAWL_OPENTELEMETRY"),
        )


def _place(named: str, data_dir: Path) -> Place:
    if named and not named.startswith(("postgresql://", "postgres://")):
        raise ValueError("NEWSCRAWL_LEDGER: should be empty or postgresql://USER@HOST/DATABASE")
    return named or data_dir / "ledger.db"


def _compression(settings: BaseSettings) -> Compression:
    named = settings.get("NEWSCRAWL_COMPRESSION")
    for compression in get_args(Compression):
        if named == compression:
            return cast(Compression, compression)
    raise ValueError(f"NEWSCRAWL_COMPRESSION: {named!r} should be none, gzip or zstd")


def _extractor(settings: BaseSettings) -> Literal["auto", "trafilatura"]:
    named = settings.get("NEWSCRAWL_EXTRACTOR")
    if named not in ("auto", "trafilatura"):
        raise ValueError(f"NEWSCRAWL_EXTRACTOR: {named!r} should be auto or trafilatura")
    return cast(Literal["auto", "trafilatura"], named)


def _switch(text: str, name: str) -> bool:
    if text.lower() not in ("", "0", "1", "false", "true"):
        raise ValueError(f"{name}: {text!r} should be 1 or 0")
    return text.lower() in ("1", "true")


def _folders(settings: BaseSettings, name: str) -> tuple[Path, ...]:
    return tuple(Path(folder.strip()) for folder in settings.getlist(name) if folder.strip())


def _pinned(settings: BaseSettings, name: str) -> str:
    is_on_command_line = (settings.getpriority(name) or 0) >= SETTINGS_PRIORITIES["cmdline"]
    return (
        str(settings.get(name) or "") if is_on_command_line else os.environ.get(name) or str(settings.get(name) or "")
    )
