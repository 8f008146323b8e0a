"""What an earlier run has written of the pages of archives, so that the next one goes on behind it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from newscrawl.items import Archive


class _Line(msgspec.Struct):
    archive: Archive | None = None


class WrittenPages:
    """The pages whose records are in a file of JSON lines; a line that a kill has torn is taken off."""

    def __init__(self, path: Path | None) -> None:
        """Nothing is written where there is no file. OSError where it cannot be read, ValueError for another format."""
        self._places: set[int] = set()
        if path is None or not path.exists():
            return
        whole = 0
        with path.open("r+b") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    break
                whole += len(line)
                try:
                    place = msgspec.json.decode(line, type=_Line).archive
                except msgspec.MsgspecError as error:
                    raise ValueError(f"{path}: no file of records: {error}") from error
                if place is not None:
                    self._places.add(hash((place.file, place.offset)))
            file.truncate(whole)

    def has(self, place: Archive | None) -> bool:
        """Whether the record of the page is there."""
        return place is not None and hash((place.file, place.offset)) in self._places
