"""A file system that logs what is written and synced, and what a loss of power may leave of it.

`python -m tests.chaos.recording MOUNTPOINT LOG` mounts it until it is unmounted; needs /dev/fuse, Debian's fuse3 and
mfusepy.
"""

from __future__ import annotations

import base64
import errno
import importlib
import json
import os
import stat
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

BLOCK = 4096
"""Bytes that a disk writes as a whole."""
NAMES = ("create", "mkdir", "unlink", "rmdir", "rename")
"""Operations on directories."""

Operation = dict[str, Any]


class Recorder:
    """The file system, in memory; its log goes to a file. Methods and their arguments are mfusepy's."""

    use_ns = True

    def __init__(self, log: Any) -> None:
        self.log = log
        self.files: dict[str, int] = {}
        self.folders = {"/"}
        self.content: dict[int, bytearray] = {}
        self.count = iter(range(1, 2**31))

    def note(self, kind: str, **what: Any) -> None:
        self.log.write(json.dumps({"kind": kind, **what}) + "\n")

    def getattr(self, path: str, fh: int | None = None) -> dict[str, Any]:
        times = dict.fromkeys(("st_atime", "st_mtime", "st_ctime"), time.time_ns())
        if path in self.folders:
            return {"st_mode": stat.S_IFDIR | 0o755, "st_nlink": 2, **times}
        if (file := self.files.get(path, fh)) in self.content:
            return {"st_mode": stat.S_IFREG | 0o644, "st_nlink": 1, "st_size": len(self.content[file]), **times}
        raise OSError(errno.ENOENT, path)

    def readdir(self, path: str, fh: int) -> list[str]:
        inside = [name for name in (*self.files, *self.folders) if name != "/" and str(Path(name).parent) == path]
        return [".", "..", *(Path(name).name for name in inside)]

    def mkdir(self, path: str, mode: int) -> None:
        self.folders.add(path)
        self.note("mkdir", path=path)

    def rmdir(self, path: str) -> None:
        self.folders.discard(path)
        self.note("rmdir", path=path)

    def create(self, path: str, mode: int, fi: Any = None) -> int:
        self.files[path] = file = next(self.count)
        self.content[file] = bytearray()
        self.note("create", path=path, file=file)
        return file

    def open(self, path: str, flags: int) -> int:
        if flags & os.O_TRUNC:
            self.truncate(path, 0)
        return self.files[path]

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        return bytes(self.content[fh][offset : offset + size])

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        put(self.content[fh], offset, data)
        self.note("write", file=fh, offset=offset, data=base64.b64encode(data).decode())
        return len(data)

    def truncate(self, path: str, length: int, fh: int | None = None) -> None:
        file = fh or self.files[path]
        cut(self.content[file], length)
        self.note("truncate", file=file, length=length)

    def unlink(self, path: str) -> None:
        self.files.pop(path)
        self.note("unlink", path=path)

    def rename(self, old: str, new: str) -> None:
        self.files[new] = self.files.pop(old)
        self.note("rename", path=old, to=new)

    def fsync(self, path: str, datasync: int, fh: int) -> None:
        self.note("sync", file=fh)

    def fsyncdir(self, path: str, datasync: int, fh: int) -> None:
        self.note("sync", folder=path)

    def chmod(self, path: str, mode: int) -> None: ...
    def utimens(self, path: str, times: Any = None) -> None: ...
    def flush(self, path: str, fh: int) -> None: ...
    def release(self, path: str, fh: int) -> None: ...

    def statfs(self, path: str) -> dict[str, int]:
        return {"f_bsize": BLOCK, "f_blocks": 2**20, "f_bavail": 2**20, "f_bfree": 2**20, "f_namemax": 255}


def put(content: bytearray, offset: int, data: bytes) -> None:
    """Writes data at an offset; what lies between is zero."""
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(data)] = data


def cut(content: bytearray, length: int) -> None:
    """Makes a file so long."""
    del content[length:]
    content.extend(bytes(length - len(content)))


def read_log(path: Path) -> list[Operation]:
    """The operations in their order."""
    return [json.loads(line) for line in path.read_text().splitlines()]


@dataclass
class Disk:
    """What is on the disk, and what is on its way there. A sync of a file or folder takes the names along, as the
    journals of ext4 and XFS do; names come in their order. What a file got since its last sync comes in any order."""

    names: dict[str, int] = field(default_factory=dict)
    folders: set[str] = field(default_factory=lambda: {"/"})
    content: dict[int, bytearray] = field(default_factory=dict)
    naming: list[Operation] = field(default_factory=list)
    changes: dict[int, list[Operation]] = field(default_factory=dict)

    def take(self, operation: Operation) -> None:
        """Takes the next operation."""
        if operation["kind"] in NAMES:
            self.naming.append(operation)
        elif operation["kind"] != "sync":
            self.changes.setdefault(operation["file"], []).append(operation)
        else:
            self.name(len(self.naming))
            for change in self.changes.pop(operation.get("file", 0), []):
                self.change(change)

    def lose_power(self, chance: Random) -> None:
        """Some of what is on its way arrives."""
        self.name(chance.randint(0, len(self.naming)))
        share = chance.choice((0.0, 0.5, 0.9, 1.0))
        pending = [change for changes in self.changes.values() for change in changes]
        if chance.random() < 0.5:
            chance.shuffle(pending)
        for change in pending:
            self.change(change, chance, share)

    def name(self, count: int) -> None:
        """The first so many operations on directories arrive."""
        for operation in self.naming[:count]:
            path = operation["path"]
            match operation["kind"]:
                case "create":
                    self.names[path] = operation["file"]
                case "mkdir":
                    self.folders.add(path)
                case "rmdir":
                    self.folders.discard(path)
                case "unlink":
                    self.names.pop(path, None)
                case "rename":
                    self.names[operation["to"]] = self.names.pop(path)
        del self.naming[:count]

    def change(self, change: Operation, chance: Random | None = None, share: float = 1.0) -> None:
        """A write or a truncation arrives; with `chance`, that share of its blocks."""
        content = self.content.setdefault(change["file"], bytearray())
        if change["kind"] == "truncate":
            if chance is None or chance.random() < share:
                cut(content, change["length"])
            return
        data, offset = base64.b64decode(change["data"]), change["offset"]
        while data:
            size = BLOCK - offset % BLOCK
            if chance is None or chance.random() < share:
                put(content, offset, data[:size])
            data, offset = data[size:], offset + size

    def write_to(self, root: Path) -> None:
        """Makes files of it."""
        for folder in sorted(self.folders):
            (root / folder[1:]).mkdir(parents=True, exist_ok=True)
        for path, file in self.names.items():
            (root / path[1:]).parent.mkdir(parents=True, exist_ok=True)
            (root / path[1:]).write_bytes(self.content.get(file, b""))


if __name__ == "__main__":
    mountpoint, log = sys.argv[1:]
    with Path(log).open("w", buffering=1) as file:
        fuse = importlib.import_module("mfusepy")
        operations = type("Operations", (Recorder, fuse.Operations), {})
        fuse.FUSE(operations(file), mountpoint, foreground=True, nothreads=True)
