"""Lines of record files, plain or compressed, as `scrapy crawl`, -o and `scrapy export` write them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newscrawl.delivery.delivered_files import lines_of


def record_files(path: Path) -> list[Path]:
    """The file, or the files of a folder with their open ones, by name. FileNotFoundError where there is nothing."""
    if path.is_file():
        return [path]
    files = [one for one in path.glob("**/*.jsonl*") if one.is_file() and not one.name.startswith(".")]
    if not files:
        raise FileNotFoundError(f"{path}: no file of records")
    return sorted(files, key=lambda one: one.name)


def record_lines(path: Path) -> Iterator[bytes]:
    """The whole lines of these files; OSError where one cannot be read."""
    for file in record_files(path):
        name = file.with_name(file.name.removesuffix(".part"))
        for line in lines_of((name, file), file.stat().st_size):
            if line.startswith(b"{") and line.endswith(b"}"):  # the last one of an open file may not be whole
                yield line
