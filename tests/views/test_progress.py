"""The live line: what it tells, and that log lines and it do not run into each other."""

from __future__ import annotations

import io

import pytest

from newscrawl.views.progress import LiveStream, progress_line


def test_the_line_tells_how_far_the_run_is() -> None:
    stats = {
        "downloader/response_count": 132,
        "newscrawl/visits/new": 58,
        "newscrawl/visits/revised": 3,
        "newscrawl/visits/failed": 2,
        "newscrawl/queue/found": 663,
    }
    assert progress_line("gull", stats, 2.5, None) == (
        "gull: 132 pages; 61 articles, 58 new; 2.5 pages/s; 2 failed; 600 to go, 4 min left"
    )
    assert progress_line("gull", stats, 2.5, 100).endswith("42 to go, 17 s left")
    assert progress_line("gull", {}, 0.0, None) == "gull: 0 pages; 0 articles, 0 new; 0.0 pages/s"
    assert progress_line("gull", stats, 0.05, None).endswith("600 to go, 3 h left")


def test_log_lines_scroll_by_above_the_line() -> None:
    out = io.StringIO()
    live = LiveStream(out)
    live.write("before\n")
    live.show("one")
    live.write("INFO: a log line\n")
    live.show("two")
    written = out.getvalue()
    assert written == "before\n\r\x1b[2Kone\r\x1b[2KINFO: a log line\none\r\x1b[2Ktwo"
    live.show("")
    assert out.getvalue().endswith("\r\x1b[2K")


def test_the_line_is_cut_at_the_terminals_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    out = io.StringIO()
    LiveStream(out).show("x" * 50)
    assert out.getvalue() == "\r\x1b[2K" + "x" * 19
