"""A PostgreSQL server of the tests' own, as Debian installs it, on a socket in a folder of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp


def programs() -> Path | None:
    """The folder of initdb and postgres, of the newest version that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    elsewhere = shutil.which("initdb")
    return found[-1].parent if found else Path(elsewhere).resolve().parent if elsewhere else None


@contextmanager
def server() -> Iterator[str]:
    """A running server; its URI, of an empty database."""
    folder = programs()
    assert folder, "PostgreSQL is not installed: sudo apt-get install postgresql"
    root = Path(mkdtemp(prefix="newscrawl-pg-"))
    options: dict[str, str] = {}
    if os.geteuid() == 0:  # it refuses to run as root
        shutil.chown(root, pwd.getpwnam("postgres").pw_name)
        options = {"user": "postgres", "group": "postgres"}

    def run(program: str, *args: str) -> None:
        command = [str(folder / program), *args]
        subprocess.run(command, cwd=root, check=True, capture_output=True, text=True, timeout=60, **options)  # type: ignore[call-overload]

    try:
        run("initdb", "-D", f"{root}/db", "-U", "ann", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        settings = f"-c listen_addresses='' -c unix_socket_directories='{root}' -c fsync=off"
        run("pg_ctl", "-D", f"{root}/db", "-w", "-l", f"{root}/log", "-o", settings, "start")
        try:
            yield f"postgresql://ann@/postgres?host={root}"
        finally:
            run("pg_ctl", "-D", f"{root}/db", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(root, ignore_errors=True)
