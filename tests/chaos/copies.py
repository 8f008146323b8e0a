"""Two runs over outlets that print each other's stories, killed at random: what is lost, doubled, torn, linked wrong.

Killed are the main process, a worker, the fork server or the whole process group, of one run or of both.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from subprocess import Popen
from typing import Any

from newscrawl.stories.clusters import clusters
from tests.chaos.kills import verdict
from tests.crawl.paper import Answer, Pages, Paper, listing
from tests.crawl.processes import awaited, below, command, is_alive, workers_of
from tests.faults import articles

OUTLETS = ("ashford.example", "birchwick.example", "cinderby.example", "dunmoor.example")
RUNS = (OUTLETS[:2], OUTLETS[2:])
STORIES = 8
COPIES = 3
OWN = 4
"""Articles of each outlet that no other one prints."""
TARGETS = ("main", "worker", "forkserver", "group")
LONGEST = 240
SECONDS = 12.0
"""From the start of a run within which it is killed; most runs have ended by then."""


def stories() -> dict[str, set[str]]:
    """By story, the URLs of its copies, on outlets of both runs; stories of one outlet have one."""
    shared = {
        f"shared-matter-{number}": {
            f"http://{OUTLETS[(number + place) % len(OUTLETS)]}/shared-matter-{number}-as-told-here"
            for place in range(COPIES)
        }
        for number in range(STORIES)
    }
    own = {
        f"own-{outlet.partition('.')[0]}-{number}": {f"http://{outlet}/own-matter-{number}-of-the-town"}
        for outlet in OUTLETS
        for number in range(OWN)
    }
    return shared | own


def pages() -> Pages:
    """What the outlets answer."""
    made: Pages = {}
    for slug, urls in stories().items():
        html = articles.article(slug, body=paragraphs(slug), head='<meta charset="utf-8">').encode()
        made |= {url.removeprefix("http://"): Answer(html) for url in urls}
    for outlet in OUTLETS:
        made[f"{outlet}/"] = listing(key.removeprefix(outlet) for key in list(made) if key.startswith(f"{outlet}/"))
    return made


def paragraphs(slug: str) -> list[str]:
    """A text that has no line in common with another one's."""
    chance = Random(slug)
    words = " ".join((*articles.WHO, *articles.DID, *articles.WHEN, *articles.WHY)).replace("{n}", "nine").split()
    sentences = (" ".join(chance.choices(words, k=16)).capitalize() + "." for _ in range(36))
    return [" ".join(three) for three in zip(sentences, sentences, sentences, strict=True)]


def trial(folder: Path, seed: int) -> dict[str, Any]:
    """Runs that are killed, by that seed, then two that go to the end."""
    chance = Random(seed)
    with Paper(pages()) as paper:
        crawl = paper.crawl(folder)
        files = [f"urls{number}.txt" for number in range(len(RUNS))]
        for name, outlets in zip(files, RUNS, strict=True):
            (folder / name).write_text("".join(f"http://{outlet}/\n" for outlet in outlets))

        def start() -> list[Popen[bytes]]:
            words = (("news", "-a", f"urls_file={name}") for name in files)
            return [crawl.start(*line, delay=0.1, workers=2, start_new_session=True) for line in words]

        killed = [kill for _ in range(chance.randint(1, 2)) for kill in disturbed(start(), chance)]
        last = ended(start())
        crashed = sum(summary["rejected"].get("crashed", 0) for summary in crawl.summaries())
        found = verdict((crawl.data / "articles").glob("*/*"), [url for urls in stories().values() for url in urls])
        wrong = sorted(wrong_stories(crawl.data / "ledger.db", crawl.records()))
    return {"seed": seed, "killed": killed, "last": last, **found, "wrong story": len(wrong), "crashed": crashed}


def disturbed(runs: list[Popen[bytes]], chance: Random) -> list[str]:
    """Kills what chance names; what was killed, and when."""
    victims = chance.choice([runs[:1], runs[1:], runs])
    kills = sorted((chance.uniform(0, SECONDS), chance.choice(TARGETS), runs.index(run)) for run in victims)
    began, killed = time.monotonic(), []
    for moment, target, number in kills:
        while time.monotonic() - began < moment and runs[number].poll() is None:
            time.sleep(0.02)
        if runs[number].poll() is None and kill(runs[number], target, chance):
            killed.append(f"{target} at {moment:.1f}")
    ended(runs)
    return killed


def kill(run: Popen[bytes], target: str, chance: Random) -> bool:
    """Kills a process of the run, or all; False where there is none yet."""
    if target == "group":
        os.killpg(run.pid, signal.SIGKILL)
        return True
    workers = workers_of(run.pid)
    servers = [process for process in below(run.pid) if "forkserver" in command(process) and process not in workers]
    processes = {"main": [run.pid], "worker": workers, "forkserver": servers}[target]
    if not processes:
        return False
    try:
        os.kill(chance.choice(processes), signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def ended(runs: list[Popen[bytes]]) -> list[int]:
    """Their exit codes, once all their processes are gone."""
    every: set[int] = set()
    deadline = time.monotonic() + LONGEST
    while any(run.poll() is None for run in runs) and time.monotonic() < deadline:
        every.update(process for run in runs for process in below(run.pid))
        time.sleep(0.1)
    codes = [run.wait(1) for run in runs]
    awaited(lambda: not any(map(is_alive, every)))
    return codes


def wrong_stories(ledger: Path, records: list[dict[str, Any]]) -> Iterator[str]:
    """URLs whose story in the index, or in the record, is not theirs."""
    with closing(sqlite3.connect(ledger)) as database:
        found = {cluster.story: {copy.url for copy in cluster.copies} for cluster in clusters(database, "2000", "3000")}
    told = {record["url"]: record["story"] for record in records}
    for urls in stories().values():
        alone = len(urls) == 1
        linked = {url: told[url] for url in urls if told.get(url)}
        firsts = {story["first_seen_url"] for story in linked.values()}
        is_right = firsts == urls - set(linked) and all(found.get(story["id"]) == urls for story in linked.values())
        is_filed = alone or urls in found.values()
        if not is_filed or (linked if alone else not is_right):
            yield from urls
