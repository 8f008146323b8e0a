"""Looks how the sites stand, sends what is due and publishes their figures: after a run, or by `scrapy alert`."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import msgspec

from newscrawl.alerts.due import Alert, Told, due
from newscrawl.alerts.metrics import export, metrics, write_text_file
from newscrawl.alerts.sending import send
from newscrawl.ledger import LedgerError
from newscrawl.ledger.admin import Admin
from newscrawl.views.standing import Standing, standing

TEST = Alert(
    title="newscrawl: a test",
    body="This is a test message of scrapy alert --test. Alerts about sites in trouble come this way.",
    new=[],
    reminded=[],
    ended=[],
    told=Told(),
)


def alert(data_dir: Path, *, file: Path | None, command: str, now: datetime) -> list[str]:
    """Sends what is due; returns what failed, a line each. What could not be sent is due again the next time."""
    with _alone(data_dir / "alerts.json") as is_alone:
        if not is_alone:
            return []
        try:
            message = due(_standing(data_dir, now).sites, _told(data_dir), int(now.timestamp()))
        except LedgerError as error:
            return [f"ledger: {error}"]
        if message is None:
            return []
        failed = send(message, file=file, command=command)
        if not failed:
            failed = _keep(data_dir, message.told)
        return failed


def publish(data_dir: Path, *, text_file: Path | None, opentelemetry: bool, now: datetime) -> list[str]:
    """Writes the figures of all sites where they are wanted; returns what failed, a line each."""
    failed = []
    try:
        stand = _standing(data_dir, now)
    except LedgerError as error:
        return [f"ledger: {error}"]
    found = metrics(stand.sites, stand.runs)
    if text_file is not None:
        try:
            write_text_file(found, text_file)
        except (ImportError, OSError) as error:
            failed.append(f"{text_file}: {error}")
    if opentelemetry:
        try:
            export(found)
        except (ImportError, LookupError) as error:
            failed.append(f"OpenTelemetry: {error}")
    return failed


def _standing(data_dir: Path, now: datetime) -> Standing:
    with Admin(data_dir / "ledger.db") as admin:
        return standing(admin, data_dir / "runs", now)


def _told(data_dir: Path) -> Told:
    try:
        return msgspec.json.decode((data_dir / "alerts.json").read_bytes(), type=Told)
    except (OSError, msgspec.DecodeError):
        return Told()


def _keep(data_dir: Path, told: Told) -> list[str]:
    path = data_dir / "alerts.json"
    try:
        part = path.with_suffix(".part")
        part.write_bytes(msgspec.json.encode(told))
        part.replace(path)
    except OSError as error:
        return [f"{path}: {error}"]
    return []


@contextmanager
def _alone(path: Path) -> Iterator[bool]:
    """One at a time, so that two runs that end together tell a thing once; the other one's is told by its next run."""
    try:
        lock = path.with_suffix(".lock").open("w")
    except OSError:
        yield True
        return
    with lock:
        is_mine = False
        with suppress(OSError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_mine = True
        yield is_mine
