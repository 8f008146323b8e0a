"""docs/faults.md, made from the tables of faults and verdicts: `python -m tests.crawl.table > docs/faults.md`."""

from __future__ import annotations

import sys

from tests.faults import FAULTS, REASONS, Fault

from .verdicts import NOT_RUN, OPEN, WORDS

HEAD = """# What newscrawl does with faults

Each row, where it says nothing else, is a test against a server that misbehaves so (`tests/faults/`). **read**: the
record is made all the same. **follow**: goes on to another URL and reads that. **retry**: asks again, twice, then
leaves the URL to a later run with the reason. **reject**: one request, a reason, no second try in this run.
**stop**: ends what would never end by itself. `scrapy ledger dead` lists URLs with their reasons.

"""


def page() -> str:
    """The page."""
    rows = "\n".join(map(_row, FAULTS.values()))
    reasons = "\n".join(f"| `{word}` | {meaning} | {_finer(word)} |" for word, meaning in REASONS.items())
    return (
        f"{HEAD}| fault | what happens | newscrawl |\n|---|---|---|\n{rows}\n\n## Reasons\n\n"
        f"| reason | meaning | may also be told as |\n|---|---|---|\n{reasons}\n"
    )


def _row(fault: Fault) -> str:
    does = f"{fault.does}, `{fault.reason}`" if fault.reason else fault.does
    falls_short = f"; not yet: {OPEN[fault.name]}" if fault.name in OPEN else ""
    untested = "; meant so, without a test yet" if fault.name in NOT_RUN and fault.name not in OPEN else ""
    return f"| {fault.name} | {_cell(fault.note)} | {does}{_cell(falls_short)}{untested} |"


def _finer(word: str) -> str:
    return ", ".join(f"`{other}`" for other in sorted(WORDS.get(word, ())))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    sys.stdout.write(page())
