"""Files of records: names, cuts, rotation, compression, two processes, output that cannot be written."""

from __future__ import annotations

import gzip
import json
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from newscrawl.delivery import Delivery, DeliveryError, Options, spider_folder
from newscrawl.ledger import Ledger
from tests.delivery.world import World

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


def end(ledger: Ledger, *deliveries: Delivery) -> None:
    for delivery in deliveries:
        delivery.close()
    assert ledger.finish().result().outbox == 0
    ledger.close()


def test_records_stand_in_a_part_and_then_in_a_file(world: World) -> None:
    ledger = world.run()
    delivery = Delivery(ledger, world.root)
    world.export(ledger, 1, 2)
    delivered = delivery.close()
    assert world.files() == {"s-20260301T120000Z-1.jsonl": b'{"n": 1}\n{"n": 2}\n'}
    assert (delivered.articles, delivered.tombstones) == (2, 0)
    assert delivered.files == [world.root / "articles" / "s" / "s-20260301T120000Z-1.jsonl"]
    end(ledger)


def test_lines_are_in_the_part_as_soon_as_they_are_committed(world: World) -> None:
    ledger = world.run()
    delivery = Delivery(ledger, world.root)
    world.export(ledger, 1)
    assert world.files() == {"s-20260301T120000Z-1.jsonl.part": b'{"n": 1}\n'}
    end(ledger, delivery)


def test_a_run_without_records_makes_no_file(world: World) -> None:
    ledger = world.run()
    end(ledger, Delivery(ledger, world.root))
    assert not (world.root / "articles").exists()


def test_what_a_run_left_is_delivered_by_the_next(world: World) -> None:
    ledger = world.run()
    world.export(ledger, 1, 2)
    assert ledger.finish().result().outbox == 2
    ledger.close()
    ledger = world.run()
    delivery = Delivery(ledger, world.root)
    assert world.numbers() == [1, 2]
    end(ledger, delivery)


def test_tombstones_have_files_of_their_own(world: World) -> None:
    ledger = Ledger(world.root / "ledger.db", spider="s", run_id="1", now=world.clock)
    world.ledgers.append(ledger)
    delivery = Delivery(ledger, world.root)
    world.export(ledger, 1)
    end(ledger, delivery)
    world.clock.move(days=30)
    ledger = Ledger(world.root / "ledger.db", spider="s", run_id="2", now=world.clock)
    world.ledgers.append(ledger)
    delivery = Delivery(ledger, world.root)
    ledger.settle(ledger.take(1).result()[0], "gone", http_status=410).result()
    end(ledger, delivery)
    assert world.numbers() == [1]
    (line,) = world.files("tombstones").values()
    assert json.loads(line)["url"] == "https://a.example/1"


def test_rotation_by_size(world: World) -> None:
    ledger = world.run()
    delivery = Delivery(ledger, world.root, Options(rotate_bytes=10))
    for number in range(4):
        world.export(ledger, number)
    end(ledger, delivery)
    assert [data.count(b"\n") for data in world.files().values()] == [2, 2]
    assert world.numbers() == [0, 1, 2, 3]


def test_rotation_by_time(world: World) -> None:
    ledger = world.run()
    delivery = Delivery(ledger, world.root, Options(rotate_after=timedelta(hours=1)))
    for number, minutes in enumerate((0, 30, 31, 1)):
        world.clock.move(minutes=minutes)
        world.export(ledger, number)
    end(ledger, delivery)
    assert list(world.files()) == ["s-20260301T120000Z-1.jsonl", "s-20260301T130200Z-4.jsonl"]


@pytest.mark.parametrize(("compression", "read"), [("gzip", gzip.decompress), ("zstd", zstd.decompress)])
def test_compressed_parts_can_be_read_at_any_time(world: World, compression: str, read: object) -> None:
    ledger = world.run()
    delivery = Delivery(ledger, world.root, Options(compression=compression))  # type: ignore[arg-type]
    world.export(ledger, 1)
    world.export(ledger, 2)
    (data,) = world.files().values()
    assert read(data) == b'{"n": 1}\n{"n": 2}\n'  # type: ignore[operator]
    end(ledger, delivery)


def test_another_compression_begins_another_file(world: World) -> None:
    ledger = world.run()
    Delivery(ledger, world.root)
    world.export(ledger, 1)
    ledger.close()
    ledger = world.run()
    delivery = Delivery(ledger, world.root, Options(compression="gzip"))
    world.export(ledger, 2)
    end(ledger, delivery)
    plain, packed = world.files().values()
    assert plain + gzip.decompress(packed) == b'{"n": 1}\n{"n": 2}\n'


