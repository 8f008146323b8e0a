"""A PostgreSQL server of the tests' own, as Debian installs it, on a socket in a folder of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import psycopg


def programs() -> Path | None:
    """The folder of initdb and postgres, of the newest version that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    elsewhere = shutil.which("initdb")
    return found[-1].parent if found else Path(elsewhere).resolve().parent if elsewhere else None


def new_database(uri: str) -> str:
    """URI of an empty database of that server."""
    name = f"test{uuid4().hex}"
    with psycopg.connect(uri, autocommit=True) as db:
        db.execute(f"CREATE DATABASE {name}".encode())
    return uri.replace("/postgres?", f"/{name}?")


class Server:
    """A server that can be killed and started again."""

    def __init__(self, root: Path, folder: Path, options: dict[str, str], *, fsync: bool) -> None:
        self._root, self._folder, self._options, self._fsync = root, folder, options, fsync
        self.uri = f"postgresql://ann@/postgres?host={root}"

    def run(self, program: str, *args: str) -> None:
        command = [str(self._folder / program), *args]
        subprocess.run(command, cwd=self._root, check=True, capture_output=True, text=True, timeout=60, **self._options)  # type: ignore[call-overload]

    def start(self) -> None:
        settings = f"-c listen_addresses='' -c unix_socket_directories='{self._root}'"
        settings += "" if self._fsync else " -c fsync=off"
        self.run("pg_ctl", "-D", f"{self._root}/db", "-w", "-l", f"{self._root}/log", "-o", settings, "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", f"{self._root}/db", "-m", "immediate", "-w", "stop")

    def kill(self) -> None:
        """kill -9 of the server's first process; the others end by themselves."""
        first = int((self._root / "db" / "postmaster.pid").read_text().split()[0])
        os.kill(first, signal.SIGKILL)

    def start_again(self) -> None:
        """Once the processes of the killed server have ended."""
        for _ in range(60):
            with suppress(subprocess.CalledProcessError):
                return self.start()
            time.sleep(0.3)
        raise TimeoutError("the server did not start again")


@contextmanager
def restartable(*, fsync: bool = True) -> Iterator[Server]:
    """A running server."""
    folder = programs()
    assert folder, "PostgreSQL is not installed: sudo apt-get install postgresql"
    root = Path(mkdtemp(prefix="newscrawl-pg-"))
    options: dict[str, str] = {}
    if os.geteuid() == 0:  # it refuses to run as root
        shutil.chown(root, pwd.getpwnam("postgres").pw_name)
        options = {"user": "postgres", "group": "postgres"}
    own = Server(root, folder, options, fsync=fsync)
    try:
        own.run("initdb", "-D", f"{root}/db", "-U", "ann", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        own.start()
        try:
            yield own
        finally:
            own.stop()
    finally:
        shutil.rmtree(root, ignore_errors=True)


@contextmanager
def server() -> Iterator[str]:
    """A running server; its URI, of an empty database."""
    with restartable(fsync=False) as own:
        yield own.uri
