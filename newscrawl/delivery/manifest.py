"""What counts in a target of files: a manifest that is renamed into place when all that it names is on disk.

Files are written beside the manifest first. The manifest is the commit: it names the files to come and those to go,
and the position after them. Then they get their final names. A kill before the manifest leaves files that nobody has
named, and the next start deletes them; a kill after it leaves names to be given, and the next start gives them. So no
half file has a final name, and no file has one that does not count.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from newscrawl.delivery.consumers import ConsumerError, write_durably
from newscrawl.delivery.jsonlines import DeliveryError, sync_folder

NO_NOTES: Mapping[str, int] = {}


@dataclass(slots=True, kw_only=True)
class Manifest:
    """The content of manifest.json."""

    version: int = 1
    consumer: str = ""
    """Whose files these are."""
    positions: dict[str, str] = field(default_factory=dict)
    """Up to where they go, by spider."""
    number: int = 0
    """Commits so far."""
    files: dict[str, int] = field(default_factory=dict)
    """Files that count, relative, with what the target notes of each."""
    coming: dict[str, str] = field(default_factory=dict)
    """Final names of the last commit's files, by the names under which they were written."""
    going: list[str] = field(default_factory=list)
    """Files that the last commit replaced."""
    state: dict[str, Any] = field(default_factory=dict)
    """What the target needs to go on."""


class Ledgered:
    """Files under a folder that count by a manifest; what is not committed stands in the folder `work` beside it."""

    def __init__(self, base: Path, work: Path, consumer: str) -> None:
        """Opens the folder, and ends what a killed process has begun. ConsumerError for one of another consumer."""
        self.base, self.work = base, work
        self._path = work / "manifest.json"
        base.mkdir(parents=True, exist_ok=True)
        work.mkdir(parents=True, exist_ok=True)
        self.manifest = self._load()
        if self.manifest.consumer not in ("", consumer):
            raise ConsumerError(f"{base} holds what {self.manifest.consumer} has exported, not {consumer}")
        self.manifest.consumer = consumer
        self._apply()
        self.discard()

    def refuse_other(self, name: str) -> None:
        """ConsumerError where a file of that name is there that no export has written."""
        if (self.base / name).exists() and name not in self.manifest.files:
            raise ConsumerError(f"{self.base / name} is there, and no export has written it: name another file")

    def stage(self, name: str) -> Path:
        """Where to write a file that is to come."""
        return self.work / name

    def commit(self, coming: Mapping[str, str], going: Sequence[str] = (), notes: Mapping[str, int] = NO_NOTES) -> None:
        """Makes staged files count (final names by staged ones), and the others (relative) count no more."""
        manifest = self.manifest
        for name in coming:
            sync_file(self.stage(name))
        manifest.coming, manifest.going, manifest.number = dict(coming), list(going), manifest.number + 1
        for name in manifest.going:
            manifest.files.pop(name, None)
        for name in coming.values():
            manifest.files[name] = notes.get(name, 0)
        write_durably(self._path, msgspec.json.encode(manifest))
        self._apply()

    def discard(self) -> None:
        """Deletes what was staged and not committed."""
        for path in self.work.iterdir():
            if path != self._path:
                path.unlink()

    def reset(self) -> None:
        """Makes nothing count any more."""
        self.manifest.positions, self.manifest.state = {}, {}
        self.commit({}, list(self.manifest.files))

    def _load(self) -> Manifest:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Manifest)
        except FileNotFoundError:
            return Manifest()
        except msgspec.MsgspecError as error:
            raise DeliveryError(f"{self._path}: {error}") from error

    def _apply(self) -> None:
        folders = set()
        for name, final in self.manifest.coming.items():
            staged, path = self.stage(name), self.base / final
            if staged.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                os.rename(staged, path)  # noqa: PTH104  the tests put their kills around the calls of os
                folders.add(path.parent)
        for name in self.manifest.going:
            (self.base / name).unlink(missing_ok=True)
        for folder in folders:
            sync_folder(folder)


def sync_file(path: Path) -> None:
    """Brings a file's content to the disk."""
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def copy_beginning(source: Path, to: Path, size: int) -> None:
    """A copy of a file's first bytes; an empty file where it is not there."""
    with to.open("wb") as out:
        if size and source.exists():
            with source.open("rb") as file:
                shutil.copyfileobj(file, out, 1 << 20)
            out.truncate(size)
