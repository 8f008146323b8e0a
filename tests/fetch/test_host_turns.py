"""A host's turns, where their files cannot be written or are taken away."""

from __future__ import annotations

import asyncio
import logging
import time
from pathlib import Path

import pytest

from newscrawl.fetch.host_turns import HostTurns, state_folder

DELAY = 0.2


def seconds_of_two_turns(turns: HostTurns) -> float:
    async def both() -> float:
        await turns.wait("a.example", DELAY)
        began = time.monotonic()
        await turns.wait("a.example", DELAY)
        return time.monotonic() - began

    return asyncio.run(both())


def test_a_folder_that_cannot_be_written_is_told_and_the_delay_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "newscrawl").write_text("a file where the folder would be")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert seconds_of_two_turns(HostTurns()) > DELAY * 0.9
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "delays are not shared with other commands" in caplog.text


def test_files_that_are_deleted_are_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    turns = HostTurns()
    seconds_of_two_turns(turns)
    files = list(state_folder().iterdir())
    for file in files:
        file.unlink()
    assert seconds_of_two_turns(turns) > DELAY * 0.9
    assert list(state_folder().iterdir()) == files != []
