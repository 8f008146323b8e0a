"""What of a text is quoted: direct speech in the marks of many languages, embedded posts, quoted paragraphs."""

from __future__ import annotations

import re

LONGEST = 3000
"""Characters of a quotation whose closing mark is missing; a paragraph ends it as well. Speech over several paragraphs
opens each with a mark and closes the last one only."""

# Each begins with its mark, since a search for one of many characters is fast; what stands before is asked after it.
_MARKS = (
    r"“[^”\n]{0,N}”?",
    r"[„‟][^“”\"\n]{0,N}[“”\"]?",
    r"«[^»\n]{0,N}»?",
    r"‹[^›\n]{0,N}›?",
    r"[「﹁][^」﹂\n]{0,N}[」﹂]?",
    r"[『﹃][^』﹄\n]{0,N}[』﹄]?",
    r"〝[^〞〟\n]{0,N}[〞〟]?",
    r"”(?<![\w.,;!?…%)]”)(?=\w)[^”\n]{0,N}”?",  # Swedish, Finnish
    r"»(?<![\w.,;!?…%)]»)(?=\w)[^«»\n]{0,N}[«»]?",  # German and Danish books and papers
    r"\"(?<![^\W\u2e80-\U0003ffff]\")(?<![.,;!?…%)]\")(?=\S)[^\"\n]{0,N}\"?",  # Chinese sets no space before a mark
    # British. "don't" does not close it, and what is not closed is an apostrophe: 'tis.
    r"['‘](?<![\w.,;!?…%)]['‘])(?=\w)(?:[^'’\n]|['’](?=\w)){1,400}+['’](?!\w)",
)
_INSIDE = re.compile("(" + "|".join(_MARKS).replace("N", str(LONGEST)) + ")")
_SPEECH = re.compile(r"[—–―]\s*[^\W\d]|>")  # "— Nie wiem — powiedziała"; a quotation as in mails
_POST = re.compile(r"\(@\w+\)|\bpic\.twitter\.com/|//t\.co/")
_SIGNATURE = re.compile(r"[—–-].*\(@\w+\)")
_LIST = re.compile(r"(?:[-•*·]|\d+[.)])\s")


def parted(text: str) -> list[str]:
    """The text cut at its quotations: outside, inside, outside and so on, each part maybe empty.

    A line is quoted as a whole where it is a post or a speaker's words after a dash, or where the line above ends in a
    colon: quoted letters and statements have often lost their marks with their indentation. A line that is half of the
    text is none of these, as in texts that have lost their paragraphs.
    """
    parts = [""]
    lines = [stripped for line in text.split("\n") if (stripped := line.strip())]
    has_posts = "(@" in text or "twitter.com/" in text or "//t.co/" in text
    for number, line in enumerate(lines):
        above = lines[number - 1] if number else ""
        is_part = 2 * len(line) < len(text)
        if is_part and (_is_said(line, above) or (has_posts and _is_post(lines, number))):
            _add(parts, ["", line])
        else:
            _add(parts, _INSIDE.split(line))
    return parts


def _is_said(line: str, above: str) -> bool:
    return (line[0] in "—–―>" and bool(_SPEECH.match(line))) or (above[-1:] in (":", "：") and not _LIST.match(line))


def _is_post(lines: list[str], number: int) -> bool:
    """Whether a line is a post, or the text of one whose signature stands on the next line."""
    return bool(_POST.search(lines[number]) or (number + 1 < len(lines) and _SIGNATURE.match(lines[number + 1])))


def _add(parts: list[str], more: list[str]) -> None:
    """Joins parts that begin outside to those that there are; both alternate."""
    if len(parts) % 2:
        parts[-1] += "\n" + more[0]
        parts += more[1:]
    else:
        parts += ["\n" + more[0], *more[1:]]
