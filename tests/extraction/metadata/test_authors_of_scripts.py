"""Authors in scripts without capitals, behind the text, beside accounts; and words of the page that are no names."""

import pytest

from newscrawl.extraction.metadata.cjk_bylines import is_byline_alone
from tests.extraction.metadata.metadata_pages import json_ld, read

STORIES = {
    "ko": "강변 도서관이 내년 1월부터 일요일에도 문을 연다. 시의회는 직원 두 명을 더 뽑는 예산을 14일 통과시켰다.",
    "ja": "川沿いの図書館は来年1月から日曜日も開く。市議会が14日、職員2人分の予算を認めた。",
    "zh": "河边图书馆明年一月起周日开放。市议会14日通过预算，增聘两名馆员。",
}
HEADLINES = {
    "ko": "강변 도서관, 내년부터 일요일에도 문 연다",
    "ja": "川沿いの図書館、日曜も開館へ",
    "zh": "河边图书馆明年起周日开放",
}


@pytest.mark.parametrize(
    ("language", "byline", "expected"),
    [
        ("ko", "김하늘 기자 haneul@hansolnews.example", ["김하늘"]),
        ("ko", "김하늘기자", ["김하늘"]),
        ("ko", "김하늘·박바다 기자", ["김하늘", "박바다"]),
        ("ko", "김하늘 특파원", ["김하늘"]),
        ("ko", "[한솔뉴스=김하늘 기자]", ["김하늘"]),
        ("ko", "글·사진 김하늘 기자", ["김하늘"]),
        ("ko", "김하늘 선임기자 (haneul@hansolnews.example)", ["김하늘"]),
        ("ja", "（山田花子）", ["山田花子"]),
        ("ja", "【山田花子】", ["山田花子"]),
        ("ja", "(山田花子、佐藤太郎)", ["山田花子", "佐藤太郎"]),
        ("ja", "山田花子記者", ["山田花子"]),
        ("ja", "文・写真 山田花子", ["山田花子"]),
        ("ja", "聞き手・山田花子", ["山田花子"]),
        ("zh", "（记者 王小明）", ["王小明"]),
        ("zh", "本报记者 王小明", ["王小明"]),
        ("zh", "記者王小明／台北報導", ["王小明"]),
        ("zh", "文/王小明", ["王小明"]),
        ("zh", "撰文｜王小明、李四", ["王小明", "李四"]),
    ],
)
def test_bylines_behind_the_text(language: str, byline: str, expected: list[str]) -> None:
    story = STORIES[language]
    behind = f"<h1>{HEADLINES[language]}</h1><div>{story}<br><br>{story}<br><br>{byline}</div>"
    assert read(body=behind, lang=language).authors == expected
    before = f"<h1>{HEADLINES[language]}</h1><p>{byline}</p><div>{story}<br><br>{story}</div>"
    assert read(body=before, lang=language).authors == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ko", "(서울=한솔뉴스) 김하늘 기자 = 강변 도서관이 내년 1월부터 일요일에도 문을 연다.", ["김하늘"]),
        ("ko", "[한솔뉴스=김하늘 기자] 강변 도서관이 내년 1월부터 일요일에도 문을 연다.", ["김하늘"]),
        ("ko", "시는 1년 뒤에 다시 살펴보기로 했다. 김하늘 기자 haneul@hansol.example", ["김하늘"]),
        ("ja", "市は年に700万円かかるとみており、1年後に見直す。（山田花子）", ["山田花子"]),
        ("ja", "市は年に700万円かかるとみており、1年後に見直す。【山田花子】", ["山田花子"]),
        ("zh", "（中央社記者王小明台北15日電）河邊圖書館明年一月起週日開放。", ["王小明"]),
        ("zh", "新华社北京8月15日电（记者王小明、李四）河边图书馆明年一月起周日开放。", ["王小明", "李四"]),
    ],
)
def test_bylines_within_a_paragraph(language: str, text: str, expected: list[str]) -> None:
    body = f"<h1>{HEADLINES[language]}</h1><p>{text}</p><p>{STORIES[language]}</p>"
    assert read(body=body, lang=language).authors == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "강변 도서관이 내년 1월부터 일요일에도 문을 연다."),
        ("ko", "사진 제공: 한솔시청"),
        ("ja", "（写真は市提供）"),
        ("ja", "（続く）"),
        ("ja", "川沿いの図書館は来年1月から日曜日も開く。（共同）"),
        ("zh", "（资料图）"),
        ("zh", "责任编辑：王小明"),
        ("ar", "أخبار محلية"),
        ("ar", "أغلقت البلدية الجسر القديم 3 أيام."),
        ("he", "חדשות מקומיות"),
        ("he", "הגשר הישן נסגר ל 3 ימים."),
        ("fa", "کتابخانه شهر از ژانویه 7 روز هفته باز است."),
        ("hi", "शहर की खबरें"),
        ("th", "ข่าว ท้องถิ่น"),
    ],
)
def test_other_words_are_no_authors(language: str, text: str) -> None:
    headline = HEADLINES.get(language, "الجسر مغلق حتى الربيع")
    assert read(body=f"<h1>{headline}</h1><p>{text}</p>", lang=language).authors == []


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [
        ("ar", "بقلم: ليلى حداد", ["ليلى حداد"]),
        ("he", "מאת: נועה לוי", ["נועה לוי"]),
        ("fa", "نویسنده: مریم کریمی", ["مریم کریمی"]),
    ],
)
def test_what_opens_a_byline_in_other_scripts(language: str, line: str, expected: list[str]) -> None:
    assert read(body=f"<h1>الجسر مغلق حتى الربيع</h1><p>{line}</p>", lang=language).authors == expected


