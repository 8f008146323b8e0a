"""Fourteen kinds of edit that outlets make to a text, each a function of (rng, article, other articles)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random

from stories_prose import PROSE, Event, Text, article, boilerplate

_SENTENCE = re.compile(r"(?<=[.!?…])[\"”»“']?\s+|(?<=[。！？])")
_NUMBER = re.compile(r"\d[\d,.]*")
_CAPITAL = re.compile(r"\b[A-ZÄÖÜÁÉÍÓÚÑА-ЯΑ-Ω]\w{4,}")
Edit = Callable[[Random, Text, list[Text]], Text]


def _house(text: Text) -> str:
    """The language that an outlet's own additions are in: the article's where we can write it, else English."""
    return text.language if text.language in PROSE else "en"


def _own(rng: Random, text: Text, words: int) -> list[str]:
    """Paragraphs that an outlet writes itself."""
    return list(article(rng, Event(rng, _house(text)), words).paragraphs)


def _sentences(paragraph: str) -> list[str]:
    return [part for part in _SENTENCE.split(paragraph) if part.strip()]


def _tokens(text: Text, sentence: str) -> tuple[list[str], str]:
    """The words of a sentence, in Chinese its characters in twos, and what joins them."""
    if text.language in ("zh", "ja", "th"):
        return [sentence[at : at + 2] for at in range(0, len(sentence), 2)], ""
    return sentence.split(), " "


def _join(text: Text, sentences: list[str]) -> str:
    return _tokens(text, "")[1].join(sentences)


def _rephrase(rng: Random, text: Text, sentence: str) -> str:
    """The sentence told otherwise: its halves swapped, then every third to fifth word dropped, moved or added."""
    words, join = _tokens(text, sentence)
    cut = rng.randrange(len(words)) if words else 0
    words = words[cut:] + words[:cut]
    at = rng.randrange(3)
    while at < len(words) - 1:
        change = rng.randrange(3)
        if change == 0:
            del words[at]
        elif change == 1:
            words[at], words[at + 1] = words[at + 1], words[at]
        else:
            words.insert(at, rng.choice(words))
        at += rng.randint(3, 5)
    return join.join(words)


def _rephrased(rng: Random, text: Text, share: float) -> list[str]:
    """The paragraphs with so large a share of the sentences rephrased."""
    told = [[(s, rng.random() < share) for s in _sentences(p)] for p in text.paragraphs]
    return [_join(text, [_rephrase(rng, text, s) if change else s for s, change in p]) for p in told]


def _first(text: Text, share: float) -> list[str]:
    """The paragraphs up to that share of the text; the last one is cut where it falls, as a paywall does."""
    left = int(len(text.body) * share)
    kept = []
    for paragraph in text.paragraphs:
        if left <= 0:
            break
        kept.append(paragraph[: max(left, 20)])
        left -= len(paragraph)
    return kept


def truncated(rng: Random, text: Text, _others: list[Text]) -> Text:
    """The first 35 to 75 percent, then an ellipsis."""
    kept = _first(text, rng.uniform(0.35, 0.75))
    return text.having([*kept[:-1], kept[-1] + " …"])


def framed(rng: Random, text: Text, _others: list[Text]) -> Text:
    """An introduction and an outro of the outlet's own around the text, and its boilerplate."""
    intro, outro = _own(rng, text, 50)[:2], _own(rng, text, 80)[1:3]
    return text.having([*intro, *text.paragraphs, *outro, boilerplate(rng, _house(text))])


def rewritten(rng: Random, text: Text, _others: list[Text]) -> Text:
    """A fifth to two fifths of the sentences told otherwise."""
    return text.having(_rephrased(rng, text, rng.uniform(0.2, 0.4)))


def headline(rng: Random, text: Text, _others: list[Text]) -> Text:
    """Another headline, echoed at the head of the body, and another first sentence."""
    first = _sentences(text.paragraphs[0])
    opening = _join(text, [_rephrase(rng, text, first[0]), *first[1:]]) if first else ""
    title = article(rng, Event(rng, _house(text)), 60).title
    return Text(title, (title, opening, *text.paragraphs[1:]), text.language)


def merged(rng: Random, text: Text, others: list[Text]) -> Text:
    """Two pieces made one: most of this article, then the beginning of another, or the other way round."""
    halves = [_first(text, rng.uniform(0.65, 1)), _first(rng.choice(others), rng.uniform(0.2, 0.5))]
    rng.shuffle(halves)
    return text.having(halves[0] + halves[1])


def reordered(rng: Random, text: Text, _others: list[Text]) -> Text:
    """The paragraphs in another order."""
    return text.having(rng.sample(text.paragraphs, k=len(text.paragraphs)))


def thinned(rng: Random, text: Text, _others: list[Text]) -> Text:
    """A quarter to a half of the paragraphs left out."""
    keep = max(1, round(len(text.paragraphs) * rng.uniform(0.5, 0.75)))
    chosen = sorted(rng.sample(range(len(text.paragraphs)), k=keep))
    return text.having([text.paragraphs[at] for at in chosen])


_SPELLINGS = [
    ("ize", "ise"),
    ("izing", "ising"),
    ("or ", "our "),
    ("ter ", "tre "),
    ("ß", "ss"),
    ("percent", "per cent"),
]


