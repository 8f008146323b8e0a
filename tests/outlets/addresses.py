"""How outlets build the URLs of their articles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from random import Random

Address = Callable[[int, str, str, datetime], str]
"""(number from the oldest, slug, section, date) -> path, with its query where it has one."""

SPEAKING: dict[str, Address] = {
    "section": lambda n, slug, section, date: f"/{section}/{slug}",
    "section-slash": lambda n, slug, section, date: f"/{section}/{slug}/",
    "dated": lambda n, slug, section, date: f"/{date:%Y/%m/%d}/{slug}/",
    "month": lambda n, slug, section, date: f"/{date:%Y/%m}/{slug}",
    "id-html": lambda n, slug, section, date: f"/{slug}-{4410000 + n * 37}.html",
    "comma": lambda n, slug, section, date: f"/{section}/artikel/{slug},{7100 + n}",
    "short": lambda n, slug, section, date: f"/s/1/{_code(n)}-{slug}",
    "dotted": lambda n, slug, section, date: f"/{section}/{slug}.{20600 + n}.html",
    "flat": lambda n, slug, section, date: f"/{slug}/",
    "deep": lambda n, slug, section, date: f"/{section}/{date:%Y}/{date:%b}/".lower() + f"{date:%d}/{slug}",
}
BARE: dict[str, Address] = {
    "news-number": lambda n, slug, section, date: f"/news/{12300 + n}",
    "a-number": lambda n, slug, section, date: f"/a-{120 + n}.html",
    "entry": lambda n, slug, section, date: f"/entry-{n}",
    "query": lambda n, slug, section, date: f"/story?id={77 + n}",
    "section-number": lambda n, slug, section, date: f"/{section}/{880000 + n}",
    "script": lambda n, slug, section, date: f"/index.php?section={section}&article={500 + n}",
}
"""Without a word of the title."""


def _code(number: int) -> str:
    return Random(f"code/{number}").randbytes(4).hex()
