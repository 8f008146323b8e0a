"""Sends a message: by Apprise to the services in a file, and to a command's standard input. Nothing here raises."""

from __future__ import annotations

import logging
import shlex
import subprocess
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from newscrawl.alerts.due import Alert

logger = logging.getLogger(__name__)

PAUSES = (0.0, 1.0, 3.0)
"""Seconds before each attempt; what fails then goes with the next run."""
DEADLINE = 30.0
"""Seconds for all of it: a run does not wait longer for a service that hangs."""
COMMAND_SECONDS = 20


def services(file: Path) -> list[str]:
    """The Apprise URLs of a file, one a line; lines with # are comments. OSError, UnicodeError."""
    lines = (line.strip() for line in file.read_text("utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def send(alert: Alert, *, file: Path | None, command: str) -> list[str]:
    """What failed, a line each without secrets; [] where all have it."""
    failed = []
    end = time.monotonic() + DEADLINE
    if command and (why := _command(alert, command)):
        failed.append(why)
    if file is not None:
        failed += _apprise(alert, file, end)
    return failed


def _command(alert: Alert, command: str) -> str | None:
    """Hands the message to a command as JSON."""
    shown = msgspec.json.encode(
        {"title": alert.title, "body": alert.body, "new": alert.new, "reminded": alert.reminded, "ended": alert.ended}
    )
    try:
        done = subprocess.run(  # noqa: S603 - the command is the user's own setting; nothing from outside is in it
            shlex.split(command), input=shown, capture_output=True, timeout=COMMAND_SECONDS, check=False
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return f"the alert's command: {type(error).__name__}"
    return f"the alert's command: exit code {done.returncode}" if done.returncode else None


def _apprise(alert: Alert, file: Path, end: float) -> list[str]:
    try:
        urls = services(file)
    except (OSError, UnicodeError) as error:
        return [f"{file}: {error}"]
    try:
        from apprise import Apprise, AppriseAsset
    except ImportError:
        return ["alerts need newscrawl[alerts]: Apprise is not installed"]
    failed = []
    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # it names addresses
    for number, url in enumerate(urls, 1):
        service = Apprise(asset=AppriseAsset(async_mode=False))
        if not service.add(url):
            failed.append(f"{file}: line {number} of the services is no address that Apprise knows")
        elif not _attempts(lambda service=service: service.notify(title=alert.title, body=alert.body), end):  # type: ignore[misc]
            failed.append(f"{file}: service {number} ({url.partition(':')[0]}) did not take the message")
    return failed


def _attempts(attempt: Callable[[], bool | None], end: float, pauses: Iterable[float] = PAUSES) -> bool:
    for pause in pauses:
        if time.monotonic() + pause > end:
            return False
        time.sleep(pause)
        try:
            if attempt():
                return True
        except Exception as error:  # noqa: BLE001 - a service's plugin may raise anything, and a run must not fail by it
            logger.debug("alert: %s", type(error).__name__)
    return False
