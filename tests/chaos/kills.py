"""Named points at which a process kills itself, and what is then found in its files of JSON lines."""

from __future__ import annotations

import gzip
import json
import os
import signal
import sqlite3
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

OPERATIONS = ("pwrite", "fsync", "ftruncate", "rename", "commit")
WHEN = ("before", "half", "after")

Aim = tuple[str, str, int]
"""Operation, when, and at which of its calls: ("pwrite", "half", 2)."""
NOWHERE: Aim = ("", "", 0)


class Killer:
    """Kills this process around the nth call of an operation: of `os`, or SQLite's COMMIT."""

    def __init__(self, operation: str = "", when: str = "", nth: int = 0) -> None:
        self.aim = (operation, when, nth)
        self.calls: Counter[str] = Counter()

    def wrap(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any) -> Any:
            self.calls[name] += 1
            mine = self.aim[0] == name and self.aim[2] == self.calls[name]
            if mine and self.aim[1] == "half":
                call(args[0], args[1][: len(args[1]) // 2], *args[2:])
            if mine and self.aim[1] != "after":
                os.kill(os.getpid(), signal.SIGKILL)
            result = call(*args)
            if mine:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return wrapped

    def arm(self) -> None:
        for name in OPERATIONS[:-1]:
            setattr(os, name, self.wrap(name, getattr(os, name)))
        killer = self

        class Connection(sqlite3.Connection):
            def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
                run = super().execute
                return (killer.wrap("commit", run) if sql == "COMMIT" else run)(sql, *args)

        connect = sqlite3.connect
        sqlite3.connect = lambda *args, **options: connect(*args, factory=Connection, **options)  # type: ignore


def verdict(files: Iterable[Path], expected: Iterable[str]) -> dict[str, int]:
    """What stands in the files, against the URLs that should, once each."""
    lines = [line for path in files for line in read(path)]
    urls = [url for line in lines if (url := url_of(line))]
    seen = Counter(urls)
    wanted = set(expected)
    return {
        "lost": len(wanted - set(seen)),
        "doubled": sum(seen.values()) - len(seen),
        "torn": len(lines) - len(urls),
        "strange": len(set(seen) - wanted),
    }


def url_of(line: bytes) -> str | None:
    """The record's URL; None for a torn line."""
    try:
        return str(json.loads(line)["url"]) if line.endswith(b"\n") else None
    except (ValueError, TypeError, KeyError):
        return None


def read(path: Path) -> list[bytes]:
    """Lines of a file, open or closed; what cannot be decompressed is one torn line."""
    data = path.read_bytes()
    name = path.name.removesuffix(".part")
    try:
        if name.endswith(".gz"):
            data = gzip.decompress(data)
        elif name.endswith(".zst"):
            data = zstd.decompress(data)
    except (EOFError, OSError, zlib.error, zstd.ZstdError) as error:
        return [f"{error}".encode()]
    return data.splitlines(keepends=True)
