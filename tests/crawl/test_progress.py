"""The live line of a run on a real pseudo-terminal, and its absence elsewhere."""

from __future__ import annotations

import os
import pty
import re
import subprocess

import pytest

from .crawling import Crawl

pytestmark = pytest.mark.e2e


def shown(crawl: Crawl, *arguments: str) -> str:
    """What a run writes to a terminal."""
    ours, theirs = pty.openpty()
    command = crawl.command(*arguments, delay=0.2)
    with subprocess.Popen(command, env=crawl.environment, cwd=crawl.folder, stderr=theirs, stdout=theirs) as run:
        os.close(theirs)
        parts = []
        try:
            while part := os.read(ours, 65536):
                parts.append(part)
        except OSError:  # Linux says so where the other side is closed
            pass
        assert run.wait() == 0
    os.close(ours)
    return b"".join(parts).decode().replace("\r\n", "\n")


def test_the_line_stays_below_the_log(crawl: Crawl) -> None:
    told = shown(crawl, "lohetalbote")
    assert re.search(r"\r\x1b\[2Klohetalbote: [1-9]\d* pages; ", told)
    assert "new; " in told
    logged = [line for line in told.split("\n") if re.search(r"\d{2}:\d{2}:\d{2} \[", line)]
    assert len(logged) >= 4
    for line in logged:
        assert re.match(r"(?:.*\r\x1b\[2K)?\d{4}-\d{2}-\d{2} \d{2}:", line), line
    last = told.rstrip("\n").rpartition("\n")[2].rpartition("\x1b[2K")[2]
    assert re.search(r"run \w+-lohetalbote: \d+ new(?:, \d+ \w+)*; exit code 0 \(good\)$", last)


def test_no_line_in_a_pipe(crawl: Crawl) -> None:
    assert "\x1b" not in crawl.run("lohetalbote", "-a", "limit=1").stderr


def test_a_run_without_news_logs_ten_lines_at_most(crawl: Crawl) -> None:
    assert crawl.run("harbourledger").returncode == 0
    quiet, loud = crawl.run("harbourledger"), crawl.run("harbourledger", "-s", "LOG_LEVEL=DEBUG")
    assert quiet.returncode == 0
    lines = quiet.stderr.splitlines()
    assert len(lines) <= 10, quiet.stderr
    assert "nothing new; exit code 0 (good)" in lines[-1]
    assert "Overridden settings" in loud.stderr
    assert "Dumping Scrapy stats" in loud.stderr
