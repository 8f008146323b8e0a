"""What benchmarks/fit.py has worked out so far, kept in a folder: a later run goes on where an earlier one ended."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
Page = TypeVar("Page")

CHUNK = 50
"""Pages whose results are written as one file."""


class Kept:
    """Results by name. `minutes`: what is not begun by then is left to the next run."""

    def __init__(self, folder: Path, minutes: float) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.end = folder, time.monotonic() + 60 * minutes

    def once(self, name: str, make: Callable[[], T]) -> T:
        """The result of that name; made and written where it is not there."""
        path = self.folder / f"{name}.pickle"
        if path.exists():
            found: T = pickle.loads(path.read_bytes())
            return found
        if time.monotonic() > self.end:
            raise SystemExit(f"Time is up before {name}. Run it again to go on.")
        made = make()
        part = path.with_suffix(".part")
        part.write_bytes(pickle.dumps(made))
        part.rename(path)
        return made

    def each(self, name: str, pages: Iterable[Page], make: Callable[[Page], T | None]) -> list[T]:
        """What `make` returns for each of the pages, but for None; made in chunks."""
        found: list[T] = []
        for number, chunk in enumerate(_chunks(pages)):
            rows = self.once(f"{name}.{number:03}", lambda own=chunk: [make(page) for page in own])  # type: ignore[misc]
            found += [row for row in rows if row is not None]
        return found


def _chunks(pages: Iterable[Page]) -> Iterator[list[Page]]:
    source = iter(pages)
    while chunk := list(islice(source, CHUNK)):
        yield chunk