@pytest.mark.parametrize(
    "account",
    [
        "Watershed feed",
        "Import Bot",
        "AP Feed",
        "Content Importer",
        "News Robot",
        "admin",
        "KatieS",
        "jdoe42",
        "Lee Park",
    ],
)
def test_an_import_account_loses_to_the_printed_byline(account: str) -> None:
    head = json_ld(headline="Old bridge reopens", author={"@type": "Person", "name": account})
    head += f'<meta name="author" content="{account}">'
    body = '<h1>Old bridge reopens</h1><p>By <span>Aron Bexhill</span></p><p class="date">3 March 2026</p>'
    assert read(head, body).authors == ["Aron Bexhill"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "<p class='link-copy'>Link Copied</p>"),
        ("en", "<div class='author-tooltip'><a href='/authors/x'>Full Bio</a></div>"),
        ("en", "<p>Quick Navigation</p>"),
        ("en", "<p>Country</p>"),
        ("en", "<button class='author-like'>Like</button>"),
        ("de", "<li><a href='/team/xing'>Xing</a></li>"),
        ("de", "<p>Zur Erinnerung:</p>"),
        ("de", "<p>Der Mensch ist von Natur aus gut.</p>"),
        ("de", "<p>Teste Shure MV88+</p>"),
        ("en", "<figcaption>Harbour Games</figcaption>"),
        ("fr", "<p>Lien Copié</p>"),
        ("es", "<p>Enlace Copiado</p>"),
    ],
)
def test_words_of_the_page_are_no_authors(language: str, line: str) -> None:
    assert read(body=f"<h1>Old bridge reopens</h1>{line}", lang=language).authors == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("<p>28. Jan. 2022 Paula Balov</p>", ["Paula Balov"]),
        ("<p>Dec 17, 2025<span>Julian K. Arni</span></p>", ["Julian K. Arni"]),
        ("<p class='author'>Tanja Karrasch3.11.2023</p>", ["Tanja Karrasch"]),
        ("<p>by Meaghan Weeden ● December 23, 2025 ● 6 min read</p>", ["Meaghan Weeden"]),
        ("<p>by April Glaser@aprilaser Dec 15, 2016</p>", ["April Glaser"]),
        ("<p>ByJ.R. Stone</p>", ["J.R. Stone"]),
        ("<p>Contributors: Janet Loughrey</p>", ["Janet Loughrey"]),
        ("<p>The Harbour Team</p>", ["The Harbour Team"]),
        ("<p class='author-box'>About Luis Holuch</p>", ["Luis Holuch"]),
        ("<p>by</p><p>delta201</p>", ["delta201"]),
        ("<p>Posted by jdoe42 on 5 May 2025</p>", ["jdoe42"]),
        ("<p>28 May 2025 <a rel='author' href='/author/jdoe/'>jdoe</a> Leave a reply</p>", ["jdoe"]),
        ("<p>3 min <b class='post-author'>Ann Lee</b> 5 May, in Politics and more</p>", ["Ann Lee"]),
        ("<p>Video 1:30 min <b class='author'>Ann Lee</b> for the courier</p>", []),
    ],
)
def test_forms_of_bylines(line: str, expected: list[str]) -> None:
    assert read(body=f"<h1>Old bridge reopens</h1>{line}").authors == expected


def test_helpers_of_structured_data_are_no_authors() -> None:
    head = json_ld(headline="Old bridge reopens", author=[{"name": "Ann Lee"}, {"name": "Bob Ray"}, {"name": "Cy Fox"}])
    body = "<h1>Old bridge reopens</h1><p>By Ann Lee</p><p>Edited by Bob Ray</p><p>Photography by Cy Fox</p>"
    assert read(head, body).authors == ["Ann Lee"]


def test_the_printed_line_names_all_authors() -> None:
    head = json_ld(headline="Old bridge reopens", author={"name": "Ann Lee"})
    assert read(head, "<h1>Old bridge reopens</h1><p>By Ann Lee and Bob Ray</p>").authors == ["Ann Lee", "Bob Ray"]


def test_a_menu_of_authors_is_no_byline() -> None:
    menu = "".join(f"<li><a href='/authors/{name}'>{name} Lee</a></li>" for name in ("Ann", "Bob", "Cy", "Di", "Ed"))
    assert read(body=f"<h1>Old bridge reopens</h1><ul>{menu}</ul>").authors == []


def test_a_line_that_is_nothing_but_a_byline() -> None:
    assert is_byline_alone("김하늘 기자 haneul@hansolnews.example", "ko")
    assert is_byline_alone("（山田花子）", "ja")
    assert not is_byline_alone("市は1年後に見直す。（山田花子）", "ja")
    assert not is_byline_alone("（山田花子）", "en")
