"""The processes of a crawl, by /proc: main process, fork server, workers."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

HAS_PROC = Path("/proc/self/stat").exists()


def below(parent: int) -> list[int]:
    """The processes below one, children before theirs."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(stat.parent.name)] = int(fields[1])
    children = [child for child, above in parents.items() if above == parent]
    return children + [deep for child in children for deep in below(child)]


def workers_of(crawl: int) -> list[int]:
    """The processes that read pages: what the fork server has made."""
    children = [child for child in below(crawl) if "forkserver" in command(child)]
    servers = [child for child in children if parent_of(child) == crawl]
    return [child for server in servers for child in below(server)]


def command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def parent_of(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def awaited(look: Callable[[], T], seconds: float = 60) -> T:
    """What the look gives, once that is true."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found
