"""The notation of wordings: a form such as "sign up for our (daily )?newsletter ..." to a regex and its anchors.

Letters stand for themselves in either case, ' and - for their typographic groups, and besides:

    ...       up to 70 characters of the same sentence, or nothing, with the blanks around it
    (a|b)     one of these; (a|b)? and {name}? one or none, with the blank before it
    #         a number
    ~         a blank or none
    {name}    up to five capitalised words: a person, an outlet
    {credit}  whom a picture is credited to
    {date}    a date or a time in figures, with month names
    {any}     up to 300 characters
    {open}    nothing, or up to 300 characters that end in a punctuation mark: what a credit stands behind
    {address} an e-mail address
    {sep}     a blank, a comma, a bar, a dash or nothing
    {other}   one of the list `other` under [slots] of the file or of any.toml

Every repeat is bounded, so that no page can stall the match.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_UPPER = r"(?-i:(?![a-zß-öø-ÿа-яёіїєґ])[^\W\d_])"
_NAME = rf"{_UPPER}[\w.'’&-]{{0,24}}"
_PARTICLE = r"(?:de|da|di|du|del|della|von|van|der|den|la|le|and|the|of|for|und|et|y|e|&)"
_WITHIN = r"(?:[^.!?。！？]|\.(?=\w))"

BUILT_IN: Mapping[str, str] = {
    "name": rf"{_NAME}(?: (?:{_PARTICLE} ){{0,2}}{_NAME}){{0,4}}",
    "credit": rf"(?:{_UPPER}|@)(?:[^.!?;]|\.(?=.)){{1,80}}",
    "date": r"(?:[^\W\d]{1,12}[.,]{0,2} ){0,2}\d[\w.,:/ |•·-]{3,44}",
    "any": r".{0,300}?",
    "open": r"(?:.{0,300}?[.!?,:;)(\[\]|/·•–—\"”’»-]\s?)?",
    "address": r"[\w.+-]{1,40}@[\w.-]{3,40}",
    "sep": r"\s?[,|/·•–—-]?\s?",
}
"""Slots that every file may use."""

_PART = re.compile(
    r"(?P<gap> ?\.\.\. ?)"
    r"|(?P<blank> ?)(?:\((?P<group>[^()?]{1,1500})\)|\{(?P<slot>[a-z_]{1,20})\})(?P<maybe>\??)"
    r"|(?P<text>[^(){}|?. ]{1,200}|[. ])"
)
_KIN = {"'": "['’‘`´]", "-": "[-‐‑–—]", " ": r"\s", "~": r"\s?", "#": r"\d[\d.,]{0,12}[km]?"}
_SLOT = re.compile(r"\{([a-z_]{1,20})\}")
_WORD = re.compile(r"\w+|©")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
"""Scripts that part no words: there an anchor is any piece of text."""

_COMMON = frozenset(
    "a an and are at by for from has have if in is it of on or our that the this to was with you your"
    " das der die und von zu de en la le les et du el los las que il di e o os as do da het een van".split()
)
"""Words that nearly every text holds: poor anchors."""

Slots = Mapping[str, Sequence[str]]


def compile_form(form: str, slots: Slots) -> re.Pattern[str]:
    """The form as a regex; ValueError says what is wrong with it."""
    sources, end = [], 0
    for match in _PART.finditer(form):
        if match.start() != end:
            break
        sources.append(_source(match, slots, is_last=match.end() == len(form)))
        end = match.end()
    if end != len(form) or not form:
        raise ValueError(f"cannot be read from {form[end : end + 20]!r} on: {form!r}")
    return re.compile("".join(sources), re.IGNORECASE)


def _source(match: re.Match[str], slots: Slots, *, is_last: bool) -> str:
    if match["gap"]:
        return _gap(match, is_last=is_last)
    if match["text"]:
        return _literal(match["text"])
    choice = _either(match["group"].split("|"), slots) if match["group"] else _slot(match["slot"], slots)
    before = r"\s" if match["blank"] else ""
    return f"(?:{before}{choice})?" if match["maybe"] else before + choice


def _gap(match: re.Match[str], *, is_last: bool) -> str:
    """What stands for "...": words between blanks, or any signs where the form has no blanks around it."""
    if match["gap"] == "...":
        return rf"{_WITHIN}{{0,70}}?"
    if match.start() == 0:
        return rf"(?:{_WITHIN}{{1,70}}\s)?"
    return rf"(?:\s{_WITHIN}{{1,70}})?" if is_last else rf"\s(?:{_WITHIN}{{1,70}}?\s)?"


def _slot(name: str, slots: Slots) -> str:
    if name in BUILT_IN:
        return f"(?:{BUILT_IN[name]})"
    if name not in slots:
        raise ValueError(f"no slot is called {name!r}")
    return _either(slots[name], slots)


def _either(alternatives: Sequence[str], slots: Slots) -> str:
    if not all(alternatives):
        raise ValueError("an alternative is empty: write (a|b)? instead of (a|b|)")
    longest_first = sorted(alternatives, key=len, reverse=True)
    return f"(?:{'|'.join(_filled(text, slots) for text in longest_first)})"


def _filled(text: str, slots: Slots) -> str:
    """The alternative, its slots filled."""
    pieces = _SLOT.split(text)
    return "".join(_slot(piece, slots) if number % 2 else _literal(piece) for number, piece in enumerate(pieces))


def _literal(text: str) -> str:
    return "".join(_KIN.get(letter) or re.escape(letter) for letter in text)


def words(text: str) -> list[str]:
    """The words of a text as anchors are written: in lower case."""
    return _WORD.findall(text.replace("İ", "i").lower())


def anchors(form: str, slots: Slots) -> frozenset[str]:
    """Words of which every text that matches the form holds one, the rarest there are; ValueError where it has none."""
    found = [words for words in _choices(form, slots) if words]
    if not found:
        raise ValueError(f"no word is always in it: {form!r}")
    return max(found, key=lambda words: (words.isdisjoint(_COMMON), min(map(len, words)), -len(words)))


def _choices(form: str, slots: Slots) -> list[frozenset[str]]:
    """For each word or group that always stands in the text: the words of which one does."""
    parts: list[frozenset[str]] = []
    shape = _PART.sub(_shape, form)
    parts += [frozenset([word]) for word in _whole_words(shape)]
    for match in _PART.finditer(form):
        listed = match["group"].split("|") if match["group"] else slots.get(match["slot"] or "", ())
        glued = re.match(r"\w", shape[match.end() :]) or re.search(r"\w$", shape[: match.start()])
        if listed and not match["maybe"] and not glued:
            parts.append(_one_of([_whole_words(_SLOT.sub("\0", text).replace("#", "\0")) for text in listed]))
    return parts


def _shape(part: re.Match[str]) -> str:
    """The part in as many signs, NUL for what is not literal; blanks at its ends stay, for words end there."""
    if part["text"]:
        return part["text"].replace("#", "\0")
    inner = (part["group"] or "\0").split("|")
    left = part[0].startswith(" ") or all(text.startswith(" ") for text in inner)
    right = part[0].endswith(" ") or part["slot"] == "open" or all(text.endswith(" ") for text in inner)
    return " " * left + "\0" * (len(part[0]) - left - right) + " " * right


def _whole_words(text: str) -> list[str]:
    """Words that touch no group; in a script without blanks every run counts."""
    text = text.replace("İ", "i").lower()
    if _UNSPACED.search(text):
        return _WORD.findall(text)
    return re.findall(r"©|(?<![\w\0])\w+(?![\w\0])", text)


def _one_of(alternatives: Sequence[Sequence[str]]) -> frozenset[str]:
    if not all(alternatives):
        return frozenset()
    return frozenset(max(words, key=len) for words in alternatives)


def is_unspaced(word: str) -> bool:
    """Whether the word is of a script that parts no words."""
    return _UNSPACED.search(word) is not None
