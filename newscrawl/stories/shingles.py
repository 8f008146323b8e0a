"""Text to shingles: hashes of every five words in a row, in Chinese, Japanese and Thai of every few characters."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate
from zlib import crc32

from newscrawl.stories.quotations import parted

WORDS = 5
"""Words in a shingle. Two outlets' pieces on one event share almost no five words in a row but quotes."""
CHARACTERS = {"han": 12, "thai": 20}
"""Characters in a shingle, about six words of Chinese and five of Thai. From 8 to 12, false links between our made-up
Chinese articles fell from 613 to 496 (benchmarks/stories.py, seed 1); Japanese and Thai are not measured."""
MAX_CHARACTERS = 100_000
"""What of a text is looked at; a long feature has 40,000 characters."""

# Accents, Arabic and Hebrew points: outlets print them or leave them out. Soft hyphens and zero-width characters stand
# inside words for the browser's line breaks.
_UNSEEN = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u00ad\u200b-\u200f\u2060\ufeff]+")
_EDGE = "\x1f"  # stands between a text's parts while it is folded
_THOUSANDS = re.compile(r"(?<=\d)[.,'’](?=\d{3}(?!\d))")  # "12,500", "12.500" and "12'500" are one number
# Vowel signs of Indic scripts are no \w, and without them every word would fall to pieces.
_WORD_OR_EDGE = re.compile(f"[\\w\u0900-\u0963\u0970-\u0e7f]+|{_EDGE}")
_UNSPACED = re.compile("[\u0e01-\u0e5b\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")


def shingles(text: str) -> list[int]:
    """The 32-bit hashes of a text's shingles, each once, in the text's order.

    Letter case, accents, punctuation, white space and thousands separators make no difference. The hashes are the same
    on every machine and in every run: CRC-32, multiplied to spread it (crc32 of a slice is 3 times as fast as blake2b,
    and nobody gains by forging a hash here: who wants to look like a copy can copy).
    """
    return list(dict.fromkeys(marked(text)[0]))


def marked(text: str) -> tuple[list[int], list[bool]]:
    """The hash of each shingle in a row, and whether the middle of the shingle stands in a quotation."""
    folded = _folded(_EDGE.join(parted(text[:MAX_CHARACTERS].replace(_EDGE, " "))))
    words, quoted, inside = list[str](), list[bool](), False
    for word in _WORD_OR_EDGE.findall(folded):
        if word == _EDGE:
            inside = not inside
        else:
            words.append(word)
            quoted.append(inside)
    width = _character_width(folded, words)
    if width is None:
        runs, width = _runs_of_words(words), WORDS
    else:
        quoted = [mark for word, mark in zip(words, quoted, strict=True) for _ in word]
        letters = "".join(words)
        runs = [letters[at : at + width].encode() for at in range(len(letters) - width + 1)]
    return [crc32(run) * 0x9E3779B1 & 0xFFFFFFFF for run in runs], quoted[width // 2 :][: len(runs)]


def _folded(text: str) -> str:
    if not text.isascii():
        text = _UNSEEN.sub("", unicodedata.normalize("NFKD", text))
    return _THOUSANDS.sub("", text.casefold())


def _runs_of_words(words: list[str]) -> list[bytes]:
    """Every five words in a row, cut from one string so that none is joined anew."""
    line = " ".join(words).encode()
    lengths = map(len, words) if line.isascii() else (len(word.encode()) for word in words)
    starts = list(accumulate((length + 1 for length in lengths), initial=0))
    return [line[start : end - 1] for start, end in zip(starts, starts[WORDS:], strict=False)]


def _character_width(text: str, words: list[str]) -> int | None:
    """Width of a text's character shingles; None where most of it is written with spaces.

    Told by the text and not by its declared language: a wrong `lang` on one copy must not hide it from the others.
    """
    if text.isascii():
        return None
    unspaced = _UNSPACED.findall(text)
    count = sum(map(len, unspaced))
    if count * 2 < sum(map(len, words)):
        return None
    thai = sum(len(run) for run in unspaced if "\u0e01" <= run[0] <= "\u0e5b")
    return CHARACTERS["thai" if thai * 2 > count else "han"]
