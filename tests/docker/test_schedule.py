"""docker/schedule: what its crontab means, that it runs what is due, and that it ends with its commands."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "docker" / "schedule"
ENTRY = SCRIPT.with_name("entry")
EACH_SECOND = """
import runpy, sys
import cronsim
minutes = cronsim.CronSim
cronsim.CronSim = lambda when, now: minutes(f"{when} *", now)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
"""Runs the script with seconds for minutes: what is due is due at once."""


@pytest.fixture(scope="module")
def schedule() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("schedule", str(SCRIPT))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("schedule", loader))  # type: ignore[arg-type]
    sys.modules["schedule"] = module  # dataclasses look their module up
    loader.exec_module(module)
    return module


def test_the_crontab_that_comes_with_it_is_read(schedule: ModuleType) -> None:
    jobs = schedule.jobs_of(SCRIPT.with_name("crontab").read_text("utf-8"))
    assert jobs[0].command == ("scrapy", "crawl", "fenmoormonitor")
    assert jobs[0].next_after(datetime(2026, 11, 25, 10, 8, tzinfo=UTC)) == datetime(2026, 11, 25, 10, 37, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# nothing\n", "no command in it"),
        ("1 2 * * *\n", "line 1: five fields and a command"),
        ("\n61 2 * * * scrapy list\n", "line 2: Bad minute"),
        ("1 2 31 2 * scrapy list\n", "line 1: "),
        ('1 2 * * * scrapy "list\n', "line 1: No closing quotation"),
    ],
)
def test_a_wrong_crontab_is_named_with_its_line(schedule: ModuleType, text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        schedule.jobs_of(text)


def test_there_is_no_shell(schedule: ModuleType) -> None:
    assert schedule.jobs_of("* * * * * echo $HOME ; 'a b' # said")[0].command == ("echo", "$HOME", ";", "a b")


@pytest.mark.e2e
def test_it_runs_what_is_due_and_stops_it_at_sigterm(tmp_path: Path) -> None:
    crontab = tmp_path / "crontab"
    program = "import signal, time; signal.signal(15, lambda *_: exit(7)); print('at work', flush=True); time.sleep(99)"
    crontab.write_text(f'* * * * * {sys.executable} -c "{program}"\n* * * * * /no/such/program\n')
    environment = os.environ | {"NEWSCRAWL_DATA_DIR": str(tmp_path / "data")}
    command = [sys.executable, "-c", EACH_SECOND, str(SCRIPT)]
    check = [*command, "--check", str(crontab)]
    assert subprocess.run(check, env=environment).returncode == 1
    with subprocess.Popen([*command, str(crontab)], env=environment, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        told = ""
        while "at work" not in told or "cannot start" not in told:
            told += running.stdout.readline()
        assert subprocess.run(check, env=environment).returncode == 0
        running.send_signal(signal.SIGTERM)
        told += running.stdout.read()
    assert running.returncode == 0
    assert "stopped, exit code 7" in told
    old = time.time() - 600
    os.utime(tmp_path / "data" / "schedule.alive", (old, old))
    assert subprocess.run(check, env=environment).returncode == 1


def test_a_secret_in_a_file_becomes_a_variable(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("it's $(a) `secret`\n")
    command = [str(ENTRY), sys.executable, "-c", "import os; print(os.environ['TOKEN'])"]
    done = subprocess.run(command, env={"PATH": os.environ["PATH"], "TOKEN_FILE": str(secret)}, capture_output=True)
    assert done.stdout.decode() == "it's $(a) `secret`\n"
    bundle = tmp_path / "certificates"
    bundle.write_text("x" * 200_000)  # longer than a variable may be
    names = {"PATH": os.environ["PATH"], "TOKEN_FILE": str(secret), "SSL_CERT_FILE": str(bundle)}
    assert subprocess.run(command, env=names, capture_output=True).stdout == done.stdout
    missing = subprocess.run(command, env={"PATH": os.environ["PATH"], "TOKEN_FILE": "/none"}, capture_output=True)
    assert (missing.returncode, missing.stderr) == (2, b"TOKEN_FILE: /none cannot be read\n")
