"""Names out of lines: "By Ann Lee and Bob Ray, Senior Editor" gives Ann Lee and Bob Ray."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from newscrawl.extraction.metadata.plain_text import key, plain
from newscrawl.extraction.metadata.words import Words

LIMIT = 50
"""Authors of one article."""

PARTICLES = frozenset(
    "de da do dos das del della di du des la le van von der den ten ter zu bin ibn al el y e af av vom zum dal".split()
)
"""Words in lower case that stand within names."""

PLACEHOLDERS = frozenset(("undefined", "null", "none", "n a", "object object", "admin", "administrator", "author"))
"""Keys of what stands in place of a name, where it is all that stands there: what a program prints of an absent value,
the account that a content system begins with, a template's label. On the dev pages of wcxb two of these were given for
pages whose gold names nobody, and gold holds none of them."""

_AROUND = " \t,;:.|/·•●∙⋅◦‧*-–—―_\"'“”„«»()[]<>@"
_BRACKETS = re.compile(r"\([^()]{0,120}\)|\[[^\[\]]{0,120}\]|<[^<>]{0,120}>")
_MAIL = re.compile(r"(?<!\S)[\w.+-]{1,64}@[\w-]{1,60}\.\S{1,100}")
_HANDLE = re.compile(r"@\w{1,30}")
_GLUED = re.compile(r"(?<=[^\W\d_]{3})(?=\d{1,4}[./:-]\d)")
"""Where a date is glued to a name: "Ann Lee3.11.2023"."""
_GLUED_BEHIND = re.compile(r"(?<=\b(?:19|20)\d\d)(?=[A-ZÀ-Þ][a-zß-ÿ])")
"""Where a name is glued to a date: "Dec 17, 2025Ann Lee"."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,300}|\S{1,80}\.(?:com|org|net)/\S{0,200}")
_HARD = re.compile(r"\s*[;|·•●∙⋅◦‧\n\t/／、،，]\s*|\s+[-–—]\s+")
_BREAK = re.compile(r"\s*[|·•●∙⋅◦‧\n]\s*")
_COMMA = re.compile(r"\s*,\s*")
_DIGIT = re.compile(r"\d")
_NO_LETTER = re.compile(r"[^\w\s.'’‘\"“”&·()-]|[\d_]")
_DATED = re.compile(
    r"\W{0,3}(?:[^\W\d_]{2,12}[.,]{0,2}\s)?(?:\d{1,2}\W{0,3}[^\W\d_]{2,12}\W{0,3}|[^\W\d_]{3,12}\.?\s\d{1,2}\W{0,3}"
    r"|\d{1,2}[./-]\d{1,2}[./-])(?:19|20)\d\d(?:\W{1,3}\d{1,2}[:.]\d\d(?:\s?(?:Uhr|[AaPp]\.?[Mm]\.?)(?!\w))?)?[\W_]{0,5}"
)
"""A date that opens a line: "28. Jan. 2022 ", "Dec 17, 2025", "Tuesday, 3 May 2022 10:15 | "."""
_TEAM = re.compile(
    r"(?:[Tt]he )?(?:[A-Z][\w&'’.-]{0,20} ){1,3}(?:Team|Staff|Editors|Newsroom|Editorial Team|Staff Writers?)"
)
_INITIALS = re.compile(r"(?: [A-Z]\.?)+$")
"""Behind a first name: "Lee, Ann B."."""
_SUFFIX = re.compile(r"\b(?:Jr|Sr)$")
_ACCOUNT = re.compile(r"(?=.{0,24}[^\W\d_])[a-zA-Z][\w.-]{2,24}", re.ASCII)
_CAMEL = re.compile(r"^(?!Mc|Mac|De|Di|Da|La|Le|Fitz|Van)\w{0,20}[a-z][A-Z]")
_CASELESS = re.compile(
    r"[가-힣]{2,5}(?:\s[가-힣]{1,5}){0,2}|[㐀-鿿々〆ヶ]{1,5}(?:[ 　·・•][㐀-鿿々]{1,5})?|[㐀-鿿々ぁ-んァ-ヶー]{2,8}"
    r"|[ァ-ヶー]{1,12}(?:[ ・＝=][ァ-ヶー]{1,12}){0,3}|[㐀-鿿々]{1,4}[ 　][ぁ-んァ-ヶー㐀-鿿]{1,6}"
    r"|[^㐀-鿿ぁ-ヿ가-힣\W\d]{2,20}(?:[\s'’.-]{1,2}[^㐀-鿿ぁ-ヿ가-힣\W\d]{1,20}){0,4}"
)
"""How long names are that have no capitals: Korean, Chinese, Japanese; up to five words in Arabic and others."""
_ROLE_BEHIND = re.compile(
    r"(?<=[가-힣]{2})\s?(?:(?:선임|인턴|수습|객원|전문|대|시민|사진)?기자|특파원|논설위원|편집위원)$"
    r"|(?<=[㐀-鿿々ぁ-ん]{2})\s?(?:記者|编辑委员|編集委員|論説委員|特派員|特约记者|记者)$"
)


