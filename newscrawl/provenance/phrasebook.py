"""Sentences about republication: the phrases of all languages, and how one is found in a line of text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from newscrawl.items import Relation, Role
from newscrawl.provenance.date_phrases import is_date
from newscrawl.provenance.label_words import Labels

Position = Literal["line", "sentence", "anywhere", "label", "note", "opening"]

LONGEST = 1200
"""Characters of a block that are looked at: a line about republication is short, a paragraph may end with one."""

MAX_NOTE = 420
"""Characters of a block of its own that speaks of the story."""
LINK = r"⟦(?P<name>[^⟦⟧]{0,160})⟧"
"""What {link} is in a pattern."""

_IN_LINK = re.compile(r"⟦[^⟦⟧]{0,160}⟧")
_NAME_ENDS = re.compile(
    r"[;|\n\[\]{}<>()（）«»“”\"『』「」【】《》。，；：｜！？،؛।]|\.(?=\s|$)|[,:!?](?=\s|$)|\s[–—-]{1,2}\s|\s?…|\.\.\."
)
_SITE = re.compile(r"(?:[\w-]{1,40}\.){1,3}[a-z]{2,6}(?=\s)")
_TOKEN = re.compile(r"\w+")
_UNSPACED = "\u2e80"
"""From here on in Unicode stand the scripts of Chinese and Japanese, whose words no blanks part."""
_TRIM = " \t.,:;!?*'’‘_-–—»«/"
_QUOTES = '“”"„「」『』'


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One wording, with lines that it must and must not match."""

    name: str
    """Rule name within its language."""
    language: str
    """ISO 639-1."""
    regex: re.Pattern[str]
    """Matches the wording; group "name" is the slot of the publisher's name."""
    needs: tuple[str, ...]
    """Lower-case words, or how they begin, of which a text has at least one, else it is not looked at."""
    slot: Literal["required", "optional", "none"]
    """Whether a name must stand in the slot."""
    link: bool
    """Whether it counts only with a link to another site."""
    known: bool
    """Whether it counts only where the directory knows the name: a person or a firm fits the slot too."""
    partial: bool
    """Whether it credits a contributor where the page names a person as its author."""
    position: Position
    """line: begins the block (after at most 40 characters); sentence: begins a sentence; anywhere; label: is the
    whole block, beside the headline or at the text's end, or closes the last paragraph; note: anywhere in a short block
    that speaks of the story: about the text's edges or in a box; opening: begins the story's first paragraph."""
    marked: bool
    """Whether {link} stands in the pattern: a link to an article elsewhere, or to a publisher that is known."""
    relation: Relation
    role: Role
    vetoes: tuple[re.Pattern[str], ...]
    """What must not stand in the block, outside its marked links."""
    stops: re.Pattern[str] | None
    """What ends a name in running text."""
    positive: tuple[tuple[str, str], ...]
    """Lines that match, each with the name in it ("" for none)."""
    negative: tuple[str, ...]
    """Lines that do not match."""
    seen: str
    """Kind of page it was seen on; "unseen" where the wording is known but was met on no saved page."""

    @property
    def rule(self) -> str:
        """Name for the evidence, "en/originally-appeared-on"."""
        return f"{self.language}/{self.name}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase in a text."""

    phrase: Phrase
    start: int
    end: int
    """Where the wording ends: the name's end, or the match's where there is none."""
    name: str | None
    name_start: int


class Phrasebook:
    """All phrases of all languages; a page in one language may carry a notice in another."""

    def __init__(self, phrases: Iterable[Phrase], labels: Labels | None = None) -> None:
        self.phrases = tuple(phrases)
        self.labels = labels or Labels()
        self._by_word: dict[str, list[Phrase]] = {}
        for phrase in self.phrases:
            for word in phrase.needs:
                self._by_word.setdefault(word, []).append(phrase)
        self._beginnings = [(word, match[0] if (match := _TOKEN.search(word)) else word) for word in self._by_word]

    def candidates(self, texts: Sequence[str]) -> list[tuple[int, Phrase]]:
        """Which phrases may stand in which of the lower-case texts, in order: a needed word stands there."""
        starts, position = [], 0
        for text in texts:
            starts.append(position)
            position += len(text) + 1
        joined, found = "\n".join(texts), {}
        for word in self._words_in(joined):
            position = joined.find(word)
            while position >= 0:
                index = bisect_right(starts, position) - 1
                for phrase in self._by_word[word]:
                    found[index, phrase.marked, phrase.rule] = (index, phrase)
                position = joined.find(word, starts[index + 1]) if index + 1 < len(starts) else -1
        return [found[key] for key in sorted(found)]

    def _words_in(self, text: str) -> list[str]:
        """The needed words that may stand in the text, where one of its words begins so; in scripts without blanks all.

        Of some 500 needed words a page of 1,000 words holds 20; to look for each of them took half of this step's time.
        """
        words = sorted(set(_TOKEN.findall(text)))
        unspaced = bool(words) and words[-1] >= "\u0e00"
        held = []
        for word, beginning in self._beginnings:
            at = bisect_left(words, beginning)
            begins = at < len(words) and words[at].startswith(beginning)
            if begins or (unspaced and (beginning >= _UNSPACED or "\u0e00" <= beginning < "\u0f00")):
                held.append(word)
        return held


