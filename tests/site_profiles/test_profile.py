"""Memory and profile: independent of order, bounded, forgetting; the same bytes for the same pages."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.sites.profiles import FEWEST, WINDOW, PageFingerprint, SiteMemory, SiteProfile, encoded_profile, remember
from newscrawl.sites.profiles.fingerprints import MAX_BLOCKS, pack, page_fingerprint, unpack
from newscrawl.sites.profiles.profile import MAX_REPEATED

from .outlet import DAY, document, fingerprints, html, kept, paragraphs, profile, story

NUMBERS = st.integers(0, 2**64 - 1)
SETS = st.lists(st.integers(0, 30), max_size=20, unique=True).map(sorted).map(pack)
PRINTS = st.builds(
    PageFingerprint,
    page=st.integers(0, 100),
    day=st.sampled_from(["2026-11-20", "2026-11-21", "2026-11-22"]),
    title=st.integers(0, 5),
    blocks=SETS,
    long=SETS,
)


@given(st.lists(PRINTS, max_size=40), st.randoms(use_true_random=False))
def test_the_order_of_pages_does_not_count(pages: list[PageFingerprint], random: object) -> None:
    shuffled = list(pages)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = remember(SiteMemory(), pages), remember(SiteMemory(), shuffled)
    assert one == other
    assert encoded_profile(one) == encoded_profile(other)


@given(st.lists(PRINTS, max_size=40), st.integers(0, 40))
def test_runs_add_up(pages: list[PageFingerprint], cut: int) -> None:
    """What two runs see one after the other is what one run sees, as long as all of it is remembered."""
    at_once = remember(SiteMemory(), pages)
    assert remember(remember(SiteMemory(), pages[:cut]), pages[cut:]) == at_once
    assert SiteMemory.decode(at_once.encode()) == at_once


@given(st.lists(PRINTS, min_size=FEWEST, max_size=80), PRINTS)
def test_any_pages_give_a_profile_that_any_page_can_ask(pages: list[PageFingerprint], asked: PageFingerprint) -> None:
    if encoded := encoded_profile(remember(SiteMemory(), pages)):
        learned = SiteProfile.decode(encoded)
        page = story(str(asked.page))
        assert all(0 < repeat.share <= 1 for repeat in learned.repeats(page).values())


@given(st.lists(NUMBERS))
def test_packed_numbers_come_back(numbers: list[int]) -> None:
    assert list(unpack(pack(numbers))) == numbers


def test_fewer_pages_than_four_give_no_profile() -> None:
    pages = [story(name) for name in ("Anna", "Bela", "Cora", "Dora")]
    assert encoded_profile(remember(SiteMemory(), fingerprints(*pages[:3]))) is None
    assert encoded_profile(remember(SiteMemory(), fingerprints(*pages[:3], *pages[:3]))) is None
    assert encoded_profile(remember(SiteMemory(), fingerprints(*pages))) is not None


def test_the_id_names_the_content() -> None:
    pages = [story(name) for name in ("Anna", "Bela", "Cora", "Dora", "Elsa")]
    assert profile(*pages).id == profile(*reversed(pages)).id
    assert profile(*pages).id != profile(*pages[:4]).id


def test_a_site_that_changes_is_forgotten() -> None:
    old, new = "Our old appeal, which asked for stamps by mail. " * 3, "Our new appeal, which asks for clicks. " * 3
    memory = remember(SiteMemory(), fingerprints(*(story(f"old {n}", boilerplate=(old,)) for n in range(WINDOW))))
    later = [story(f"new {n}", boilerplate=(new,)) for n in range(WINDOW)]
    memory = remember(memory, fingerprints(*later, day="2026-12-24T08:00:00Z"))
    encoded = encoded_profile(memory)
    assert encoded is not None
    learned = SiteProfile.decode(encoded)
    assert kept(story("again", boilerplate=(old.strip(),)), learned) == [*paragraphs("again"), old.strip()]
    assert kept(story("next", boilerplate=(new,)), learned) == paragraphs("next")


def test_boilerplate_of_a_new_template_is_known_before_the_old_is_forgotten() -> None:
    new = "Our new appeal, which asks for clicks instead of stamps and is printed below every story from now on."
    pages = [*(story(f"old {n}") for n in range(40)), *(story(f"new {n}", boilerplate=(new,)) for n in range(3))]
    assert kept(story("next", boilerplate=(new,)), profile(*pages)) == paragraphs("next")


def test_memory_and_profile_are_bounded() -> None:
    pages = [
        document(f"page-{n}", html(f"Page {n}", [f"Line {line} of every page" for line in range(4_000)]))
        for n in range(6)
    ]
    assert len(page_fingerprint(pages[0], fetched_at=DAY).blocks) <= 8 * MAX_BLOCKS
    many = [
        PageFingerprint(
            page=n,
            day="2026-11-23",
            title=n,
            blocks=pack(range(MAX_BLOCKS * (n % 9), MAX_BLOCKS * (n % 9 + 1))),
            long=b"",
        )
        for n in range(200)
    ]
    memory = remember(SiteMemory(), many)
    encoded = encoded_profile(memory)
    assert encoded is not None
    assert len(memory.pages) == WINDOW
    assert len(SiteProfile.decode(encoded).masks) == MAX_REPEATED
    assert len(encoded) < 120_000


@pytest.mark.parametrize("damaged", [b"", b"[]", b'{"version":0}', b'{"pages":7}', b"\xff"])
def test_a_damaged_memory_is_an_empty_one(damaged: bytes) -> None:
    assert SiteMemory.decode(damaged) == SiteMemory()


def test_a_memory_with_torn_numbers_is_an_empty_one() -> None:
    torn = PageFingerprint(page=1, day="2026-11-23", title=1, blocks=b"123", long=b"")
    assert SiteMemory.decode(msgspec.json.encode(SiteMemory(pages=(torn,)))) == SiteMemory()