def split(text: str, words: Words) -> list[str]:
    """The names of a field for names: "By Ann Lee and Bob Ray (Paris), Senior Editor" gives ["Ann Lee", "Bob Ray"]."""
    if key(text[:50]) in PLACEHOLDERS:
        return []
    text = _BRACKETS.sub(" ", _MAIL.sub(" ", _ADDRESS.sub(" ", text[:1000])))
    parts = [plain(part, 1000) for part in _HARD.split(without_by(text, words)[0])[:LIMIT]]
    found = [name for part in parts for name in _listed(part, words)]
    return each_once([name for name in found if not (is_role(name, words) or _DIGIT.search(name))] or found)


def each_once(found: Iterable[str]) -> list[str]:
    """The names without repetitions and placeholders."""
    first: dict[str, str] = {}
    for name in found:
        first.setdefault(key(name), name)
    for nobody in ("", *PLACEHOLDERS):
        first.pop(nobody, None)
    return list(first.values())[:LIMIT]


def in_line(line: str, words: Words) -> tuple[list[str], bool]:
    """The names in a line of the page, and whether "by" opens them.

    "By Ann Lee | 5 May", "05.06.2025 um 14:46 von Ann Lee", "This post was written by Ann Lee", "Ann Lee, 5 May".
    """
    line = _cleared(line)
    rest, opened = without_by(line, words)
    if len(line) > 200 and not opened:
        return [], False
    if not opened and len(line) < 150 and (found := _within(words.by).search(line, 0, 80)):
        rest, opened = line[found.end() :], True
    run = _run(rest, words)
    if not opened:
        return strict(run, words), False
    run = next((part for part in _BREAK.split(run) if strict(part, words)), run)
    return strict(run, words) or each_once(_collective(run, words) or _account(rest, words)), True


def _cleared(line: str) -> str:
    """The line without brackets, handles and mail addresses, a date and a name parted where they are glued."""
    line = _BRACKETS.sub(" ", _HANDLE.sub(" ", _MAIL.sub(" ", line[:300])))
    return _GLUED.sub(" ", _GLUED_BEHIND.sub(" ", line))


def may_open(line: str, words: Words) -> bool:
    """Whether a line can hold a byline, told cheaply."""
    return bool(_opening(words.by).match(line.lstrip(_AROUND))) or (
        len(line) < 150 and bool(_within(words.by).search(line, 0, 80))
    )


def _collective(run: str, words: Words) -> list[str]:
    """ "By The Currency editors", "Par la rédaction": what "by" opens and a collective word marks."""
    name = run.split("\n")[0].strip(_AROUND)
    is_one = len(name.split()) <= 5 and _is_capital(name.removeprefix("the ")) and is_collective(name, words)
    return [name] if is_one else []


