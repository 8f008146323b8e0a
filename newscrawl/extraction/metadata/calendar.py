"""How dates are read on one page: in its language, in its country's order, none after its fetch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from newscrawl.extraction.metadata.words import words
from newscrawl.web import date_reading
from newscrawl.web.date_reading import Moment
from newscrawl.web.document import Document
from newscrawl.web.page_blocks import Block

ALONE = 40
"""Characters of a line that holds little but its date."""
BESIDE = 90
"""Characters of a line that is about its date: "5 May 2024 | 3 min read | Ann Lee", no caption."""

ZONES_APART = timedelta(hours=14)
"""How far apart two zones write one moment; they differ by half hours."""

_DATELINE = re.compile(r"(?<=\d{4})(?:\)|\.|:|,?\s+(?:[-–—|]|//?)|\s*$)")
"""What ends a dateline's date."""
_IS_MODIFIED = re.compile(r"modif|updat|edit", re.IGNORECASE)
_OF_NO_COUNTRY = frozenset("us ca ph ai cc co fm gg io ly me sh to tv ws".split())
"""Two-letter domains that do not tell that English pages write the day first; all others do, whatever `lang` says:
a CMS often leaves it at "en-US"."""


@dataclass(slots=True)
class Date:
    """A date and how its source writes it."""

    moment: Moment
    raw: str
    source: str


class Calendar:
    """How dates are read on one page: in its language, none after its fetch."""

    def __init__(self, document: Document, language: str | None, fetched_at: str) -> None:
        moment = date_reading.structured(fetched_at)
        when = moment.when if moment else datetime(9000, 1, 1, tzinfo=UTC)
        self._fetched = when if when.tzinfo else when.replace(tzinfo=UTC)
        self._words = words(language)
        self._language = language or "en"
        self._month_first = language == "en" and _is_american(document)
        self.known: set[str] = set()
        """Days that other sources name."""
        self.refused = False

    @property
    def last(self) -> str:
        """The day of the fetch."""
        return self._fetched.date().isoformat()

    def read(self, raw: str, source: str) -> Date | None:
        """The date of a field; None where it is none or impossible."""
        moment = date_reading.structured(raw) or self._printed(raw)
        return self._possible(moment, raw, source)

    def read_line(self, block: Block, source: str, limit: int = BESIDE) -> Date | None:
        """The date of publication that a line is about: of its `time` elements or of its text."""
        text = block.text if source == "update" else self._of_publication(block.text)
        if not 6 <= len(text) <= limit:
            return None
        is_cut = len(text) < len(block.text) and source != "update"
        in_figures = self._printed(text) if is_cut or _dates_update(block) else None
        for stamp in _stamps(block):
            moment = date_reading.structured(stamp)
            if moment and (in_figures is None or _agree(moment, in_figures, self._update_of(block.text, text))):
                return self._possible(moment, stamp, source)
        return self._possible(in_figures or self._printed(text), block.text, source)

    def _update_of(self, line: str, publication: str) -> Moment | None:
        """The date in what a line says beside its publication."""
        rest = line.replace(publication.strip(), " ", 1) if publication.strip() else line
        return self._printed(rest) if rest != line else None

    def read_opening(self, block: Block, source: str) -> Date | None:
        """The date of a dateline: "Press release of 25 January 2022 | Berlin – The minister ..."."""
        opening = _DATELINE.split(block.text[:BESIDE])[0]
        is_dateline = len(opening) < min(len(block.text), BESIDE) or len(block.text) < BESIDE
        return self._possible(self._printed(opening), opening, source) if is_dateline else None

    def read_month(self, block: Block, source: str) -> Date | None:
        """The month that is all of a line."""
        return self._possible(date_reading.month(block.text, self._language), block.text, source)

    def _printed(self, text: str) -> Moment | None:
        """The first date of a text; of the two readings of "03/10/2025" one that is known, else the country's."""
        moment, other = (
            date_reading.printed(text, self._language, month_first=order)
            for order in (self._month_first, not self._month_first)
        )
        if moment == other or moment is None or other is None or moment.day in self.known:
            return moment
        return other if other.day in self.known or not date_reading.possible(moment, self._fetched) else moment

    def _of_publication(self, text: str) -> str:
        """The line without what it says of updates: "5 May. Updated 6 May" is "5 May. ", "Updated 6 May" is ""."""
        if len(text) > BESIDE:
            return text
        words = self._words
        marks = list(_labels(words.published, words.modified).finditer(text))
        if not marks:
            return text
        starts = [0, *(mark.start() for mark in marks)]
        ends = [*starts[1:], len(text)]
        kept = [True, *(mark.lastgroup == "published" for mark in marks)]
        return "".join(text[start:end] for start, end, keep in zip(starts, ends, kept, strict=True) if keep)

    def _possible(self, moment: Moment | None, raw: str, source: str) -> Date | None:
        if moment is None or date_reading.possible(moment, self._fetched):
            return Date(moment, raw[:200], source) if moment else None
        self.refused = True
        return None

    def says(self, block: Block, source: str) -> bool:
        """Whether a line is about publication, or about an update: "Posted on April 13", "May 3. Updated: May 7"."""
        if len(block.text) > BESIDE:
            return False
        words, text = self._words, block.text.casefold()
        if source == "update":
            return text.startswith(words.modified)
        return text.startswith(words.published) or self._dates_an_update_behind(block.text)

    def _dates_an_update_behind(self, text: str) -> bool:
        """Whether a line opens with a date and goes on with that of an update."""
        mark = _labels(self._words.published, self._words.modified).search(text)
        return bool(mark and mark.start() < ALONE and self._printed(text[: mark.start()]))


