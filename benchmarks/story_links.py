"""Links between the copies of one story in a file of texts, as newscrawl's own index makes them.

usage: story_links.py TEXTS.jsonl > LINKS.jsonl

TEXTS: a line a text (id, url, outlet, date, lang, text), filed in the order of the file; texts without a date or outlet
are filed too. Prints a line {"id", "story"} for each in the same order: null, or a key that copies of one story share.
The date is taken for the day on which the text was seen, and no story is forgotten for its age.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from newscrawl.stories import StoryIndex, sketch
from newscrawl.stories.index import Copy
from newscrawl.stories.tables import create_tables

FOREVER = 100_000
"""Days: the texts of many years are one window."""


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The texts; JSON's own line breaks alone end a line, as a text may hold U+2028."""
    with path.open("rb") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def links(texts: Iterable[dict[str, Any]]) -> list[tuple[Any, str | None]]:
    """The id of each text, and the story that it shares with another one of them."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    create_tables(connection)
    index, seen_at, ids, stories = StoryIndex(connection, FOREVER), "2000-01-01T00:00:00Z", [], {}
    for number, text in enumerate(texts):
        seen_at = _seen_at(text.get("date")) or seen_at
        url, outlet = f"https://text.example/{number}", str(text.get("outlet") or f"{number}.example")
        index.assign(Copy(url=url, outlet=outlet, seen_at=seen_at), sketch(str(text.get("text") or "")))
        ids.append(text["id"])
    for url, story in connection.execute(_COPIES):
        stories[int(url.rpartition("/")[2])] = f"{story:x}"
    return [(id_, stories.get(number)) for number, id_ in enumerate(ids)]


_COPIES = """
    SELECT c.url, c.story FROM story_copies AS c JOIN stories ON stories.id = c.story WHERE stories.copies > 1"""


def _seen_at(stated: object) -> str | None:
    try:
        return f"{date.fromisoformat(str(stated)[:10])}T00:00:00Z"
    except ValueError:
        return None


def main() -> None:
    """Prints the links."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for id_, story in links(read(Path(sys.argv[1]))):
        sys.stdout.write(json.dumps({"id": id_, "story": story}) + "\n")


if __name__ == "__main__":
    main()
