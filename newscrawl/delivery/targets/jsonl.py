"""jsonl:URI: files of JSON lines in a folder or a bucket, or one file; each whole from the moment it has its name.

jsonl:/srv/news             articles/SPIDER/SPIDER-00000001.jsonl, tombstones/SPIDER/...
jsonl:/srv/news/all.jsonl   one file, written anew by each run that finds something; tombstones have a gone_at
jsonl:s3://bucket/news      as a folder, by fsspec; an object is there whole or not at all
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from newscrawl.delivery.consumers import ConsumerError
from newscrawl.delivery.growing_file import GrowingFile
from newscrawl.delivery.jsonlines import DeliveryError
from newscrawl.delivery.manifest import Ledgered, Manifest
from newscrawl.delivery.reader import Entry
from newscrawl.delivery.target import require
from newscrawl.ledger import STREAMS

MANIFEST = "_newscrawl/manifest.json"


def open_jsonl(address: str, consumer: str) -> JsonlFolder | GrowingFile | JsonlBucket:
    """The target of an address as it stands behind "jsonl:"."""
    if "://" in address and not address.startswith("file://"):
        return JsonlBucket(address, consumer)
    path = Path(address.removeprefix("file://"))
    return GrowingFile(path, consumer, _lines) if path.suffix == ".jsonl" else JsonlFolder(path, consumer)


def _lines(entries: Sequence[Entry]) -> bytes:
    return b"".join(entry.body + b"\n" for entry in entries)


def _names(spider: str, number: int, entries: Sequence[Entry]) -> dict[str, bytes]:
    """Relative names and contents of the files of one batch."""
    bodies = {stream: [entry.body for entry in entries if entry.stream == stream] for stream in STREAMS}
    return {
        f"{stream}/{spider}/{spider}-{number:08}.jsonl": b"\n".join(found) + b"\n"
        for stream, found in bodies.items()
        if found
    }


class JsonlFolder:
    """A folder on this machine."""

    records, size = 5000, 32 << 20

    def __init__(self, path: Path, consumer: str) -> None:
        self._files = Ledgered(path, path / "_newscrawl", consumer)

    def positions(self) -> dict[str, str]:
        """Where the folder stands, by spider."""
        return self._files.manifest.positions

    def write(self, spider: str, entries: Sequence[Entry], position: str) -> bool:
        """One file of articles, one of tombstones."""
        coming = {}
        for name, data in _names(spider, self._files.manifest.number + 1, entries).items():
            staged = name.replace("/", "-")
            self._files.stage(staged).write_bytes(data)
            coming[staged] = name
        self._files.manifest.positions[spider] = position
        self._files.commit(coming)
        return True

    def finish(self) -> None:
        """Nothing is left to do."""

    def reset(self) -> None:
        """Deletes the files."""
        self._files.reset()

    def close(self) -> None:
        """Nothing is open."""


class JsonlBucket:
    """A folder of any file system that fsspec knows and that shows whole objects only, as object stores do."""

    records, size = 5000, 32 << 20

    def __init__(self, uri: str, consumer: str) -> None:
        scheme = uri.partition("://")[0]
        require("s3" if scheme in ("s3", "s3a") else "fsspec", "fsspec", *(["s3fs"] if scheme in ("s3", "s3a") else []))
        import fsspec

        try:
            self._fs, self._root = fsspec.core.url_to_fs(uri.rstrip("/"))
        except (ImportError, ValueError) as error:
            raise ConsumerError(f"{uri}: {error}") from error
        self._manifest = self._load()
        if self._manifest.consumer not in ("", consumer):
            raise ConsumerError(f"{uri} holds what {self._manifest.consumer} has exported, not {consumer}")
        self._manifest.consumer = consumer
        self._delete(lambda name: name not in self._manifest.files)

    def positions(self) -> dict[str, str]:
        """Where the objects go, by spider."""
        return self._manifest.positions

    def write(self, spider: str, entries: Sequence[Entry], position: str) -> bool:
        """Objects first, then the manifest; those that it does not name are deleted by the next start."""
        manifest = self._manifest
        names = _names(spider, manifest.number + 1, entries)
        manifest.positions[spider], manifest.number = position, manifest.number + 1
        manifest.files |= {name: len(data) for name, data in names.items()}
        for name, data in (*names.items(), (MANIFEST, msgspec.json.encode(manifest))):
            self._put(name, data)
        return True

    def finish(self) -> None:
        """Nothing is left to do."""

    def reset(self) -> None:
        """Deletes the objects."""
        self._manifest = Manifest(consumer=self._manifest.consumer, number=self._manifest.number)
        self._put(MANIFEST, msgspec.json.encode(self._manifest))
        self._delete(lambda _: True)

    def close(self) -> None:
        """Nothing is open."""

    def _load(self) -> Manifest:
        try:
            return msgspec.json.decode(self._fs.cat_file(f"{self._root}/{MANIFEST}"), type=Manifest)
        except FileNotFoundError:
            return Manifest()
        except Exception as error:
            raise DeliveryError(f"{self._root}/{MANIFEST}: {error}") from error

    def _put(self, name: str, data: bytes) -> None:
        try:
            self._fs.makedirs(f"{self._root}/{name}".rpartition("/")[0], exist_ok=True)
            self._fs.pipe_file(f"{self._root}/{name}", data)
        except Exception as error:
            raise DeliveryError(f"{self._root}/{name}: {error}") from error

    def _delete(self, is_to_go: Any) -> None:
        """Deletes objects of ours by their relative names."""
        self._fs.invalidate_cache()
        for stream in STREAMS:
            try:
                found = self._fs.find(f"{self._root}/{stream}")
            except FileNotFoundError:
                continue
            names = [path[len(self._root) + 1 :] for path in found]
            for name in filter(is_to_go, names):
                self._fs.rm_file(f"{self._root}/{name}")
