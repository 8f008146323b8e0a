"""Which WARC files are meant: a file, a pattern, a list of files; on disk or where fsspec reads."""

from __future__ import annotations

import glob
import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit


def files_of(pattern: str) -> list[Path | str]:
    """The files of a path or pattern; of an URI such as s3://BUCKET/*.warc.gz those that match there.

    ValueError for http(s), which only Scrapy asks, and a library that is missing; OSError for no such place.
    """
    if "://" not in pattern:
        return [Path(name) for name in sorted(glob.glob(pattern, recursive=True))]  # noqa: PTH207 - any path
    if pattern.startswith(("http:", "https:")):
        raise ValueError(f"{pattern}: download it first, with a tool that can resume")
    try:
        from fsspec.core import url_to_fs  # an extra

        system, path = url_to_fs(pattern)
    except ImportError as error:
        raise ValueError(f"{pattern}: {error}: pip install 'newscrawl[fsspec]'") from None
    return [system.unstrip_protocol(name) for name in sorted(system.glob(path) if glob.has_magic(path) else [path])]


def listed_in(file: Path) -> Iterator[str]:
    """The paths in a list, one a line (warc.paths, warc.paths.gz); relative ones are beside the list."""
    data = file.read_bytes()
    text = (gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data).decode()
    for line in filter(None, map(str.strip, text.splitlines())):
        yield line if "://" in line or line.startswith("/") else str(file.parent / line)


def hosts_in(file: Path | None) -> Callable[[str], bool]:
    """Whether a URL's host is one of a list (one a line, # begins a comment) or beneath one; all are without a list."""
    if file is None:
        return bool
    lines = (line.partition("#")[0].strip().lower() for line in file.read_text("utf-8").splitlines())
    wanted = {line.removeprefix("www.") for line in lines if line}

    def takes(url: str) -> bool:
        labels = (urlsplit(url).hostname or "").split(".")
        return any(".".join(labels[start:]) in wanted for start in range(len(labels)))

    return takes
