"""Which charset a page's bytes are taken for, where server, page and bytes disagree."""

from __future__ import annotations

import pytest

from newscrawl.web.charset import decode
from tests.faults.articles import paragraphs

FRENCH = "<title>Le café d’à côté rouvre : « enfin », disent les élèves</title><p>Été comme hiver, la mairie paie."
CHINESE = "<title>渡口的桥重新开放</title><p>市政府说修理花了两年时间，比计划多一年。"


def page(charset: str | None, text: str) -> str:
    return (f'<meta charset="{charset}">' if charset else "") + text


@pytest.mark.parametrize(
    ("header", "meta", "written", "text"),
    [
        (None, "windows-1252", "utf-8", FRENCH),
        (None, "iso-8859-1", "utf-8", "<p>The ferry’s back"),
        (None, "gb2312", "utf-8", CHINESE),
        (None, "shift_jis", "utf-8", CHINESE),
        ("iso-8859-1", None, "utf-8", FRENCH),
        ("utf-8", "windows-1252", "cp1252", FRENCH),
        ("utf-8", "gb2312", "gb18030", CHINESE),
        ("utf-8", None, "cp1252", FRENCH),
    ],
)
def test_a_false_label_gives_way_to_the_bytes(header: str | None, meta: str | None, written: str, text: str) -> None:
    found, warnings = decode(
        page(meta, text).encode(written), f"text/html; charset={header}" if header else "text/html"
    )
    assert found == page(meta, text)
    assert "charset_wrong" in warnings


@pytest.mark.parametrize(
    ("meta", "written", "text"),
    [
        ("windows-1252", "cp1252", FRENCH),
        ("iso-8859-1", "cp1252", FRENCH),
        ("gb2312", "gb18030", CHINESE),
        # 模 is C4 A3 in GB 18030, which is "ģ" in UTF-8: by chance a character or two are both.
        ("gb2312", "gb18030", "<p>The sign reads 模 in red"),
        ("windows-1252", "ascii", "<p>Nothing but letters"),
        ("iso-2022-jp", "iso-2022-jp", "<p>新しい橋"),
        ("utf-8", "utf-8", FRENCH),
    ],
)
def test_a_true_label_is_believed(meta: str, written: str, text: str) -> None:
    assert decode(page(meta, text).encode(written), "text/html") == (page(meta, text), set())


ENGLISH = "<p>".join(paragraphs("pounds", 8))


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("cp1252", f"<title>Café owners’ protest: “£3 for a résumé is too much”</title><p>{ENGLISH}"),
        ("cp1252", FRENCH),
        ("cp1252", "<title>Die Fähre fährt für 3 € über Nacht</title><p>Größere Schäden gibt es nicht, heißt es."),
        ("cp1250", "<title>Łódź: promy znów pływają</title><p>Naprawa kosztowała więcej, niż planowano, a miasto nie"
         " wie jeszcze, kto za nią zapłaci. Część mieszkańców twierdzi, że to za późno."),
        ("cp1250", "<title>Přívoz je opět v provozu, říká starosta</title><p>Cestující už dlouho čekali na tento den."
         " Oprava stála víc, než se čekalo, a město ještě neví, kdo ji zaplatí; říká to i starosta."),
        ("cp1250", "<title>Újra közlekedik a komp, mondta a főnök</title><p>Az utasok már régóta várták a megnyitót."),
        ("cp1251", "<title>Паром снова ходит после ремонта</title><p>Мэр сказал, что ремонт стоил дороже, чем думали."),
        ("cp1253", "<title>Το πλοίο ταξιδεύει ξανά</title><p>Ο δήμαρχος είπε ότι η επισκευή κόστισε πάρα πολύ."),
    ],
)  # fmt: skip
def test_what_declares_nothing_is_guessed(charset: str, text: str) -> None:
    assert decode(text.encode(charset), "text/html") == (text, {"charset_guessed"})


def test_damaged_bytes_make_no_other_charset() -> None:
    body = page("windows-1252", FRENCH * 9).encode().replace(b"</title>", b"\xe9</title>")
    found, warnings = decode(body, "text/html; charset=utf-8")
    assert found.count("\ufffd") == 9
    assert found.replace("\ufffd", "") == page("windows-1252", FRENCH * 9)
    assert warnings == {"charset_wrong"}


def test_a_false_label_gives_way_to_bytes_of_which_one_is_damaged() -> None:
    body = page("gb2312", CHINESE * 9).encode() + b"\xe9"
    assert decode(body, None) == (page("gb2312", CHINESE * 9) + "\ufffd", {"charset_wrong"})


def test_a_mark_at_the_start_outdoes_all_labels() -> None:
    body = "\ufeff".encode("utf-16-le") + page("windows-1252", CHINESE).encode("utf-16-le")
    assert decode(body, "text/html; charset=iso-8859-1") == (page("windows-1252", CHINESE), set())