def test_names_that_exist_are_passed_over(world: World) -> None:
    folder = world.root / "articles" / "s"
    folder.mkdir(parents=True)
    mine = folder / "s-20260301T120000Z-1.jsonl"
    mine.write_text("precious\n")
    (folder / "s-20260301T120000Z-1.1.jsonl.part").write_text("precious\n")
    ledger = world.run()
    delivery = Delivery(ledger, world.root)
    world.export(ledger, 1)
    end(ledger, delivery)
    assert mine.read_text() == "precious\n"
    assert world.files()["s-20260301T120000Z-1.2.jsonl"] == b'{"n": 1}\n'


@pytest.mark.parametrize("deed", ["delete", "cut"])
def test_a_part_that_lost_what_was_in_it_is_written_again(
    world: World, deed: str, caplog: pytest.LogCaptureFixture
) -> None:
    ledger = world.run()
    Delivery(ledger, world.root)
    world.export(ledger, 1)
    ledger.close()
    (part,) = (world.root / "articles" / "s").iterdir()
    if deed == "delete":
        part.unlink()
    else:
        part.write_bytes(b'{"n"')
    ledger = world.run()
    delivery = Delivery(ledger, world.root)
    world.export(ledger, 2)
    end(ledger, delivery)
    assert world.numbers() == [1, 2]
    assert "it is written again" in caplog.text


def test_a_kill_after_the_rename_is_taken_for_what_it_is(world: World, caplog: pytest.LogCaptureFixture) -> None:
    ledger = world.run()
    Delivery(ledger, world.root)
    world.export(ledger, 1)
    ledger.close()
    (part,) = (world.root / "articles" / "s").iterdir()
    part.rename(part.with_suffix(""))
    ledger = world.run()
    end(ledger, Delivery(ledger, world.root))
    assert world.numbers() == [1]
    assert caplog.text == ""


def test_one_of_two_processes_delivers_for_both(world: World) -> None:
    first, second = world.run(), world.run()
    deliveries = [Delivery(first, world.root), Delivery(second, world.root)]
    world.export(first, 1)
    second.discover([]).result()
    first.finish().result()  # its host goes to the second
    first.close()
    world.export(second, 2)
    end(second, deliveries[1])
    assert world.numbers() == [1, 2]


def test_the_second_waits_until_its_records_are_delivered(world: World) -> None:
    first, second = world.run(), world.run("s")
    deliveries = [Delivery(first, world.root), Delivery(second, world.root)]
    world.export(second, 1)
    first.discover([])  # a commit of the first, which delivers what the second has made
    deliveries[1].close()
    assert world.numbers() == [1]
    end(first, deliveries[0])


def test_delivered_messages_are_pruned_after_a_day(world: World) -> None:
    def kept(ledger: Ledger) -> int:
        outbox = ledger.outbox()
        return len(outbox.do(lambda: outbox.read("articles", 0, 100)).result())

    ledger = world.run()
    delivery = Delivery(ledger, world.root)
    world.export(ledger, 1, 2)
    delivery.close()
    assert kept(ledger) == 2
    end(ledger)
    world.clock.move(days=2)
    ledger = world.run()
    world.export(ledger, 3)
    Delivery(ledger, world.root).close()
    assert kept(ledger) == 1
    end(ledger)
    assert world.numbers() == [1, 2, 3]


def test_output_that_cannot_be_written_waits_in_the_outbox(world: World) -> None:
    ledger = world.run()
    delivery = Delivery(ledger, world.root)
    (world.root / "articles").write_text("a file where the folder should be")
    world.export(ledger, 1)
    assert isinstance(delivery.failure, DeliveryError)
    world.export(ledger, 2)  # the crawl may go on
    with pytest.raises(DeliveryError, match="not written"):
        delivery.close()
    assert ledger.finish().result().outbox == 2
    ledger.close()
    with pytest.raises(DeliveryError):
        Delivery(ledger := world.run(), world.root)
    ledger.close()
    (world.root / "articles").unlink()
    ledger = world.run()
    end(ledger, Delivery(ledger, world.root))
    assert world.numbers() == [1, 2]


@pytest.mark.parametrize("name", ["../x", "a/b", "..", ".", "", ".x", "-x", "a\\b", "a\0", "a\n", "x" * 101, "ü"])
def test_a_spider_name_is_no_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="spider name"):
        spider_folder(tmp_path, "articles", name)


def test_ordinary_spider_names(tmp_path: Path) -> None:
    assert spider_folder(tmp_path, "articles", "the-times_2.x") == tmp_path / "articles" / "the-times_2.x"
