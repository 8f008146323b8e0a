"""docker/entry sets variables from mounted secrets, and runs the command."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ENTRY = Path(__file__).parents[2] / "docker" / "entry"


def run(environment: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    """What a command behind it prints of TOKEN."""
    command = [str(ENTRY), "sh", "-c", 'printf "%s" "$TOKEN"']
    return subprocess.run(command, env={"PATH": os.environ["PATH"], **environment}, capture_output=True)


def test_a_secret_becomes_a_variable(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("it's $HOME\n")
    assert run({"TOKEN_FILE": str(secret)}).stdout == b"it's $HOME"


def test_a_large_file_is_no_secret(tmp_path: Path) -> None:
    """SSL_CERT_FILE names a list of certificates, longer than a variable may be."""
    bundle = tmp_path / "certificates"
    bundle.write_text("x" * 200_000)
    done = run({"SSL_CERT_FILE": str(bundle), "TOKEN": "t"})
    assert (done.returncode, done.stdout) == (0, b"t")


def test_a_missing_file_is_named() -> None:
    done = run({"TOKEN_FILE": "/none"})
    assert (done.returncode, done.stderr) == (2, b"TOKEN_FILE: /none cannot be read\n")
