"""Lines that label the source, in many languages: what is read from them, and what is no label."""

from __future__ import annotations

import pytest

from newscrawl.provenance.label_lines import read_line
from newscrawl.provenance.phrase_files import default_phrasebook
from newscrawl.web.document import Document, parse
from tests.provenance.conftest import Judged

LABELS = default_phrasebook().labels


def names(html: str) -> list[str]:
    document = parse(f"<html><body><div>{html}</div></body></html>".encode(), "https://port.example/a")
    assert isinstance(document, Document)
    every = [found for block in document.blocks for found in read_line(block, LABELS)]
    return [found.name for found in every if found.label.kind not in ("by", "bare")]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Source: Gull Post", "Gull Post"),
        ("Quelle: Möwenpost", "Möwenpost"),
        ("Autor: Anna Lis; Źródło: PAP", "PAP"),
        ("Источник: Вестник чаек Просмотров: 356 Теги: чайки", "Вестник чаек"),
        ("Автор: Пётр | Источник: «Чайка» | 04.03.2026", "Чайка"),
        ("Джерело: ІА «Чайка»", "Чайка"),
        ("Πηγή: Γλάρος", "Γλάρος"),
        ("Zdroj – Racek", "Racek"),
        ("Forrás: Sirály Hírek", "Sirály Hírek"),
        ("Sursa: Pescărușul", "Pescărușul"),
        ("Kaynak: Martı Haber", "Martı Haber"),
        ("المصدر: صحيفة النورس", "صحيفة النورس"),
        ("منبع: خبرگزاری مرغ دریایی", "خبرگزاری مرغ دریایی"),
        ("מקור: שחף", "שחף"),
        ("출처: 갈매기신문", "갈매기신문"),
        ("2012-01-17 20:05:11 来源: 海鸥日报 作者：李明", "海鸥日报"),
        ("出典：カモメ新聞", "カモメ新聞"),
        ("ที่มา: นางนวลนิวส์", "นางนวลนิวส์"),
        ("Nguồn: Hải Âu", "Hải Âu"),
        ("Sumber: Camar Pos", "Camar Pos"),
        ("स्रोत: समुद्री समाचार", "समुद्री समाचार"),
        ("Lähde: Lokki", "Lokki"),
        ("Källa: Fiskmåsen", "Fiskmåsen"),
        ("The pier is shut. Source: Gull Post", "Gull Post"),
    ],
)
def test_a_label_names_the_source(line: str, name: str) -> None:
    assert names(f"<p>{line}</p>") == [name]


@pytest.mark.parametrize(
    "line",
    [
        "Sursa foto: Pescărușul",
        "Bildquelle: Möwenpost",
        "Zdroj pitné vody je čistý",
        "A source told the Gull Post: no.",
    ],
)
def test_what_labels_no_source(line: str) -> None:
    assert names(f"<p>{line}</p>") == []


@pytest.mark.parametrize(
    ("below", "domain"),
    [
        ("<p>Источник: ТАСС</p>", "tass.com"),
        ("<p>Источник: gull-post.ru</p>", "gull-post.ru"),
        ("<p>Źródło: <a href='/tag/pap/'>PAP</a></p>", "pap.pl"),
        ("<p>Источник: <a href='https://chayka-press.ru'>Чайка-пресс</a></p>", "chayka-press.ru"),
        ("<dl><dt>Источник</dt><dd>ТАСС</dd></dl>", "tass.com"),
        ("<p>Источники: ТАСС, Интерфакс</p>", None),
        ("<p>Источник: ТАСС, Интерфакс</p>", None),
        ("<p>Источник: Росстат</p>", None),
        ("<p>Text: dpa</p>", "dpa.com"),
        ("<p>Text: Anna Lis</p>", None),
        ("<p>Met dank aan Het Parool</p>", "parool.nl"),
        ("<p>Theo Reuters, giá sẽ tăng vào mùa hè.</p>", None),
        ("<p>Báo chí. Nguồn: Báo Thanh Niên</p>", "thanhnien.vn"),
        (
            "<div>Джерело: <a href='https://chayka.example/a/1234567'><img src='l.png' alt='Чайка'></a></div>",
            "chayka.example",
        ),
        ("<p><a href='https://dei.example/nea/1234567'>Δελτίο Τύπου της ΔΕΗ</a></p>", "dei.example"),
        ("<p>Zdroj: <a href='https://doi.org/10.1016/j.cub.2026'>Current Biology</a></p>", None),
        ("<p>Источник: <a href='https://t.me/port'>наш канал</a></p>", None),
        ("<p>元記事を読む <a href='https://kamome.example/a/1234567'>元記事を読む</a></p>", "kamome.example"),
    ],
)
def test_which_labels_give_an_origin(judged: Judged, below: str, domain: str | None) -> None:
    origin = judged(below=below).origin
    assert (origin.domain if origin else None) == domain


@pytest.mark.parametrize(
    ("first", "domain"),
    [
        (
            "<p>〔中央社〕颱風逼近，港口北堤關閉，當局表示要等到風季結束才會重新開放，請民眾不要靠近海邊。</p>",
            "cna.com.tw",
        ),
        ("<p>【제주=뉴시스】 북쪽 방파제가 폭풍 때문에 닫혔다고 항만 당국이 월요일에 밝혔다.</p>", "newsis.com"),
        (
            "<p>Київ. 2 березня. УНІАН. Північний мол закрито до кінця сезону штормів, повідомила адміністрація.</p>",
            "unian.ua",
        ),
    ],
)
def test_datelines_of_other_forms(judged: Judged, first: str, domain: str) -> None:
    origin = judged(first=first).origin
    assert origin is not None
    assert origin.domain == domain
