"""Folders of site config files, and which config a page gets: by its URL's host."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from newscrawl.sites.rules.config_parser import ConfigFile, Problem, parse_config
from newscrawl.sites.rules.site_config import SiteConfig

MAX_BYTES = 256 * 2**10
"""Size of a file."""
MAX_FILES = 20_000
"""Files of a folder; the public collection has some 2,200."""
GLOBAL = "global"
_HOST = re.compile(r"\.?[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")


class SiteConfigs:
    """The files of several folders; what the first of them says goes first."""

    def __init__(self, folders: Sequence[dict[str, ConfigFile]]) -> None:
        self._folders = folders
        self._encoded = lru_cache(maxsize=4096)(self._encode)

    @property
    def files(self) -> Iterator[ConfigFile]:
        """All files, by folder and name."""
        return (found for folder in self._folders for _, found in sorted(folder.items()))

    @property
    def problems(self) -> list[Problem]:
        """The lines that cannot be used."""
        return [problem for found in self.files for problem in found.problems]

    @property
    def directives(self) -> Counter[str]:
        """How often each directive stands in the files."""
        return sum((found.directives for found in self.files), Counter())

    def of(self, url: str) -> SiteConfig | None:
        """The config for a page: of its host, else of the nearest domain above with a file ".DOMAIN.txt"."""
        encoded = self.encoded(url)
        return decoded(encoded) if encoded else None

    def encoded(self, url: str) -> bytes:
        """The same as JSON, for the workers; b"" for a page without config."""
        return self._encoded(_host(url))

    def _encode(self, host: str) -> bytes:
        found = [config for folder in self._folders if (config := _nearest(folder, host))]
        found += [_general(folder[GLOBAL].config) for folder in self._folders if GLOBAL in folder]
        merged = SiteConfig()
        for config in found if host else ():
            merged = merged.above(config)
            if config.autodetect is False:
                break
        return b"" if merged == SiteConfig() else msgspec.json.encode(merged)


def load_site_configs(folders: Iterable[Path]) -> SiteConfigs:
    """Reads the files HOST.txt, .DOMAIN.txt and global.txt. ValueError names a folder that has none."""
    return SiteConfigs([_load(folder) for folder in folders])


@lru_cache(maxsize=256)
def decoded(encoded: bytes) -> SiteConfig:
    """The config of `SiteConfigs.encoded`."""
    return msgspec.json.decode(encoded, type=SiteConfig)


def _load(folder: Path) -> dict[str, ConfigFile]:
    paths = {key: path for path in sorted(folder.glob("*.txt")) if (key := _key(path))}
    if not paths:
        raise ValueError(f"{folder}: {'no HOST.txt in it' if folder.is_dir() else 'no such folder'}")
    if len(paths) > MAX_FILES:
        raise ValueError(f"{folder}: more than {MAX_FILES} files")
    return {key: _read(path) for key, path in paths.items()}


def _key(path: Path) -> str | None:
    """What the file is for: a host, a domain behind a dot, "global"; None for a licence, a readme."""
    key = path.stem.lower().removeprefix("www.")
    return key if key == GLOBAL or _HOST.fullmatch(key) else None


def _read(path: Path) -> ConfigFile:
    file = str(path)
    try:
        with path.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except OSError as error:
        return ConfigFile(file=file, problems=[Problem(file=file, line=1, text=error.strerror or "cannot be read")])
    if len(content) > MAX_BYTES:
        text = f"left out: larger than {MAX_BYTES // 2**10} KiB"
        return ConfigFile(file=file, problems=[Problem(file=file, line=1, text=text)])
    return parse_config(content.decode("utf-8-sig", "replace"), file)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return ""


def _nearest(folder: dict[str, ConfigFile], host: str) -> SiteConfig | None:
    """ ".example.com.txt" is for "news.example.com" and not for "example.com" itself."""
    if host in folder and host != GLOBAL:
        return folder[host].config
    labels = host.split(".")
    names = (f".{'.'.join(labels[at:])}" for at in range(1, len(labels)))
    return next((folder[name].config for name in names if name in folder), None)


def _general(config: SiteConfig) -> SiteConfig:
    """global.txt without its title, body, author and date, which would overrule what newscrawl weighs: og:title has
    exact titles on .871 of fundus and .763 of wcxb_dev, all sources together .879 and .892 (the dev pages)."""
    return replace(config, title=(), body=(), authors=(), date=())