def localised(rng: Random, text: Text, _others: list[Text]) -> Text:
    """Names and spelling of another country: up to eight names transliterated throughout, and a spelling rule."""
    body = text.body
    for old, new in rng.sample(_SPELLINGS, k=3):
        body = body.replace(old, new)
    names = sorted(set(_CAPITAL.findall(body)))
    for name in rng.sample(names, k=min(8, len(names))):
        body = body.replace(name, name[:2] + name[2:].replace("e", "ie").replace("k", "c").replace("v", "w"))
    return text.having(body.split("\n\n"))


_MONTHS = "|".join(PROSE["en"]["months"])
_STYLE = [
    (re.compile(r"(\d),(\d{3})"), r"\1.\2"),
    (re.compile(r"(\d+(?:\.\d)?) (?:percent|per cent|Prozent|por ciento)"), r"\1%"),
    (re.compile(r"\$(\d+) million"), r"USD \1m"),
    (re.compile(rf"({_MONTHS}) (\d{{1,2}})\b"), r"\2 \1"),
    (re.compile(r"\bseven\b|\b7\b"), "7"),
    (re.compile(r"\btwo\b"), "2"),
    (re.compile(r"\bthree\b"), "3"),
    (re.compile(r"(\d) (?:million|Millionen|millones)"), r"\1 mn"),
    (re.compile(r"(?<=\d)km\b|(?<=\d) (?:kilometres|kilometers)"), " km"),
]


def numbers(_rng: Random, text: Text, _others: list[Text]) -> Text:
    """Numbers, dates and currencies in another house style."""
    body = text.body
    for pattern, replacement in _STYLE:
        body = pattern.sub(replacement, body)
    return text.having(body.split("\n\n"))


def boxed(rng: Random, text: Text, others: list[Text]) -> Text:
    """Two to four boxes between the paragraphs: teasers of other pieces, a newsletter, a fact box."""
    paragraphs = list(text.paragraphs)
    for _ in range(rng.randint(2, 4)):
        other = rng.choice(others)
        teaser = f"{other.title}\n{other.paragraphs[0][:160]}"
        box = rng.choice(
            (teaser, boilerplate(rng, _house(text)), "\n".join(f"- {p[:90]}" for p in _own(rng, text, 90)))
        )
        paragraphs.insert(rng.randint(1, len(paragraphs)), box)
    return text.having(paragraphs)


def excerpt(rng: Random, text: Text, _others: list[Text]) -> Text:
    """One stretch of a quarter to a half of the text, quoted after a sentence of the outlet's own."""
    sentences = [s for p in text.paragraphs for s in _sentences(p)]
    size = max(2, round(len(sentences) * rng.uniform(0.25, 0.5)))
    start = rng.randint(0, max(0, len(sentences) - size))
    return text.having([_own(rng, text, 60)[0], f"“{_join(text, sentences[start : start + size])}”"])


_TYPOGRAPHY = str.maketrans({"'": "’", "-": "–", "“": "«", "”": "»", "，": ",", "。": ". ", "„": "»", "；": ";"})


def typography(rng: Random, text: Text, _others: list[Text]) -> Text:
    """Other quotation marks, dashes and spaces; decomposed accents; soft hyphens in long words."""
    body = re.sub(r'"([^"]*)"', r"« \1 »", text.body).translate(_TYPOGRAPHY).replace(" %", "\u202f%")
    body = unicodedata.normalize(rng.choice(("NFC", "NFD")), body)
    body = re.sub(r"(\w{6})(\w{4})", "\\1\u00ad\\2", body)
    return text.having([p.replace(" ", "\u00a0", 3) for p in body.split("\n\n")])


def abridged(rng: Random, text: Text, _others: list[Text]) -> Text:
    """Half the sentences, from all over the text; one in seven of them shortened."""
    kept = []
    for paragraph in text.paragraphs:
        sentences = [s for s in _sentences(paragraph) if rng.random() < 0.5]
        kept.append(_join(text, [_shortened(text, s) if rng.random() < 0.15 else s for s in sentences]))
    return text.having(kept) if sum(map(len, kept)) > len(text.body) // 3 else text.having(_first(text, 0.5))


def _shortened(text: Text, sentence: str) -> str:
    words, join = _tokens(text, sentence)
    return join.join(words[: max(4, len(words) * 2 // 3)])


def updated(rng: Random, text: Text, _others: list[Text]) -> Text:
    """A new first paragraph and another one lower down, and six of ten figures changed."""
    fresh = _own(rng, text, 90)
    body = _NUMBER.sub(lambda n: str(rng.randint(2, 999)) if rng.random() < 0.6 else n[0], text.body)
    paragraphs = body.split("\n\n")[1:] or [body]
    paragraphs.insert(rng.randint(0, len(paragraphs)), fresh[1])
    return text.having([fresh[0], *paragraphs])


_KINDS = (truncated, framed, rewritten, headline, merged, reordered, thinned, localised, numbers, boxed, excerpt)
EDITS: dict[str, Edit] = {edit.__name__: edit for edit in (*_KINDS, typography, abridged, updated)}
MILD = ("headline", "numbers", "typography", "localised", "truncated", "boxed")
"""What outlets do to a wire story that they take over as it comes."""
