"""A paywall's offer: "Continue reading with a subscription", its prices and its promises, told by their wording."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from lxml.html import HtmlElement

from newscrawl.web.page_blocks import Block

GATE = 160
"""Characters of a line that may be a gate: "This article is for subscribers. Already a subscriber? Log in."."""
LONG = 60
"""Characters from which a line of an offer has to read like one; shorter ones are its buttons."""
BOX = 1800
"""Characters that an offer has at most."""
SHARE = 0.6
"""Share of a box's long lines that have to read like an offer."""
BEHIND = 6
"""Lines behind a gate that may go on with the offer, where no box holds it."""
_RISE = 4

_PRICE = re.compile(
    r"(?:[€£$]\s?\d|\d[\d.,]*\s?(?:€|£|\$|euro\b|eur\b|chf\b|zł|kr\b|pln\b|usd\b|円|cent\b|ct\b)|\b\d+[.,]\d\d\b)"
    r".{0,40}?\b(?:pro|im|in der|je|a|per|par|al|por|na|the|each|first|ersten|premier|primer|primo|eerste|/)\s?"
    r"(?:woche|monat|jahr|week|month|year|semaine|mois|an\b|semana|mes\b|año|mês|ano\b|settimana|mese|anno|maand|jaar"
    r"|tydzień|miesiąc|rok\b|mån|måned|uge)",
    re.IGNORECASE,
)


def take_out_offers(blocks: Sequence[Block], title: Block | None) -> bool:
    """Takes a paywall's offers out of the page; returns whether there was one."""
    short = [block for block in blocks if block.taken is None and 8 <= len(block.text) <= GATE]
    gates = _gates(short)
    for gate in gates:
        if gate.taken is None:
            for block in _offer(gate, blocks, title):
                block.take_out("offer")
    return bool(gates)


def _gates(short: Sequence[Block]) -> list[Block]:
    """The blocks that open as a gate does. All texts are searched at once for each phrase first: few pages hold any."""
    texts = [block.text.casefold().lstrip("¿¡\"'„“»« ") for block in short]
    joined = "\n" + "\n".join(texts)
    present = tuple(phrase for phrase in _table()["gates"] if "\n" + phrase in joined)
    return [block for block, text in zip(short, texts, strict=True) if present and _is_gate(text, present)]


def _is_gate(text: str, present: tuple[str, ...]) -> bool:
    """A gate says little more than its phrase, or goes on in the words of an offer."""
    phrase = next((phrase for phrase in present if text.startswith(phrase)), None)
    return phrase is not None and (len(text) <= len(phrase) + 30 or reads_like_offer(text))


def reads_like_offer(text: str) -> bool:
    """Whether a line promises or prices access."""
    text = text.casefold()
    found = sum(word in text for word in _table()["words"])
    return found > 1 or bool(_PRICE.search(text))


def _offer(gate: Block, blocks: Sequence[Block], title: Block | None) -> list[Block]:
    """The gate, the box around it as far as most of it reads like an offer, else the lines behind it that do."""
    best = [gate]
    node: HtmlElement | None = gate.container
    for _ in range(_RISE):
        node = node.getparent() if node is not None else None
        if node is None or node.tag in ("body", "html", "article", "main"):
            break
        within = set(node.iter())
        box = [block for block in blocks if block.container in within]
        long = [block for block in box if len(block.text) >= LONG]
        offers = sum(reads_like_offer(block.text) or block is gate for block in long)
        if title in box or sum(len(block.text) for block in box) > BOX or offers < SHARE * len(long):
            break
        best = box
    return best if len(best) > 1 else [gate, *_behind(gate, blocks)]


def _behind(gate: Block, blocks: Sequence[Block]) -> list[Block]:
    at = next(number for number, block in enumerate(blocks) if block is gate)
    found: list[Block] = []
    waiting: list[Block] = []
    for block in blocks[at + 1 : at + 1 + BEHIND]:
        if reads_like_offer(block.text) and len(block.text) < 500:
            found += [*waiting, block]
            waiting = []
        elif len(block.text) < LONG:
            waiting.append(block)
        else:
            break
    return found


@cache
def _table() -> dict[str, list[str]]:
    text = (files("newscrawl.extraction.body") / "offers.toml").read_text("utf-8")
    table: dict[str, list[str]] = tomllib.loads(text)
    return table
