"""What an export writes to. Each target keeps, beside the records, the position up to which it has them."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from typing import Protocol

from newscrawl.delivery.consumers import ConsumerError
from newscrawl.delivery.reader import Entry


class ExportTarget(Protocol):
    """An open target of one consumer. Methods raise DeliveryError or OSError where it cannot be written."""

    records: int
    """Entries that one `write` gets at most."""
    size: int
    """About how many bytes they have together."""

    def positions(self) -> dict[str, str]:
        """Where the target stands, by spider, as `write` got it."""
        ...

    def write(self, spider: str, entries: Sequence[Entry], position: str) -> bool:
        """Takes entries and the position after them: both or neither. Whether they are on disk already; where not,
        `finish` brings them there."""
        ...

    def finish(self) -> None:
        """All that was written is on disk, and as readers shall find it, when this returns."""
        ...

    def reset(self) -> None:
        """Forgets the positions, and what `write` would double."""
        ...

    def close(self) -> None:
        """Lets go of files and connections; takes back what is not on disk."""
        ...


def require(extra: str, *modules: str) -> None:
    """ConsumerError where a library is missing; it names the line that installs it."""
    missing = [module for module in modules if importlib.util.find_spec(module) is None]
    if missing:
        raise ConsumerError(f"{', '.join(missing)} is not installed: pip install 'newscrawl[{extra}]'")