def find(phrase: Phrase, text: str, *, linked: tuple[str, ...] = ()) -> Hit | None:
    """The phrase in a block's text; `linked` are the texts of its links, which are names as they stand."""
    text = text[:LONGEST] if len(text) <= 2 * LONGEST else text[:LONGEST] + text[-LONGEST:]
    match = phrase.regex.search(text)
    said = _IN_LINK.sub("⟦⟧", text) if phrase.marked else text  # "Pine River Journal" is no scientific journal
    if match is None or any(veto.search(said) for veto in phrase.vetoes):
        return None
    if phrase.slot == "none":
        return Hit(phrase, match.start(), match.end(), None, match.end())
    raw, at = match["name"] or "", match.start("name") if match["name"] else match.end()
    name = clean_name(raw, None if phrase.marked else phrase.stops, linked)
    if name is None and not phrase.marked and (phrase.slot == "required" or is_date(raw)):
        return None
    end = match.end() if phrase.marked else at + raw.find(name) + len(name) if name else at
    if phrase.position == "label" and _says_more(text[end:]):
        return None
    return Hit(phrase, match.start(), end, name, at)


def _says_more(rest: str) -> bool:
    """Whether behind a label's name stands more than a date or a remark in brackets: "(press release)"."""
    rest = rest.strip(_TRIM + _QUOTES)
    if re.fullmatch(r"[（(][^()（）]{1,60}[)）]", rest):
        return False
    rest = rest.strip(_TRIM + _QUOTES + ")]）】")
    return bool(rest) and not is_date(rest)


def clean_name(raw: str, stops: re.Pattern[str] | None, linked: tuple[str, ...] = ()) -> str | None:
    """The publisher's name at the beginning of `raw`; None where none stands there."""
    for text in linked:
        if len(text) > 1 and raw[:12].find(text[:8]) >= 0 and text in raw and len(text) <= 60:
            raw = text
            break
    else:
        if end := _NAME_ENDS.search(raw.lstrip(_TRIM + '“"„«《【『「')):
            raw = raw.lstrip(_TRIM + '“"„«《【『「')[: end.start()]
        if stops and (end := stops.search(raw)):
            raw = raw[: end.start()]
    if site := _SITE.match(raw):
        raw = site[0]
    name = raw.strip(_TRIM + _QUOTES)
    return name.removeprefix("the ") if _is_name(name) else None


_GENERIC = frozenset(
    "a an it its his her our their one here this that print english german french part full original issue article"
    " story website blog ici hier aquí qui 本站 本网 网络 互联网 综合 其他".split()
)
_NOT_FIRST = re.compile(
    r"(?:a|an|his|her|our|their|my|its|this|that|one|two|three|several|many|print|issue|volume|vol|no|part|chapter|late"
    r"|early|mid|english|spring|summer|autumn|fall|winter|last|next|response|full)\b|本报|本報|本刊|本网|本網|本站|本社|本版|本号|作者|原作者|版权|授权|博主",
    re.I,
)


_PICTURE = re.compile(
    r"(?:the\s)?(?:(?:file|stock|archive|library|handout|courtesy|representational|representative|screen)\s?"
    r"(?:pictures?|photos?|images?|shots?|grabs?|pics?)|archiv(?:bild|foto)|symbol(?:bild|foto)|photo d[’']archives?"
    r"|(?:foto|imagen) de archivo|archivo|archief|arquivo|archivio|getty(?:\simages)?|shutterstock"
    r"|istock(?:photo)?|alamy"
    r"|handout|screengrab|screenshot|twitter|facebook|instagram|youtube|supplied|special arrangement)",
    re.I,
)
"""What stands for a name and says where a picture is from."""
_LOWER_CASE = frozenset(("dpa", "taz", "die taz", "der taz", "heise", "bianet", "piauí", "junge Welt", "openDemocracy"))


def is_picture(name: str) -> bool:
    """Whether what stands for a name says where a picture is from: "File picture", "Getty Images"."""
    return _PICTURE.fullmatch(name.strip()) is not None


def _is_name(name: str) -> bool:
    if not 2 <= len(name) <= 80 or len(name.split()) > 9 or is_date(name) or name.casefold() in _GENERIC:
        return False
    if is_picture(name):
        return False
    first = name.removeprefix("the ").removeprefix("The ").removeprefix("l'").removeprefix("la ").removeprefix("le ")
    first = first.removeprefix("der ").removeprefix("die ").removeprefix("das ").removeprefix("el ")
    if _NOT_FIRST.match(first):
        return False
    return (
        not first[:1].islower()
        or re.search(r"\w\.\w{2,}", name) is not None
        or re.match(r"[a-z]{1,6}[A-Z]", first) is not None
        or name in _LOWER_CASE
    )
