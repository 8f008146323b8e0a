"""Where settings come from: the command line, then the environment, then the project."""

from __future__ import annotations

import pytest
from scrapy.settings import Settings

from newscrawl.config import Config


@pytest.mark.parametrize(
    ("priority", "environment", "folder"),
    [
        ("project", None, "a"),
        ("project", "b", "b"),
        ("cmdline", "b", "a"),
        ("project", "", "a"),
        ("addon", "b", "b"),
    ],
)
def test_the_environment_stands_below_the_command_line(
    priority: str, environment: str | None, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEWSCRAWL_DATA_DIR", raising=False)
    if environment is not None:
        monkeypatch.setenv("NEWSCRAWL_DATA_DIR", environment)
    settings = Settings()
    settings.setmodule("newscrawl.settings", priority="addon")
    settings.set("NEWSCRAWL_DATA_DIR", "a", priority=priority)
    assert str(Config.from_settings(settings).data_dir) == folder


def test_a_malformed_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSCRAWL_HOSTS", "courier.example")
    settings = Settings()
    settings.setmodule("newscrawl.settings", priority="addon")
    with pytest.raises(ValueError, match="NEWSCRAWL_HOSTS"):
        Config.from_settings(settings)
