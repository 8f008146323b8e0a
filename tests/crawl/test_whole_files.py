"""A file that cannot be written whole leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawl.crawl.whole_files import write_whole


def test_a_file_is_replaced_whole_or_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.json"
    write_whole(file, b"old")
    write_whole(file, b"new")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        write_whole(file, b"newer")
    assert {found.name: found.read_bytes() for found in tmp_path.iterdir()} == {"a.json": b"new"}