@lru_cache(maxsize=64)
def _labels(published: tuple[str, ...], modified: tuple[str, ...]) -> re.Pattern[str]:
    """What opens a date within a line: as a word of its own, or glued to the date before, "2025Updated"."""

    def choice(labels: tuple[str, ...]) -> str:
        whole = [label for label in sorted(labels, key=len, reverse=True) if len(label) > 3 or label > "⺀"]
        return "|".join(map(re.escape, whole))

    return re.compile(rf"(?<![^\W\d_])(?:(?P<published>(?i:{choice(published)}))|(?i:{choice(modified)}))(?![^\W\d_])")


def _is_american(document: Document) -> bool:
    """Whether an English page writes the month first: unless its country, its language or its locale say otherwise."""
    domain = (urlsplit(document.url).hostname or "").rpartition(".")[2]
    if len(domain) == 2 and domain not in _OF_NO_COUNTRY:
        return False
    locales = (document.tree.get("lang"), document.first_meta("og:locale"))
    regions = [(locale or "").lower().replace("_", "-").partition("-")[2] for locale in locales]
    return next(filter(None, regions), "us") == "us"


def _agree(stamp: Moment, printed: Moment, update: Moment | None) -> bool:
    """Whether a machine's date is the printed one: one element may print two, and its attribute be the update's. A day
    without its time may be another one in the machine's zone."""
    if not (stamp.has_time and printed.has_time):
        is_update = update is not None and update.day == stamp.day
        days = abs((stamp.when.date() - printed.when.date()).days)
        return days == 0 or (days == 1 and stamp.has_time and not is_update)
    apart = abs(stamp.when.replace(tzinfo=None, second=0) - printed.when.replace(tzinfo=None, second=0))
    return apart <= ZONES_APART and not apart % timedelta(minutes=30)


def _dates_update(block: Block) -> bool:
    """Whether a `time` element of the block is marked as the update's, whatever it prints."""
    return any(node.tag == "time" and "dateModified" in (node.get("itemprop") or "") for node, _ in block.pieces)


def _stamps(block: Block) -> list[str]:
    """The `datetime` of the block's `time` elements; those called modified left out."""
    nodes = [node for node in {piece: None for piece, _ in block.pieces} if node.tag == "time"]
    stamps = [node.get("datetime") for node in nodes if not _IS_MODIFIED.search(node.get("class") or "")]
    return [stamp for stamp in stamps if stamp]
