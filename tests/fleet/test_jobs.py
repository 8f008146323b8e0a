"""Which job is next."""

from __future__ import annotations

from newscrawl.fleet.jobs import HOUR, LONGEST_GAP, SHORTEST_GAP, USUAL_GAP, Job, Queue, usual_gap

NOW = 1_800_000_000


def job(name: str, last: float | None = None, gap: float = 10, domain: str = "") -> Job:
    """`last` and `gap` in hours; `last`: how long ago."""
    at = None if last is None else int(NOW - last * HOUR)
    return Job(name=name, spider="news", domains=frozenset({domain or name}), last=at, gap=gap * HOUR)


def order(*jobs: Job) -> list[str]:
    queue = Queue(jobs, NOW)
    return [taken.name for taken in iter(queue.take, None)]


def test_due_sites_come_first_then_new_ones_then_those_that_are_due_next() -> None:
    jobs = [job("soon", 9), job("new"), job("late", 11), job("later", 3, gap=1), job("not soon", 2)]
    assert order(*jobs) == ["later", "late", "new", "soon", "not soon"]


def test_jobs_of_one_domain_never_run_at_once() -> None:
    first, second, other = job("a", domain="x"), job("b", domain="x"), job("c", domain="y")
    queue = Queue([first, second, other], NOW)
    assert queue.take() is first
    assert queue.take() is other
    assert queue.take() is None
    queue.done(first)
    assert queue.take() is second


def test_a_job_that_goes_on_waits_behind_the_others() -> None:
    first, second = job("a"), job("b")
    queue = Queue([first, second], NOW)
    assert queue.take() is first
    queue.done(first, again=True)
    assert [queue.take(), queue.take()] == [second, first]


def test_the_usual_gap_is_the_median_between_runs_with_news() -> None:
    runs = [(NOW + at * HOUR, new) for at, new in ((0, 3), (1, 0), (2, 1), (5, 0), (6, 1), (7, 2), (40, 0))]
    assert usual_gap(runs) == 2 * HOUR
    assert usual_gap(runs[:1]) == USUAL_GAP
    assert usual_gap([(NOW, 1), (NOW + 60, 1)]) == SHORTEST_GAP
    assert usual_gap([(0, 1), (NOW, 1)]) == LONGEST_GAP
