"""docs/faults.md, made from the tables of faults and verdicts: `python -m tests.crawl.table > docs/faults.md`."""

from __future__ import annotations

import sys

from tests.faults import FAULTS, REASONS, Fault

from .verdicts import OPEN

HEAD = """# What newscrawl does with faults

Each row is a test against a server with this fault (`tests/faults/`). The test checks the state of the URL and its
reason.

- **read**: a record is made.
- **rejected**: no record is made. The URL is not requested again, except for
  [walls and what robots.txt forbids](running.md#pages-that-are-tried-again).
- **pending**: a later run requests the URL again.
- **dead**: the URL has failed for good.
- **nothing**: the document names no article that can be fetched.

If a second run matters, the row says what it does, and that is tested, too. The limit of a body is 1 MiB in these
tests. `scrapy ledger dead` lists rejected and dead URLs with their reasons.

"""


def page() -> str:
    """The page."""
    rows = "\n".join(map(_row, FAULTS.values()))
    reasons = "\n".join(f"| `{word}` | {meaning} |" for word, meaning in REASONS.items())
    return (
        f"{HEAD}| fault | what happens | newscrawl |\n|---|---|---|\n{rows}\n\n## Reasons\n\n"
        "[Sites](sites.md#pages-that-give-no-record) has the reasons of pages that were read and are not articles.\n\n"
        f"| reason | meaning |\n|---|---|\n{reasons}\n"
    )


def _row(fault: Fault) -> str:
    ends = f"{fault.ends}, `{fault.reason}`" if fault.reason else fault.ends
    again = f"; second run: {fault.again}" if fault.again else ""
    falls_short = f"; not yet: {OPEN[fault.name]}" if fault.name in OPEN else ""
    return f"| {fault.name} | {_cell(fault.note)} | {ends}{again}{_cell(falls_short)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    sys.stdout.write(page())
