"""benchmarks/story_links.py: a line for each text, in the order of the file, whatever a text lacks."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[2] / "benchmarks" / "story_links.py"


def test_copies_share_a_key_and_the_order_is_the_files(tmp_path: Path, prose: Callable[..., str]) -> None:
    texts = [
        {"id": "c", "url": "https://c.example/1", "outlet": "c.example", "date": "2026-11-01", "text": prose(1)},
        {"id": "alone", "url": None, "outlet": None, "date": None, "text": prose(2)},
        {"id": "empty", "outlet": "c.example", "date": "", "text": None},
        {"id": "a", "outlet": "a.example", "date": "2011-05-31T10:00:00Z", "text": prose(1)},
    ]
    path = tmp_path / "texts.jsonl"
    path.write_text("".join(f"{json.dumps(text)}\n" for text in texts), encoding="utf-8")
    ran = subprocess.run([sys.executable, PROGRAM, path], capture_output=True, check=True, timeout=60)
    links = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [link["id"] for link in links] == ["c", "alone", "empty", "a"]
    assert links[0]["story"] == links[3]["story"]
    assert [links[0]["story"] is None, links[1]["story"], links[2]["story"]] == [False, None, None]
