"""The named consumers of a data folder: exports/NAME.json says where each writes, NAME.lock who works for it."""

from __future__ import annotations

import fcntl
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from newscrawl.delivery.jsonlines import DeliveryError, sync_folder

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")


class ConsumerError(ValueError):
    """A name or a target that cannot be meant."""


class BusyError(Exception):
    """Another process exports for the consumer."""


@dataclass(slots=True, kw_only=True)
class Registered:
    """The content of exports/NAME.json."""

    name: str
    uri: str
    """Where it writes, without a password."""
    token: str = field(default_factory=lambda: secrets.token_hex(8))
    """Stands in the target, too: a target with another one was not written for what the ledger keeps now."""
    paused: bool = False
    spiders: list[str] = field(default_factory=list)
    """Whose records it was given last; of all spiders where empty."""
    since: str = ""
    """From which day on."""


class Consumer:
    """One named consumer. Its file is written whole and renamed, like all that tells where something stands."""

    def __init__(self, root: Path, registered: Registered) -> None:
        self._root = root
        self._is = registered

    @property
    def name(self) -> str:
        """Name of the consumer."""
        return self._is.name

    @property
    def token(self) -> str:
        """What the target keeps beside its position."""
        return self._is.token

    @property
    def uri(self) -> str:
        """Where it writes."""
        return self._is.uri

    @property
    def spiders(self) -> list[str]:
        """Whose records it was given last; of all spiders where empty."""
        return self._is.spiders

    @property
    def since(self) -> str:
        """From which day on."""
        return self._is.since

    def remember(self, spiders: list[str], since: str) -> None:
        """Keeps what it is given, for what has to write its target anew."""
        if (self._is.spiders, self._is.since) != (spiders, since):
            self._is.spiders, self._is.since = spiders, since
            self._write()

    @property
    def is_paused(self) -> bool:
        """Whether the outbox keeps nothing for it."""
        return self._is.paused

    @classmethod
    def load(cls, root: Path, name: str) -> Consumer | None:
        """The consumer of that name, where there is one; ConsumerError for a name that cannot be one."""
        if not _NAME.fullmatch(name):
            raise ConsumerError(f"{name!r}: letters, digits, '_', '-' and '.' only, no '.' or '-' first, 100 at most")
        try:
            return cls(root, msgspec.json.decode((root / "exports" / f"{name}.json").read_bytes(), type=Registered))
        except FileNotFoundError:
            return None
        except msgspec.MsgspecError as error:
            raise DeliveryError(f"{root / 'exports' / name}.json: {error}") from error

    @classmethod
    def register(cls, root: Path, name: str, uri: str) -> Consumer:
        """The consumer of that name, made where it is new; paused no more. ConsumerError where it writes elsewhere."""
        consumer = cls.load(root, name) or cls(root, Registered(name=name, uri=uri))
        if consumer._is.uri != uri:
            raise ConsumerError(
                f"{name} writes to {consumer._is.uri}, not to {uri}: give it another --name, or --drop {name} first"
            )
        consumer._is.paused = False
        consumer._write()
        return consumer

    def renew(self) -> None:
        """Makes what the target has one that was not written for what the ledger keeps from here on."""
        self._is.token = secrets.token_hex(8)
        self._write()

    def pause(self) -> None:
        """Marks it as paused."""
        self._is.paused = True
        self.renew()

    def drop(self) -> None:
        """Forgets it; the target is left as it is."""
        (self._root / "exports" / f"{self.name}.json").unlink(missing_ok=True)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Makes this process the only one that works for the consumer; BusyError where another one does."""
        file = os.open(self._root / "exports" / f"{self.name}.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(f"another process exports for {self.name}") from None
        else:
            yield
        finally:
            os.close(file)

    def _write(self) -> None:
        folder = self._root / "exports"
        folder.mkdir(parents=True, exist_ok=True)
        write_durably(folder / f"{self.name}.json", msgspec.json.encode(self._is))


def consumers(root: Path) -> list[Consumer]:
    """All consumers of a data folder, by name."""
    paths = sorted((root / "exports").glob("*.json"))
    return [consumer for path in paths if (consumer := Consumer.load(root, path.stem))]


def write_durably(path: Path, data: bytes) -> None:
    """Writes a file under another name, syncs it, gives it its name and syncs the folder."""
    part = path.with_name(f".{path.name}.part")
    file = os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_CLOEXEC, 0o644)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(file, view) :]
        os.fsync(file)
    finally:
        os.close(file)
    os.rename(part, path)  # noqa: PTH104  the tests put their kills around the calls of os
    sync_folder(path.parent)
