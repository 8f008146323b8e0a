"""One file that each run makes longer: a copy grows beside it and takes its name when all of it is on disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from newscrawl.delivery.manifest import Ledgered, copy_beginning
from newscrawl.delivery.reader import Entry

Encode = Callable[[Sequence[Entry]], bytes]


class GrowingFile:
    """A file of lines. Readers see it as the last complete run left it."""

    records, size = 5000, 32 << 20

    def __init__(self, path: Path, consumer: str, encode: Encode, header: bytes = b"") -> None:
        """ConsumerError where a file is there that no export has written."""
        self._path, self._encode, self._header = path, encode, header
        self._files = Ledgered(path.parent, path.parent / f".{path.name}.newscrawl", consumer)
        self._files.refuse_other(path.name)
        self._positions = dict(self._files.manifest.positions)
        self._is_begun = False

    def positions(self) -> dict[str, str]:
        """Where the file stands, by spider."""
        return self._files.manifest.positions

    def write(self, spider: str, entries: Sequence[Entry], position: str) -> bool:
        """Appends to the copy."""
        self._begin()
        with self._files.stage(self._path.name).open("ab") as file:
            file.write(self._encode(entries))
        self._positions[spider] = position
        return False

    def finish(self) -> None:
        """The copy becomes the file."""
        if self._positions == self._files.manifest.positions and self._path.name in self._files.manifest.files:
            return
        self._begin()
        name = self._path.name
        self._files.manifest.positions = dict(self._positions)
        self._files.commit({name: name}, notes={name: self._files.stage(name).stat().st_size})
        self._is_begun = False

    def reset(self) -> None:
        """Deletes the file."""
        self._files.reset()
        self._positions = {}

    def close(self) -> None:
        """Deletes the copy, where it has not become the file."""
        self._files.discard()

    def _begin(self) -> None:
        """Makes the copy; a file that somebody has cut or deleted is copied as it is."""
        if self._is_begun:
            return
        staged, size = self._files.stage(self._path.name), self._files.manifest.files.get(self._path.name, 0)
        copy_beginning(self._path, staged, size)
        if not staged.stat().st_size:
            staged.write_bytes(self._header)
        self._is_begun = True
