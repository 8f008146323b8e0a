"""What is kept or left as a whole: the rows of a data table; and what may stand once only: a text printed twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from lxml.html import HtmlElement

from newscrawl.web.page_blocks import Block

INSIDE = 0.2
"""Mean probability from which a data table that stands within the kept text is the article's. Tables as wholes gain
.0014 of body F1 on held-out sites of dev and dev2, .003 on wcxb_dev2; .1 to .3 do about the same."""
OUTSIDE = 0.3
"""The same for one above or below the kept text."""
MAX_CELL = 200
"""Characters up to which the median cell is a datum; a table of longer ones lays out the page."""
MIN_REPEATED = 80
"""Letters from which a text that stands a second time is a copy (desktop and phone, a caption under each picture); with
40 short refrains go too. Gains .0004 on held-out sites."""

Row = tuple[HtmlElement, HtmlElement]
"""A row of a table, and its table."""


def rows_of(tree: HtmlElement) -> dict[HtmlElement, Row]:
    """For each element in a table the innermost row around it."""
    rows: dict[HtmlElement, Row] = {}
    for table in tree.iter("table"):  # a table in a table comes later and takes its own
        for row in table.iter("tr"):
            if next(row.iterancestors("table")) is table:
                rows |= dict.fromkeys(row.iter(), (row, table))
    return rows


def tables_as_wholes(
    tree: HtmlElement, blocks: Sequence[Block], kept: Sequence[Block], judged: Mapping[Block, float]
) -> list[Block]:
    """The kept blocks with all cells of the data tables that are the article's, and none of the other tables'.

    `blocks`: all of the page; `judged`: the probability of each that was judged.
    """
    tables = _data_tables(tree, blocks) if kept else []
    if not tables:
        return list(kept)
    chosen, places = set(kept), {block: place for place, block in enumerate(blocks)}
    for cells in tables:
        likely = [(len(cell.text), judged[cell]) for cell in cells if cell in judged]
        if len(likely) > 1:
            own = set(cells)
            others = [places[block] for block in kept if block not in own]
            inside = bool(others) and others[0] < places[cells[0]] and others[-1] > places[cells[-1]]
            share = sum(size * chance for size, chance in likely) / sum(size for size, _ in likely)
            whole = bool(others) and share > (INSIDE if inside else OUTSIDE)
            chosen = chosen.union(cells) if whole else chosen.difference(cells) if others else chosen
    return [block for block in blocks if block in chosen]


def _data_tables(tree: HtmlElement, blocks: Sequence[Block]) -> list[list[Block]]:
    """The cells of each table of two rows and more whose cells are short."""
    rows = rows_of(tree)
    cells: dict[HtmlElement, list[Block]] = {}
    heads: dict[HtmlElement, set[HtmlElement]] = {}
    for block in blocks:
        if rows and (place := rows.get(block.container)) is not None:
            cells.setdefault(place[1], []).append(block)
            heads.setdefault(place[1], set()).add(place[0])
    return [
        of_one
        for table, of_one in cells.items()
        if len(heads[table]) > 1 and median(len(cell.text) for cell in of_one) <= MAX_CELL
    ]


def each_once(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without those that repeat the text of one before."""
    seen: set[str] = set()
    once = []
    for block in blocks:
        text = block.squashed if len(block.text) >= MIN_REPEATED else ""
        if len(text) < MIN_REPEATED or text not in seen:
            once.append(block)
            seen.add(text)
    return once
