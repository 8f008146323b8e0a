"""The halves of an evaluation set: sites that may be read while rules are written, and sites that only decide.

usage: halves.py EVAL_SET FOLDER    writes FOLDER/read/{gold.jsonl,pages.warc.gz} and FOLDER/unread/gold.jsonl

A site belongs to the unread half where the first byte of the sha256 of its name is odd. The rule was fixed before a
page of dev2, prov2 or reprints had been opened; a page that was opened counts as read, whatever its half.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecordType


def is_unread(site: str) -> bool:
    """Whether a site (the gold's `site`, a text's `outlet`) belongs to the half that nobody opens."""
    return hashlib.sha256(site.encode()).digest()[0] % 2 == 1


def split_gold(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Gold rows by half."""
    return {
        "read": [row for row in rows if not is_unread(row["site"])],
        "unread": [row for row in rows if is_unread(row["site"])],
    }


def split_pair(outlet_a: str, outlet_b: str) -> str:
    """The half of a pair of texts: read, unread, or mixed where only one outlet is unread."""
    unread = is_unread(outlet_a) + is_unread(outlet_b)
    return ("read", "mixed", "unread")[unread]


def main(source: Path, folder: Path) -> None:
    """Writes both halves of the gold, and the pages of the read half alone."""
    with (source / "gold.jsonl").open(encoding="utf-8") as gold:
        halves = split_gold([json.loads(line) for line in gold])
    for name, rows in halves.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / name / "gold.jsonl").write_text(text, encoding="utf-8")
    # A page without gold in the read half is nobody's to read.
    wanted = {row["url"] for row in halves["read"]} - {row["url"] for row in halves["unread"]}
    with (source / "pages.warc.gz").open("rb") as pages, (folder / "read" / "pages.warc.gz").open("wb") as out:
        for record in ArchiveIterator(pages, record_types=WarcRecordType.response, parse_http=False):
            if record.headers.get("WARC-Target-URI") in wanted:
                plain = io.BytesIO()
                record.write(plain)
                out.write(gzip.compress(plain.getvalue()))
    print(*(f"{name}: {len(rows)} rows" for name, rows in halves.items()), sep=", ")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    shutil.rmtree(sys.argv[2], ignore_errors=True)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
