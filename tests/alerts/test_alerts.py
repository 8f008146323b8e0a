"""Alerts: once, a reminder, an all-clear, a limit, retries; secrets stay in their file; a run never fails by them."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from newscrawl.alerts import sending
from newscrawl.alerts.check import TEST, alert
from newscrawl.alerts.due import MOST, REMINDER, WINDOW, Told, due
from newscrawl.alerts.sending import send
from newscrawl.views.site_status import SiteProblem, SiteStatus
from tests.crawl.conftest import crawl, demo
from tests.crawl.crawling import Crawl
from tests.views.test_status import NOW, ran, seen

__all__ = ["crawl", "demo"]


def site(name: str, *problems: str, muted: bool = False) -> SiteStatus:
    told = [SiteProblem(name=problem, text=f"figures of {problem}", muted=muted) for problem in problems]
    return SiteStatus(spider="news", site=name, problems=told)


def test_a_trouble_is_told_once_again_after_a_week_and_when_it_is_over() -> None:
    wall, well = [site("gull.example", "wall"), site("tern.example")], [site("gull.example"), site("tern.example")]
    first = due(wall, Told(), 1000)
    assert first is not None
    assert (first.title, first.body) == ("newscrawl: 1 new", "news gull.example wall: figures of wall")
    assert due(wall, first.told, 1000 + REMINDER - 1) is None
    again = due(wall, first.told, 1000 + REMINDER)
    assert again is not None
    assert again.body == "still news gull.example wall: figures of wall"
    assert due(wall, again.told, 1000 + REMINDER + 9) is None
    end = due(well, again.told, 2000 + REMINDER)
    assert end is not None
    assert end.body == "well again: news gull.example wall"
    assert due(well, end.told, 3000 + REMINDER) is None


def test_what_is_muted_is_not_told() -> None:
    assert due([site("gull.example", "wall", muted=True)], Told(), 1000) is None


def test_many_troubles_are_one_message_and_too_many_messages_wait() -> None:
    many = due([site(f"gull{number}.example", "wall") for number in range(200)], Told(), 1000)
    assert many is not None
    assert len(many.new) == 200
    assert many.body.endswith("and 170 more; `scrapy status` shows all")
    told, sent = Told(), []
    for minute in range(20):
        if message := due([site(f"gull{at}.example", "wall") for at in range(minute + 1)], told, minute * 60):
            sent.append(message.new)
            told = message.told
    assert len(sent) == MOST
    late = due([site(f"gull{at}.example", "wall") for at in range(20)], told, WINDOW + 60)
    assert late is not None
    assert len(late.new) == 20 - MOST


class Receiver:
    """A service on loopback: what it got, and what it answers next (a status, or seconds of silence as a float)."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.asked = 0
        self.answers: list[int | float] = []
        self.port = 0

    @contextmanager
    def running(self) -> Iterator[Receiver]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver.asked += 1
                answer = receiver.answers.pop(0) if receiver.answers else 200
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if isinstance(answer, float):
                    time.sleep(answer)
                    return
                if answer == 200:
                    receiver.got.append(json.loads(body))
                self.send_response(answer)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        with ThreadingHTTPServer(("127.0.0.1", self.port), Handler) as server:
            self.port = server.server_port
            server.daemon_threads = True
            Thread(target=server.serve_forever, daemon=True).start()
            yield self
            server.shutdown()


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Receiver:
    monkeypatch.setattr(sending, "PAUSES", (0.0, 0.05, 0.05))
    return Receiver()


def services(folder: Path, receiver: Receiver, more: str = "") -> Path:
    file = folder / "services"
    file.write_text(f"# ours\njson://user:hunter2@127.0.0.1:{receiver.port}/hook?cto=0.5&rto=0.5{more}\n")
    return file


