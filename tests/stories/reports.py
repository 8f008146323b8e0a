"""Ten kinds of report that an outlet prints by a template, each filled with what is drawn anew for each day."""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random

PLACES = ["Sandrey", "Ferncombe", "Old Quay", "Market Vale", "Thorney", "Wick End", "Harrow Bridge", "Lower Combe"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
FIRMS = ["Harz Mills", "Quay Freight", "Vale Water", "Lindt Brothers", "Ostrow Steel", "Combe Dairies"]
TEAMS = ["Sandrey Rovers", "Ferncombe Town", "Quay United", "Vale Wanderers", "Thorney Albion", "Wick Athletic"]
SKIES = ["bright sunshine", "low cloud", "showers", "thick fog", "steady rain", "sunny spells", "sleet", "thunder"]
WINDS = ["a light breeze from the west", "a gale from the sea", "hardly any wind", "gusts from the north-east"]

KINDS: dict[str, str] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
"""One report a kind, with slots; a paragraph a line."""

_WORDS = {
    "place": PLACES,
    "other": PLACES,
    "day": DAYS,
    "firm": FIRMS,
    "rival": FIRMS,
    "team": TEAMS,
    "visitor": TEAMS,
    "sky": SKIES,
    "wind": WINDS,
    "trend": ["fall slowly", "rise", "rise fast", "stay as it is"],
    "count": ["Three", "Five", "Seven", "Eleven", "Two"],
    "offence": ["careless driving", "theft from a shop", "fishing without a licence", "breach of the peace"],
}


def report(kind: str, rng: Random) -> str:
    """A day's report, paragraphs parted by blank lines."""
    text = KINDS[kind].strip().replace("\n", "\n\n")
    while "{" in text:
        before, _, rest = text.partition("{")
        slot, _, after = rest.partition("}")
        text = f"{before}{_filled(slot, rng)}{after}"
    return text


def _filled(slot: str, rng: Random) -> str:
    if slot in _WORDS:
        return rng.choice(_WORDS[slot])
    figures = {
        "metre": f"{rng.uniform(1, 9):.2f}",
        "decimal": f"{rng.uniform(0.2, 190):.1f}",
        "number": str(rng.randint(2, 89)),
        "digit": str(rng.randint(0, 6)),
        "big": f"{rng.randint(1100, 99000):,}",
        "clock": f"{rng.randint(1, 12)}.{rng.randint(10, 59)} {rng.choice(('a.m.', 'p.m.'))}",
    }
    return figures[slot]
