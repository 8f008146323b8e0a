"""Which file a page gets, what several folders come to, and what the command tells of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawl.sites.rules import SiteConfigs, load_site_configs, support_of
from newscrawl.sites.rules.config_folders import MAX_BYTES
from newscrawl.sites.rules.config_parser import _APPLIED
from newscrawl.views.site_config_listing import figure_lines, figures

FOLDER = Path(__file__).parent / "folder"
Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Makes a folder of files: NAME=TEXT."""

    def make(name: str, files: dict[str, str]) -> Path:
        made = tmp_path / name
        made.mkdir()
        for file, text in files.items():
            (made / file).write_text(text, encoding="utf-8")
        return made

    return make


def title_of(configs: SiteConfigs, url: str) -> tuple[str, ...]:
    config = configs.of(url)
    return config.title if config else ()


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://paper.example/a", "exact"),
        ("https://www.paper.example/a", "exact"),
        ("https://WWW.Paper.Example:8080/a", "exact"),
        ("https://paper.example./a", "exact"),
        ("https://sport.paper.example/a", "sport"),
        ("https://news.paper.example/a", "wild"),
        ("https://a.b.paper.example/a", "wild"),
        ("https://live.news.paper.example/a", "wilder"),
        ("https://m.other.example/a", "above"),
        ("https://other.example/a", None),
        ("https://notpaper.example/a", None),
        ("https://global/a", None),
        ("https://127.0.0.1/a", None),
        ("https://[::1]/a", None),
        ("http://[bad/", None),
        ("", None),
    ],
)
def test_the_host_chooses_the_file(url: str, wanted: str | None, folder: Folder) -> None:
    files = {"paper.example": "exact", "sport.paper.example": "sport", ".paper.example": "wild"}
    files |= {".news.paper.example": "wilder", ".other.example": "above"}
    made = folder("a", {f"{host}.txt": f"title: //{name}" for host, name in files.items()} | {"LICENSE.txt": "words"})
    assert title_of(load_site_configs([made]), url) == ((f"//{wanted}",) if wanted else ())


def test_folders_and_global_are_joined_the_first_first(folder: Folder) -> None:
    own = folder("own", {"paper.example.txt": "title: //own\nprune: no"})
    public = folder(
        "public",
        {
            ".paper.example.txt": "title: //wild",
            "paper.example.txt": "title: //public\ntitle: //own\nprune: yes\nstrip: //aside",
            "global.txt": "title: //og\nstrip: //nav",
        },
    )
    configs = load_site_configs([own, public])
    config = configs.of("https://paper.example/")
    assert config is not None
    assert (config.title, config.prune, config.strip) == (("//own", "//public"), False, ("//aside", "//nav"))
    alone = configs.of("https://unknown.example/")
    assert alone is not None
    assert (alone.title, alone.strip) == ((), ("//nav",))


def test_autodetect_on_failure_no_ends_the_joining(folder: Folder) -> None:
    own = folder("own", {"paper.example.txt": "body: //own\nautodetect_on_failure: no", "global.txt": "strip: //nav"})
    public = folder("public", {"paper.example.txt": "body: //public"})
    config = load_site_configs([own, public]).of("https://paper.example/")
    assert config is not None
    assert (config.body, config.strip) == (("//own",), ())


def test_a_folder_without_files_is_named(folder: Folder, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"empty: no HOST\.txt in it"):
        load_site_configs([folder("empty", {"README.txt": "x"})])
    with pytest.raises(ValueError, match="nowhere: no such folder"):
        load_site_configs([tmp_path / "nowhere"])


def test_files_that_cannot_be_read_are_told(folder: Folder) -> None:
    made = folder("a", {"large.example.txt": "#" * (MAX_BYTES + 1), "bom.example.txt": "\ufefftitle: //h1"})
    (made / "bytes.example.txt").write_bytes(b"\xff\xfe\x00title: //h1\nbody: //article\n")
    (made / "dir.example.txt").mkdir()
    (made / "gone.example.txt").symlink_to("nowhere")
    configs = load_site_configs([made])
    told = [str(problem).removeprefix(f"{made}/") for problem in configs.problems]
    assert [line.partition(":")[0] for line in told] == [f"{n}.example.txt" for n in ("bytes", "dir", "gone", "large")]
    assert title_of(configs, "https://bom.example/") == ("//h1",)
    config = configs.of("https://bytes.example/")
    assert config is not None
    assert config.body == ("//article",)


def test_our_files_hold_every_directive_that_is_followed() -> None:
    configs = load_site_configs([FOLDER])
    assert configs.problems == []
    assert set(configs.directives) >= _APPLIED
    seen = figures(configs)
    assert seen.files == 50
    assert set(seen.directives) == {"applied", "needless", "unsupported"}
    assert list(seen.files_not_followed) == [str(FOLDER / "login.example.txt")]
    assert seen.followed == sum(sum(seen.directives[support].values()) for support in ("applied", "needless"))
    assert seen.lines == seen.followed + sum(seen.directives["unsupported"].values())


def test_figures_cannot_steer_the_terminal(folder: Folder) -> None:
    made = folder("a", {"a.example.txt": "\x1b[2Jtitle: //h1\ntitle: //h1[\u202e"})
    lines = list(figure_lines(figures(load_site_configs([made]))))
    assert all(line.isprintable() for line in lines)
    assert any(line.startswith("2 bad lines") for line in lines)
    assert "1 files, 2 lines; 50.0 % of the lines" in lines[0]


def siteconfigs(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"SCRAPY_SETTINGS_MODULE": "newscrawl.settings"}
    command = [sys.executable, "-m", "scrapy", "siteconfigs", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


@pytest.mark.e2e
def test_the_command(folder: Folder, tmp_path: Path) -> None:
    good = siteconfigs("--json", str(FOLDER))
    assert good.returncode == 0, good.stderr
    assert json.loads(good.stdout)["files"] == 50
    bad = folder("bad", {"a.example.txt": "title: //h1[\ntitle: //h1"})
    told = siteconfigs("-s", f"NEWSCRAWL_SITE_CONFIG_DIRS={FOLDER},{bad}")
    assert told.returncode == 1
    assert f"{bad}/a.example.txt:1: '//h1[': " in told.stdout
    assert siteconfigs(str(tmp_path / "nowhere")).returncode == 2
    assert siteconfigs().returncode == 2


def test_every_directive_has_one_kind_of_support() -> None:
    assert {support_of(name) for name in _APPLIED} == {"applied"}
