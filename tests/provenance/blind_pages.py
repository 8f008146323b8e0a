"""Pages of invented outlets from blind/*.toml, with what the line on them means; counts how the verdict fares."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newscrawl.items import Origin
from newscrawl.provenance import judge
from newscrawl.provenance.directory.directory import default_directory
from newscrawl.provenance.name_keys import name_key
from newscrawl.web.document import Document, parse
from newscrawl.web.urls import domain_of

FOLDER = Path(__file__).parent / "blind"


@dataclass(frozen=True, slots=True)
class Case:
    """A page and the origin that a reader would name; neither name nor domain where the outlet itself is."""

    number: str
    """File and place in it, "de/7"."""
    url: str
    html: str
    line: str
    """What the case puts on the page."""
    name: str | None
    domain: str | None
    article: str | None
    """The original's URL, where the line gives it."""

    @property
    def positive(self) -> bool:
        """Whether the page has an origin."""
        return bool(self.name or self.domain)

    def origin(self) -> Origin | None:
        """What the verdict says of the page."""
        document = parse(self.html.encode(), self.url)
        assert isinstance(document, Document)
        return judge(document, source_domain=domain_of(self.url) or "").origin

    def fits(self, origin: Origin) -> bool:
        """Whether that is the right origin."""
        if self.domain:
            return default_directory().same_outlet(origin.domain or "", self.domain)
        return bool(self.name) and name_key(origin.name or "") == name_key(self.name or "")


def cases(pattern: str) -> Iterator[Case]:
    """The cases of the files that the pattern names, in order."""
    for path in sorted(FOLDER.glob(pattern)):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for place, row in enumerate(table["cases"]):
            line = " ".join(row[part] for part in ("head", "above", "first", "last", "below") if part in row)
            keys = (row.get("name"), row.get("domain"), row.get("url"))
            yield Case(f"{path.stem}/{place}", table["site"], _html(table, row), line, *keys)


def _html(table: dict[str, Any], row: dict[str, str]) -> str:
    title, outlet = table["title"], table["outlet"]
    prose = [f"<p>{text}</p>" for text in table["prose"]]
    text = row.get("first", "") + "".join(prose) + row.get("last", "")
    return (
        f"<html lang='{table['language']}'><head><meta charset='utf-8'><title>{title} | {outlet}</title>"
        f"<meta property='og:site_name' content='{outlet}'>{row.get('head', '')}</head><body>"
        f"<header><a href='/'>{outlet}</a></header><main><h1>{title}</h1>{row.get('above', '')}"
        f"<article>{text}</article>{row.get('below', '')}</main><footer><p>{outlet}</p></footer></body></html>"
    )


@dataclass(slots=True)
class Tally:
    """How the verdict fares on some cases."""

    positives: int = 0
    negatives: int = 0
    right: int = 0
    """Positives with the right origin."""
    claimed: int = 0
    """Cases with an origin."""
    false: int = 0
    """Look-alikes with an origin."""
    urls: int = 0
    urls_right: int = 0
    wrong: list[str] | None = None
    """One line for each case that went wrong."""

    @property
    def precision(self) -> float:
        """Right origins among those claimed."""
        return self.right / max(1, self.claimed)

    @property
    def recall(self) -> float:
        """Right origins among the positives."""
        return self.right / max(1, self.positives)


def tally(chosen: Iterable[Case]) -> Tally:
    """Judges the pages and counts."""
    count = Tally(wrong=[])
    for case in chosen:
        origin = case.origin()
        fits = origin is not None and case.positive and case.fits(origin)
        count.positives += case.positive
        count.negatives += not case.positive
        count.claimed += origin is not None
        count.right += fits
        count.false += origin is not None and not case.positive
        if case.article:
            count.urls += 1
            count.urls_right += origin is not None and origin.url == case.article
        if fits != case.positive or (origin is not None) != case.positive:
            said = f"{origin.name} {origin.domain} ({origin.evidence[0].rule})" if origin else "nothing"
            assert count.wrong is not None
            count.wrong.append(f"{case.number}: {case.line} -> {said}, not {case.domain or case.name}")
    return count
