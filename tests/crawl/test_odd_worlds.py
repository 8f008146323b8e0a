"""Whole crawls in odd worlds: file systems without locks, clocks that are set, endless servers, hostile files."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest

from newscrawl.ledger.admin import Admin

from .crawling import Crawl
from .paper import Answer, Pages, Paper, article, listing
from .processes import awaited
from .test_warc import HTML, warc

pytestmark = pytest.mark.e2e

HOST = "tide-post.example"
HOME = f"url=http://{HOST}/"
NAMES = [f"/{number}-story-of-the-harbour" for number in range(10)]
CLOCK = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
static long jump(void) {
    FILE *file = fopen(getenv("CLOCK_JUMP"), "r");
    long seconds = 0;
    if (file) { if (fscanf(file, "%ld", &seconds) != 1) seconds = 0; fclose(file); }
    return seconds;
}
int clock_gettime(clockid_t which, struct timespec *now) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
    int code = real(which, now);
    if (!code && which == CLOCK_REALTIME) now->tv_sec += jump();
    return code;
}
int gettimeofday(struct timeval *now, void *zone) {
    struct timespec time;
    int code = clock_gettime(CLOCK_REALTIME, &time);
    now->tv_sec = time.tv_sec; now->tv_usec = time.tv_nsec / 1000;
    return code;
}
time_t time(time_t *into) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (into) *into = now.tv_sec;
    return now.tv_sec;
}
"""
WITHOUT_LOCKS = """
import errno, fcntl
def flock(file, how):
    raise OSError(errno.ENOLCK, "No locks available")
fcntl.flock = flock
"""


def one_paper() -> Pages:
    return {f"{HOST}/": listing(NAMES)} | {f"{HOST}{name}": article(name[1:]) for name in NAMES}


def urls(crawl: Crawl) -> list[str]:
    return sorted(record["url"].partition(HOST)[2] for record in crawl.records())


def is_sound(crawl: Crawl) -> bool:
    with Admin(crawl.data / "ledger.db") as admin:
        return admin.check() == []


def test_a_file_system_without_locks_is_exit_code_9_and_costs_nothing(tmp_path: Path) -> None:
    with Paper(one_paper()) as paper:
        crawl = paper.crawl(tmp_path)
        (tmp_path / "sitecustomize.py").write_text(WITHOUT_LOCKS)
        done = crawl.run("news", "-a", HOME)
        assert done.returncode == 9, done.stderr
        assert "No locks available" in done.stderr
        (tmp_path / "sitecustomize.py").unlink()
        assert crawl.run("news", "-a", HOME).returncode == 0
    assert urls(crawl) == NAMES


@pytest.mark.skipif(shutil.which("cc") is None, reason="needs a C compiler")
@pytest.mark.parametrize("seconds", [-3 * 86_400, 40 * 86_400])
def test_a_clock_that_is_set_in_the_midst_of_a_run_loses_and_doubles_nothing(seconds: int, tmp_path: Path) -> None:
    """Of all that reads the time in the run's processes, SQLite too."""
    (tmp_path / "clock.c").write_text(CLOCK)
    library = tmp_path / "clock.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, tmp_path / "clock.c", "-ldl"], check=True)
    with Paper(one_paper()) as paper:
        crawl = paper.crawl(tmp_path / "crawl")
        crawl.environment |= {"LD_PRELOAD": str(library), "CLOCK_JUMP": str(tmp_path / "jump")}
        run = crawl.start("news", "-a", HOME, delay=0.3)
        awaited(lambda: sum("story" in asked.path for asked in paper.asked) > 3)
        (tmp_path / "jump").write_text(str(seconds))
        assert run.wait(60) == 0, crawl.log()
        assert crawl.run("news", "-a", HOME).returncode == 0  # the clock stays as it was set
        (tmp_path / "jump").unlink()
        assert crawl.run("news", "-a", HOME).returncode == 0  # and is set right
    assert urls(crawl) == NAMES
    assert is_sound(crawl)


def test_an_archives_output_is_whole_after_a_kill(tmp_path: Path) -> None:
    (tmp_path / "big.warc.gz").write_bytes(
        warc(*((f"http://{HOST}{name}{n}", HTML, article(f"{name[1:]}{n}").body) for n in range(20) for name in NAMES))
    )
    crawl = Crawl(tmp_path)
    words = ("warc", "-a", "path=big.warc.gz", "-O", "out.jsonl")
    run = crawl.start(*words, start_new_session=True)
    awaited(lambda: "Spider opened" in crawl.log())
    time.sleep(1.5)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    assert crawl.run(*words).returncode == 0
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert len({json.loads(line)["url"] for line in lines}) == len(lines) == 200


class Endless(BaseRequestHandler):
    """A server that drips a header, or a body, and never comes to its end."""

    def handle(self) -> None:
        asked = self.request.recv(4096)
        self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")
        try:
            if b"GET /1-" in asked:
                self.request.sendall(b"\r\n<html><body>")
            while True:
                self.request.sendall(b"a")
                time.sleep(0.1)
        except OSError:
            return


class Http2(BaseRequestHandler):
    """A server that speaks HTTP/2 alone: SETTINGS, then GOAWAY."""

    def handle(self) -> None:
        self.request.recv(4096)
        self.request.sendall(b"\0\0\0\x04\0\0\0\0\0" + b"\0\0\x08\x07\0\0\0\0\0" + b"\0" * 7 + b"\x0d")


