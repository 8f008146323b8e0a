"""A Scrapy project of someone else's, with newscrawl installed from a wheel that was built from this tree."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

from newscrawl.demo.server import DemoServer

ROOT = Path(__file__).resolve().parent.parent.parent
ADDON = '\nADDONS = {"newscrawl.addon.Addon": 500}\n'
COMMANDS = 'COMMANDS_MODULE = "newscrawl.commands"\n'


def installed(folder: Path) -> Path:
    """The interpreter of an environment that holds newscrawl as built, and of this one what newscrawl depends on.

    Nothing is downloaded. A .pth file adds this environment's packages; their own .pth files, the one of the editable
    newscrawl among them, are not followed from there.
    """
    python = folder / "venv" / "bin" / "python"
    run(sys.executable, "-m", "venv", "--without-pip", str(folder / "venv"))
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=ROOT)
    wheel = next(folder.glob("newscrawl-*.whl"))
    (site_of(python) / "dependencies.pth").write_text(f"{sysconfig.get_paths()['purelib']}\n")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python))
    run(*pip, "install", "-q", "--no-deps", "--no-index", str(wheel))
    return python


def site_of(python: Path) -> Path:
    """The folder of an interpreter's packages."""
    return next((python.parent.parent / "lib").glob("python*/site-packages"))


def run(*command: str, **how: object) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, capture_output=True, text=True, **how)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stdout + done.stderr
    return done  # type: ignore[no-any-return]


class Project:
    """A project made by `scrapy startproject town`, with the add-on in its settings."""

    def __init__(self, folder: Path, python: Path, demo: DemoServer, settings: str = "") -> None:
        self.folder, self.python = folder, python
        self.environment = {
            name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "SCRAPY_SETTINGS_MODULE")
        } | {"NEWSCRAWL_HOSTS": demo.hosts, "NEWSCRAWL_ALLOW_PRIVATE_HOSTS": demo.allow_private_hosts}
        folder.mkdir()
        assert self.scrapy("startproject", "town", ".").returncode == 0
        with (folder / "town" / "settings.py").open("a") as file:
            file.write(ADDON + settings)

    def scrapy(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs `scrapy ...` in the project."""
        return self.run("scrapy", *arguments)

    def run(self, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs `python -m MODULE ...` in the project."""
        command = [str(self.python), "-m", module, *arguments]
        return subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, text=True)

    def write(self, name: str, text: str) -> None:
        """Writes a spider's file."""
        (self.folder / "town" / "spiders" / f"{name}.py").write_text(text)
