"""Pages whose charset is false, missing or odd. The title must come out exactly, and no U+FFFD anywhere."""

from __future__ import annotations

from .. import articles
from ..exchange import Exchange
from ..table import fault

WESTERN = "Café owners’ protest: “£3 for a résumé is too much”"
RUSSIAN = "Совет города отложил ремонт старого моста до весны"
RUSSIAN_TEXT = (
    "Жители нижнего квартала уже третий год ждут, когда начнётся ремонт старого моста через канал.",
    "На вечернем заседании совет города решил отложить работы до весны, потому что подрядчик не представил смету.",
    "Смотритель гавани заявил, что до конца месяца по мосту не пропустят ни один грузовик тяжелее пяти тонн.",
    "Представитель паромной линии пообещал добавить два рейса в день, но только пока вода не замёрзнет.",
    "Следующее заседание назначено на двенадцатое декабря, и записаться на него можно в приёмной.",
)
JAPANESE = "港の橋の修理は春まで延期されることになった"
JAPANESE_TEXT = (
    "町議会は火曜日の夜、運河にかかる古い橋の修理を来年の春まで延期することを決めた。",
    "住民は三年前から工事の開始を待っているが、業者はまだ見積もりを出していない。",
    "港の責任者は、月末まで五トンを超えるトラックの通行を認めないと話している。",
)


def _western(head: str = "") -> str:
    body = [f"{paragraph} The café’s owner called it “naïve”." for paragraph in articles.paragraphs("western")]
    return articles.article("western", headline=WESTERN, body=body, head=head)


def _russian(head: str = "") -> str:
    page = articles.article("russian", headline=RUSSIAN, body=list(RUSSIAN_TEXT), head=head)
    return page.replace('lang="en"', 'lang="ru"')


@fault("read", title=WESTERN)
def false_charset(exchange: Exchange) -> None:
    """The header says utf-8, the page says windows-1252 and is."""
    exchange.reply(_western('<meta charset="windows-1252">').encode("cp1252"))


@fault("read", title=WESTERN)
def false_charset_alone(exchange: Exchange) -> None:
    """The header says utf-8, the bytes are windows-1252, the page says nothing."""
    exchange.reply(_western().encode("cp1252"))


@fault("read", title=WESTERN)
def false_meta_charset(exchange: Exchange) -> None:
    """The header says utf-8 and is right, the page's meta says iso-8859-1."""
    exchange.reply(_western('<meta charset="iso-8859-1">'))


@fault("read", title=WESTERN)
def latin_1_that_is_windows(exchange: Exchange) -> None:
    """iso-8859-1 is declared; the quotes and the apostrophe are windows-1252's (WHATWG: the label means
    windows-1252)."""
    exchange.reply(_western().encode("cp1252"), content_type="text/html; charset=iso-8859-1")


@fault("read", title=RUSSIAN)
def no_charset(exchange: Exchange) -> None:
    """windows-1251, declared nowhere."""
    exchange.reply(_russian().encode("cp1251"), content_type="text/html")


@fault("read", title=RUSSIAN)
def no_charset_utf8(exchange: Exchange) -> None:
    """utf-8, declared nowhere."""
    exchange.reply(_russian(), content_type="text/html")


@fault("read", title=RUSSIAN)
def unknown_charset(exchange: Exchange) -> None:
    """The header names a charset that does not exist; the page is utf-8."""
    exchange.reply(_russian(), content_type="text/html; charset=klingon-8")


@fault("read", title=RUSSIAN)
def codec_that_is_no_charset(exchange: Exchange) -> None:
    """charset=zlib: a Python codec that makes no text. Handed to bytes.decode it raises something other than
    UnicodeDecodeError."""
    exchange.reply(_russian(), content_type="text/html; charset=zlib")


@fault("read", title=RUSSIAN)
def utf16_with_bom(exchange: Exchange) -> None:
    """utf-16 with a byte order mark; the header says nothing."""
    exchange.reply(_russian().encode("utf-16"), content_type="text/html")


@fault("read", title=RUSSIAN)
def bom_against_header(exchange: Exchange) -> None:
    """A utf-8 byte order mark under a header that says windows-1251: the mark wins."""
    exchange.reply(_russian().encode("utf-8-sig"), content_type="text/html; charset=windows-1251")


@fault("read", title=JAPANESE)
def late_meta_charset(exchange: Exchange) -> None:
    """Shift_JIS, declared by a meta that stands 3,000 bytes in, behind where browsers look."""
    padding = f"<!--{'.' * 3000}--><meta charset='shift_jis'>"
    page = articles.article("japanese", headline=JAPANESE, body=list(JAPANESE_TEXT), head=padding)
    exchange.reply(page.replace('lang="en"', 'lang="ja"').encode("shift_jis"), content_type="text/html")


@fault("read", title=WESTERN)
def one_bad_byte(exchange: Exchange) -> None:
    """utf-8 throughout but for one byte in the footer: no reason to take the page for another charset."""
    exchange.reply(_western().encode().replace(b"The Sound Courier", b"The Sound \xe9 Courier"))


@fault("read", title=RUSSIAN)
def utf7_label(exchange: Exchange) -> None:
    """charset=utf-7, which no browser decodes any more since it smuggles tags; the page is utf-8."""
    exchange.reply(_russian(), content_type="text/html; charset=utf-7")