@pytest.fixture(params=[Endless, Http2])
def place(request: pytest.FixtureRequest) -> Iterator[str]:
    server = ThreadingTCPServer(("127.0.0.1", 0), request.param)
    server.daemon_threads = True
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_server_that_never_ends_or_speaks_http_2_costs_other_sites_nothing(place: str, tmp_path: Path) -> None:
    with Paper(one_paper()) as paper:
        crawl = paper.crawl(tmp_path, odd_example=place)
        crawl.environment["NEWSCRAWL_ALLOW_PRIVATE_HOSTS"] += f",{place}"
        (tmp_path / "sites.txt").write_text(f"http://odd.example/\nhttp://{HOST}/\n")
        short = ("-s", "DOWNLOAD_TIMEOUT=3", "-s", "RETRY_ENABLED=False")
        done = crawl.run("news", "-a", "urls_file=sites.txt", *short, timeout=60)
    assert done.returncode in (0, 4, 10), done.stderr
    assert urls(crawl) == NAMES
    assert "Traceback" not in done.stderr


def loops() -> dict[str, Pages]:
    """Articles that lead on and on."""
    hosts = [f"hop{number}.example" for number in range(30)]
    around = {
        f"{host}{NAMES[0]}": Answer(status=302, location=f"http://{following}{NAMES[0]}")
        for host, following in zip(hosts, [*hosts[1:], hosts[0]], strict=True)
    }
    page = '<html><head><meta http-equiv="refresh" content="0; url={}"></head><body></body></html>'
    return {
        "over hosts": {f"{HOST}{NAMES[0]}": Answer(status=302, location=f"http://{hosts[0]}{NAMES[0]}"), **around},
        "refresh": {
            f"{HOST}{NAMES[0]}": Answer(page.format(NAMES[0] + "?again").encode()),
            f"{HOST}{NAMES[0]}?again": Answer(page.format(NAMES[0]).encode()),
        },
        "cookie": {f"{HOST}{NAMES[0]}": Answer(status=302, location=NAMES[0])},
    }


@pytest.mark.parametrize("name", loops())
def test_an_article_that_leads_on_and_on_costs_itself_alone(name: str, tmp_path: Path) -> None:
    with Paper(one_paper() | loops()[name]) as paper:
        crawl = paper.crawl(tmp_path)
        done = crawl.run("news", "-a", HOME, timeout=60)
        assert len([asked for asked in paper.asked if asked.path.startswith(NAMES[0])]) < 60
    assert done.returncode == 0, done.stderr
    assert urls(crawl) == NAMES[1:]
    visits = crawl.summaries()[-1]["visits"]
    assert visits["rejected"] + visits["failed"] == 1


def test_a_listing_of_100000_links_is_refused_in_words(tmp_path: Path) -> None:
    links = (
        f"<li><a href='/{number}-story-not-there'>The long story of number {number}</a>" for number in range(100_000)
    )
    many = Answer(listing(NAMES).body + "".join(links).encode())
    with Paper(one_paper() | {f"{HOST}/": many}) as paper:
        crawl = paper.crawl(tmp_path)
        done = crawl.run("news", "-a", HOME, "-a", "limit=10", "-s", "CLOSESPIDER_TIMEOUT=40", timeout=100)
    assert done.returncode == 3, done.stderr
    assert "page not parsed: too_many_tags" in done.stderr


@pytest.mark.parametrize("kind", ["pipe", "loop", "binary", "huge", "folder"])
def test_a_hostile_folder_of_phrases_stops_the_start_or_is_passed_over(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "phrases"
    folder.mkdir()
    file = folder / "en.toml"
    match kind:
        case "pipe":
            os.mkfifo(file)
        case "loop":
            file.symlink_to(file)
        case "binary":
            file.write_bytes(bytes(range(256)) * 10)
        case "huge":
            with file.open("wb") as sparse:
                sparse.truncate(200 * 2**20)
        case "folder":
            file.mkdir()
    with Paper(one_paper()) as paper:
        done = paper.crawl(tmp_path / "crawl").run(
            "news", "-a", HOME, "-s", f"NEWSCRAWL_PHRASE_DIRS={folder}", timeout=30
        )
    assert done.returncode == 2, done.stderr[-2000:]
    assert "NEWSCRAWL_PHRASE_DIRS" in done.stderr


def test_a_site_configs_link_to_a_private_address_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "configs"
    folder.mkdir()
    (folder / f"{HOST}.txt").write_text("single_page_link: //a[@class='one']\ntitle: //h1\n")
    pages = one_paper()
    for name in NAMES:
        body = pages[f"{HOST}{name}"].body.replace(b"<body>", b"<body><a class='one' href='http://127.0.0.1:1/x'>x</a>")
        pages[f"{HOST}{name}"] = Answer(body)
    with Paper(pages) as paper:
        crawl = paper.crawl(tmp_path / "crawl")
        done = crawl.run("news", "-a", HOME, "-s", f"NEWSCRAWL_SITE_CONFIG_DIRS={folder}", timeout=60)
    assert done.returncode == 0, done.stderr
    assert urls(crawl) == NAMES
