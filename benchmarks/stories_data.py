"""The stream of documents for the stories benchmark, fixed by its seed: copies, look-alikes and a background.

    kind          documents    what
    base, 14 edits   15,000    1,000 texts and a copy of each by every edit of stories_edits
    event               600    300 pairs on one event that share two quotes and a background paragraph, and no story
    update              500    100 pieces of an agency in five successive versions
    wire                500    one story on 500 outlets
    background      100,000    articles of our own, each a story of its own

Half of the base texts and a third of the event pairs are gold bodies of ../shared/eval/dev where that folder is (read,
never committed); the rest, or without the folder all, is our own prose. A third of the outlets print boilerplate under
their articles, as some slips through extraction.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from stories_edits import EDITS, MILD
from stories_prose import Event, Text, article, boilerplate, length, some_article

GOLD = Path(__file__).resolve().parents[2] / "shared" / "eval" / "dev" / "gold.jsonl"
OUTLETS = 2000
BASES, PAIRS, GOLD_PAIRS, AGENCY, WIRE = 1000, 300, 100, 100, 500


@dataclass(frozen=True)
class Document:
    """One document of the stream."""

    kind: str
    story: int
    """The story that it belongs to."""
    outlet: int
    text: Text
    real: bool = False
    """Whether its base text is a real page's."""
    part_of: int | None = None
    """Another story that it holds a part of: a link there is not wrong."""


def _language(body: str) -> str:
    """All that the edits ask: "zh" for a text without spaces between its words, else "xx"."""
    unspaced = sum("\u3040" <= char <= "\u9fff" or "\u0e00" <= char <= "\u0e7f" for char in body)
    return "zh" if unspaced > len(body) * 0.3 else "xx"


def _runs(body: str) -> set[str]:
    """Runs of 40 characters, one in every 20, to tell gold bodies that are copies of each other."""
    folded = "".join(body.split()).casefold()
    return {folded[at : at + 40] for at in range(len(folded) - 40)}


def gold_texts(path: Path = GOLD) -> list[Text]:
    """The gold bodies of 400 characters or more, without those that share a fifth of their text with an earlier one."""
    texts: list[Text] = []
    seen: set[str] = set()
    for line in path.read_text("utf-8").rstrip("\n").split("\n") if path.exists() else ():
        gold = json.loads(line)
        body = gold.get("body") or ""
        runs = _runs(body)
        if len(body) < 400 or len(runs & seen) > len(runs) / 5:
            continue
        seen |= runs
        paragraphs = [p for p in body.split("\n") if p.strip()]
        texts.append(Text(gold.get("title") or paragraphs[0][:80], tuple(paragraphs), _language(body)))
    return texts