def bare(line: str, words: Words) -> list[str]:
    """The names of a line that holds them and at most a date: "Ann Lee", "28. Jan. 2022 Ann Lee", "Ann Lee | 5 May".

    "The Harbour Team" is one, too; "Ann Lee was" and "Teste Shure MV88+" are none.
    """
    line = _cleared(line)
    line = line[found.end() :] if (found := _DATED.match(line)) else line
    run = _run(line, words)
    if run.rstrip().endswith(":") or not _ends(line[len(run) :], words):
        return []
    return strict(run, words) or ([run.strip(_AROUND)] if _TEAM.fullmatch(run.strip(_AROUND)) else [])


def is_alone(line: str, words: Words) -> bool:
    """Whether nothing but a date follows the names that a line opens with; "Learn about us" is no name."""
    line = _cleared(line)
    rest = line[len(_run(line, words)) :]
    return _ends(rest, words) and (not rest.strip()[:1].isalpha() or bool(_DIGIT.search(rest)))


def _ends(rest: str, words: Words) -> bool:
    rest = rest.strip()
    first = (rest.split() or [""])[0].strip(_AROUND).casefold()
    return not rest or not rest[0].isalpha() or first in words.dates


def _account(rest: str, words: Words) -> list[str]:
    """ "by jdoe", "by jdoe42 on 5 May": the one word that "by" opens, behind which a date may follow."""
    name, _, behind = rest.strip(_AROUND).partition(" ")
    first = (behind.split() or [""])[0].strip(_AROUND).casefold()
    return account(name, words) if not first or first in words.dates or first[0].isdigit() else []


def account(name: str, words: Words) -> list[str]:
    """The name of an account where a name is to be: one word, of no meaning to a page."""
    name = name.strip(_AROUND)
    is_word = name.casefold() in words.boilerplate or name.casefold() in words.dates or key(name) in PLACEHOLDERS
    return [name] if _ACCOUNT.fullmatch(name) and not is_word else []


def _run(text: str, words: Words) -> str:
    """The text up to the first word that no list of names holds: a figure, "updated", "min"."""
    kept: list[str] = []
    parts = re.split(r"( |\n)", text)
    for part in parts:
        word = part.strip(_AROUND).casefold()
        stops = word in words.boilerplate or (word in words.roles and _is_full("".join(kept)))
        if _DIGIT.search(part) or (
            stops and part.strip(_AROUND) not in PARTICLES and kept and word not in words.conjunctions
        ):
            break
        kept.append(part)
    stopped = bool(kept) and len(kept) < len(parts)
    while kept and (not (last := kept[-1].strip(_AROUND).casefold()) or (stopped and last in words.months)):
        kept.pop()
    return "".join(kept)


def _is_full(listed: str) -> bool:
    """Whether a list's last name has two words, behind which a job title may follow: "Ann Lee Writer"."""
    return len(re.split(r"[,\n]", listed)[-1].split()) > 1


def strict(text: str, words: Words) -> list[str]:
    """The names of a text that holds nothing but names; none where any part of it is none."""
    found = split(text, words)
    return found if all(is_name(name, words) for name in found) else []


def without_by(text: str, words: Words) -> tuple[str, bool]:
    """The text without what opens a byline, and whether it had one: "By Ann Lee", "Von: Ann Lee", "ByAnn Lee"."""
    stripped = text.lstrip(_AROUND)
    found = _opening(words.by).match(stripped)
    return (stripped[found.end() :].strip(), True) if found else (text, False)


@lru_cache(maxsize=64)
def _opening(by: tuple[str, ...]) -> re.Pattern[str]:
    """The opening word ends in a colon, a blank, the line, or where a capital is glued to it."""
    choice = "|".join(re.escape(word) for word in by)
    return re.compile(rf"(?i:{choice})(?:\s{{0,3}}[:：]\s{{0,3}}|\s{{1,3}}|$|(?=[A-ZÀ-Þ](?:[a-zß-ÿ]|\.)))")


