"""Against power loss: a record's bytes, its file's name and its folder's are on disk before the ledger says so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newscrawl.delivery import Delivery, Options
from newscrawl.ledger import Ledger
from newscrawl.ledger.outbox import Outbox
from tests.delivery.world import World


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The events in their order: the names of what was synced, and "cursor" for each move of the ledger's cursor."""
    events: list[str] = []
    fsync, move = os.fsync, Outbox.move

    def recorded_fsync(file: int) -> None:
        fsync(file)
        events.append(Path(f"/proc/self/fd/{file}").readlink().name)

    def recorded_move(self: Outbox, *where: object) -> None:
        move(self, *where)  # type: ignore[arg-type]
        events.append("cursor")

    monkeypatch.setattr(os, "fsync", recorded_fsync)
    monkeypatch.setattr(Outbox, "move", recorded_move)
    return events


PART = "s-20260301T120000Z-1.jsonl.part"


def test_a_records_bytes_are_synced_before_the_cursor_moves_past_them(world: World, synced: list[str]) -> None:
    ledger = world.run()
    delivery = Delivery(ledger, world.root)
    world.export(ledger, 1)
    begun = len(synced)
    world.export(ledger, 2)
    assert synced[begun:] == [PART, "cursor"]
    end(ledger, delivery)


def test_a_new_files_name_is_synced_with_all_folders_above(world: World, synced: list[str]) -> None:
    ledger = world.run()
    delivery = Delivery(ledger, world.root)
    world.export(ledger, 1)
    assert synced == ["cursor", world.root.name, "articles", PART, "s", PART, "cursor"]
    end(ledger, delivery)


def test_a_files_final_name_is_synced_before_the_cursor_leaves_it(world: World, synced: list[str]) -> None:
    ledger = world.run()
    delivery = Delivery(ledger, world.root)
    world.export(ledger, 1)
    begun = len(synced)
    end(ledger, delivery)
    assert synced[begun:] == ["s", "cursor"]


@pytest.mark.parametrize(("limit", "closed"), [(8, 2), (9, 2), (10, 1), (18, 1), (19, 0)])
def test_a_file_is_closed_when_it_has_exactly_its_size(world: World, limit: int, closed: int) -> None:
    """A line has nine bytes: {"n": 1} and its end."""
    ledger = world.run()
    delivery = Delivery(ledger, world.root, Options(rotate_bytes=limit))
    world.export(ledger, 1)
    world.export(ledger, 2)
    assert sum(name.endswith(".jsonl") for name in world.files()) == closed
    end(ledger, delivery)


def end(ledger: Ledger, delivery: Delivery) -> None:
    delivery.close()
    ledger.finish().result()
    ledger.close()