class Stream:
    """Makes the documents; `len(gold)` of the base texts are real pages' texts, and no event pair's."""

    def __init__(self, seed: int, background: int, *, use_gold: bool = True) -> None:
        self.rng = Random(seed)
        self.seed = seed
        self.background = background
        gold = gold_texts() if use_gold else []
        self.rng.shuffle(gold)
        self.gold_pairs, self.gold = gold[: 2 * GOLD_PAIRS], gold[2 * GOLD_PAIRS :]
        self.boilerplate = {o: boilerplate(self.rng, "en") for o in range(OUTLETS) if self.rng.random() < 1 / 3}
        self.stories = 0

    def __iter__(self) -> Iterator[Document]:
        """The documents in their order of time: each story's copies follow its first document at random distances."""
        planned: list[tuple[float, Document | None]] = [*self._copies(), *self._events(), *self._updates()]
        planned += self._wire()
        planned += [(self.rng.random(), None) for _ in range(self.background)]
        planned.sort(key=lambda entry: entry[0])
        for number, (_, document) in enumerate(planned):
            yield self._printed(document or self._own(Random(f"{self.seed}/{number}")))

    def _story(self) -> int:
        self.stories += 1
        return self.stories

    def _own(self, rng: Random) -> Document:
        return Document("background", self._story(), rng.randrange(OUTLETS), some_article(rng))

    def _printed(self, document: Document) -> Document:
        """The document with its outlet's boilerplate under it."""
        if (block := self.boilerplate.get(document.outlet)) is None:
            return document
        text = document.text
        return replace(document, text=text.having([*text.paragraphs, block]))

    def _later(self, documents: list[Document]) -> Iterator[tuple[float, Document]]:
        """The documents of a story with their times."""
        start, span = self.rng.random() * 0.9, self.rng.random() * 0.1
        times = sorted(start + self.rng.random() * span for _ in documents)
        yield from zip(times, documents, strict=True)

    def _document(self, kind: str, story: int, text: Text) -> Document:
        return Document(kind, story, self.rng.randrange(OUTLETS), text)

    def _copies(self) -> Iterator[tuple[float, Document]]:
        bases = self.gold + [some_article(self.rng) for _ in range(BASES - len(self.gold))]
        stories = [self._story() for _ in bases]
        for number, text in enumerate(bases):
            other = self._fellow(bases, number)
            copies = [
                self._document(kind, stories[number], edit(self.rng, text, [bases[other]]))
                for kind, edit in EDITS.items()
            ]
            copies = [replace(c, part_of=stories[other]) if c.kind == "merged" else c for c in copies]
            self.rng.shuffle(copies)
            base = self._document("base", stories[number], text)
            real = number < len(self.gold)
            # In half the stories the original is seen first; in the others a copy may be.
            copies.insert(0 if self.rng.random() < 0.5 else self.rng.randint(0, len(copies)), base)
            yield from self._later([replace(copy, real=real) for copy in copies])

    def _fellow(self, bases: list[Text], number: int) -> int:
        """Another base text in the same kind of script."""
        fellows = [at for at, base in enumerate(bases) if base.language == bases[number].language and at != number]
        return self.rng.choice(fellows or range(len(bases)))

    def _events(self) -> Iterator[tuple[float, Document]]:
        for number in range(PAIRS):
            first, second = self._gold_pair(number) if 2 * number < len(self.gold_pairs) - 1 else self._own_pair()
            pair = [self._document("event", self._story(), text) for text in (first, second)]
            yield from self._later(pair)

    def _own_pair(self) -> tuple[Text, Text]:
        """Two articles about one event: same names and topics, two quotes and a background paragraph in common."""
        event = Event(self.rng, self.rng.choice(("en", "en", "de", "es", "zh")))
        shared = [event.quote(self.rng), event.quote(self.rng), event.background(self.rng)]
        first, second = (self._with(article(self.rng, event, max(220, length(self.rng))), shared) for _ in range(2))
        return first, second

    def _gold_pair(self, number: int) -> tuple[Text, Text]:
        """Two real texts that were given a fifth to a third of the shorter one's length in common."""
        first, second = self.gold_pairs[2 * number : 2 * number + 2]
        event, shared = Event(self.rng, "en"), list[str]()
        budget = min(len(first.body), len(second.body)) * self.rng.uniform(0.2, 0.33)
        while sum(map(len, shared)) < budget:
            shared.append(self.rng.choice((event.quote, event.background))(self.rng))
        return self._with(first, shared), self._with(second, shared)

    def _with(self, text: Text, shared: list[str]) -> Text:
        paragraphs = list(text.paragraphs)
        for paragraph in shared:
            paragraphs.insert(self.rng.randint(1, len(paragraphs)), paragraph)
        return text.having(paragraphs)

    def _updates(self) -> Iterator[tuple[float, Document]]:
        for _ in range(AGENCY):
            story, text, versions = self._story(), some_article(self.rng), list[Document]()
            agency = self.rng.randrange(OUTLETS)
            for _ in range(5):
                versions.append(Document("update", story, agency, text))
                text = self._next_version(text)
            yield from self._later(versions)

    def _next_version(self, text: Text) -> Text:
        """A new first paragraph, one more lower down or one less at the end; a paragraph in ten told otherwise."""
        fresh = article(self.rng, Event(self.rng, text.language), 80).paragraphs
        paragraphs = [fresh[0], *text.paragraphs[1:]]
        paragraphs.insert(self.rng.randint(1, len(paragraphs)), fresh[1])
        if len(paragraphs) > 6 and self.rng.random() < 0.5:
            paragraphs.pop()
        rewritten = EDITS["rewritten"](self.rng, text.having(paragraphs), []).paragraphs
        return text.having(
            [new if self.rng.random() < 0.1 else p for p, new in zip(paragraphs, rewritten, strict=True)]
        )

    def _wire(self) -> Iterator[tuple[float, Document]]:
        story = self._story()
        text = article(self.rng, Event(self.rng, "en"), 450)
        others = [some_article(self.rng)]
        outlets = self.rng.sample(range(OUTLETS), k=WIRE)
        copies = [EDITS[self.rng.choice(MILD)](self.rng, text, others) for _ in outlets[1:]]
        yield from self._later([Document("wire", story, o, t) for o, t in zip(outlets, [text, *copies], strict=True)])