@pytest.mark.e2e
@pytest.mark.parametrize("answers", [[], [500], [500, 503], [2.0], [2.0, 500]])
def test_what_fails_is_tried_again(answers: list[int | float], receiver: Receiver, tmp_path: Path) -> None:
    receiver.answers = [*answers]
    with receiver.running():
        assert send(TEST, file=services(tmp_path, receiver), command="") == []
    assert [got["title"] for got in receiver.got] == [TEST.title]
    assert receiver.asked == len(answers) + 1


@pytest.mark.e2e
def test_a_service_that_is_down_gets_it_after_its_restart_and_no_secret_is_told(
    receiver: Receiver, tmp_path: Path
) -> None:
    ran(tmp_path, 0.01, {"gull.example": seen(problems=["wall"], told={"wall": "figures"})}, exit_code=10)
    with receiver.running():
        pass
    file = services(tmp_path, receiver)
    (failed,) = alert(tmp_path, file=file, command="", now=NOW)
    assert failed.endswith("service 1 (json) did not take the message")
    assert "hunter2" not in failed
    with receiver.running():
        assert alert(tmp_path, file=file, command="", now=NOW) == []
        assert alert(tmp_path, file=file, command="", now=NOW) == []
    assert [got["message"] for got in receiver.got] == ["news gull.example wall: figures"]


@pytest.mark.e2e
def test_a_service_that_hangs_does_not_hold_the_run(
    receiver: Receiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "DEADLINE", 0.3)
    receiver.answers = [2.0] * 9
    with receiver.running():
        assert len(send(TEST, file=services(tmp_path, receiver), command="")) == 1
    assert receiver.asked <= 2


@pytest.mark.parametrize("content", ["nonsense", "unknown://x", "\ud800".encode("utf-8", "surrogatepass")])
def test_a_bad_file_of_services_is_told(content: str | bytes, tmp_path: Path) -> None:
    file = tmp_path / "services"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert len(send(TEST, file=file, command="")) == 1
    assert len(send(TEST, file=tmp_path / "missing", command="")) == 1


@pytest.mark.e2e
def test_a_command_gets_the_message_and_its_failure_is_told(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    command = f"{sys.executable} -c \"import sys; open('{out}', 'w').write(sys.stdin.read())\""
    assert send(TEST, file=None, command=command) == []
    assert json.loads(out.read_text())["title"] == TEST.title
    assert send(TEST, file=None, command="false") == ["the alert's command: exit code 1"]
    assert send(TEST, file=None, command="/no/such/program") == ["the alert's command: FileNotFoundError"]


@pytest.mark.e2e
def test_the_command_sends_a_test_message(receiver: Receiver, tmp_path: Path) -> None:
    with receiver.running():
        setting = f"NEWSCRAWL_ALERT_FILE={services(tmp_path, receiver)}"
        command = [sys.executable, "-m", "scrapy", "alert"]
        done = subprocess.run([*command, "--test", "-s", setting], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert receiver.got[0]["title"] == "newscrawl: a test"
    assert subprocess.run(command, capture_output=True, timeout=60).returncode == 2


@pytest.mark.e2e
@pytest.mark.parametrize("is_there", [True, False])
def test_a_run_tells_of_its_site_and_never_fails_by_it(is_there: bool, receiver: Receiver, crawl: Crawl) -> None:
    """A schedule that stood still is told of by the next run; a service that is gone costs a warning."""
    for day in range(30, 20, -1):
        ran(crawl.data, day, {"owl.example": seen()}, spider="owl")
    with receiver.running():
        setting = f"NEWSCRAWL_ALERT_FILE={services(crawl.folder, receiver)}"
        if not is_there:
            receiver.answers = [500] * 9
        done = crawl.run("fenmoormonitor", "-s", setting)
    assert done.returncode == 0, done.stderr
    assert len(receiver.got) == is_there
    assert ("alert not sent, it goes with the next run" in done.stderr) == (not is_there)
    assert "hunter2" not in done.stderr
    if is_there:
        assert receiver.got[0]["message"].startswith("owl owl.example overdue: no run for ")