@lru_cache(maxsize=64)
def _within(by: tuple[str, ...]) -> re.Pattern[str]:
    """ "written by" anywhere, "by" alone after a figure or a break."""
    phrases = "|".join(re.escape(word) for word in by if " " in word)
    alone = "|".join(re.escape(word) for word in by if " " not in word)
    return re.compile(
        rf"(?:\b(?i:{phrases})|(?<=[\d|·•\n—–-])\s{{0,2}}(?:[Uu]hr )?\b(?i:{alone}))\s{{0,2}}:?\s{{1,2}}(?=\w)"
    )


@lru_cache(maxsize=64)
def _between(conjunctions: tuple[str, ...]) -> re.Pattern[str]:
    choice = "|".join(re.escape(word) for word in conjunctions)
    return re.compile(rf"\s{{1,3}}(?i:{choice})\s{{1,3}}")


def _listed(text: str, words: Words) -> list[str]:
    """The names of a part that holds commas and conjunctions alone. "Lee, Ann B." is one name; "Ann Lee, Paris" too.

    Behind a full name a single word is none: "Ann Lee, Content & Marketing".
    """
    pieces = [piece for piece in (_tidy(piece, words) for piece in _COMMA.split(text)) if piece]
    if len(pieces) == 2 and all(" " not in _INITIALS.sub("", piece) and _is_capital(piece) for piece in pieces):
        return [f"{pieces[1]} {pieces[0]}"]
    found = [[_tidy(name, words) for name in _parted(piece, words)] for piece in pieces]
    full = bool(found) and " " in found[0][0]
    return [
        name
        for number, group in enumerate(found)
        for name in group
        if number == 0 or " " in name or (len(group) > 1 and not full)
    ]


def _parted(text: str, words: Words) -> list[str]:
    """The names between conjunctions; an agency that helped, "Ann Lee with AFP", is no author."""
    first, *helpers = _between(words.helped).split(text)
    joined = [first, *(name for name in helpers if not is_collective(name, words))]
    return [name for part in joined for name in _between(words.conjunctions).split(part)]


def _tidy(name: str, words: Words) -> str:
    name = without_by(name.strip(_AROUND), words)[0].strip(_AROUND)
    name = name if name.isascii() else _ROLE_BEHIND.sub("", name)
    return f"{name}." if _SUFFIX.search(name) else name


def is_role(text: str, words: Words) -> bool:
    """Whether the text is a job title: it holds a word that only those hold."""
    return any(word in words.roles for word in key(text).split())


def is_name(text: str, words: Words) -> bool:
    """Whether the text can be a person's name as a byline prints it."""
    parts = text.split()
    if not (1 <= len(parts) <= 6 and 2 <= len(text) <= 60) or _NO_LETTER.search(text):
        return False
    if is_caseless(text) and not _CASELESS.fullmatch(text):
        return False
    if any(word not in PARTICLES and (word in words.boilerplate or word in words.roles) for word in key(text).split()):
        return False
    return all(_is_capital(part) or part in PARTICLES for part in parts) and _is_capital(parts[-1])


def is_caseless(text: str) -> bool:
    """Whether the text is in a script without capitals, which tell no name from other words."""
    return any(unicodedata.category(letter) == "Lo" for letter in text if not letter.isascii())


def _is_capital(word: str) -> bool:
    """A capital first letter, or a letter of a script without case: "Lee", "O'Neil", "d'Arc", "李"."""
    letters = word.lstrip("'’‘\"“(")
    letters = letters[2:] if letters[:2] in ("d'", "d’", "l'", "l’") else letters
    return bool(letters) and unicodedata.category(letters[0]) in ("Lu", "Lt", "Lo")


def is_account(name: str) -> bool:
    """Whether the name is an account's: "admin", "jdoe42", "ann.lee", "KatieS"."""
    return " " not in name and (
        bool(_NO_LETTER.search(name)) or "." in name.strip(".") or not _is_capital(name) or bool(_CAMEL.search(name))
    )


def is_collective(name: str, words: Words) -> bool:
    """Whether the name is an agency's, a newsroom's or a company's: one of its words marks it so."""
    return any(word in words.collective for word in key(name).split())
