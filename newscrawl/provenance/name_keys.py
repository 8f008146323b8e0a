"""Names of publishers as keys: what two spellings of one name have in common."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"\w+")
_ARTICLE = re.compile(r"^the (?=\w)")


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """The name folded: case, punctuation and a leading "the" do not count ("The A.P." is "ap")."""
    folded = unicodedata.normalize("NFKC", name[:200]).casefold().replace(".", "").replace("’", "").replace("'", "")
    return _ARTICLE.sub("", " ".join(_WORD.findall(folded)))


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for blanks ("Live Science" and "LiveScience")."""
    return bool(one) and name_key(one).replace(" ", "") == name_key(other).replace(" ", "")


def domain_label(domain: str) -> str:
    """The name within a domain: "livescience" of livescience.com."""
    return domain.split(".", maxsplit=1)[0].replace("-", "")


def names_domain(name: str, domain: str) -> bool:
    """Whether the name is the domain's own: "DoSchu.Com" of doschu.com, "Live Science" of livescience.com.

    A name in Cyrillic or Greek counts as it is written in Latin letters: "Мост-Днепр" of most-dnepr.info.
    """
    key = name_key(name).replace(" ", "")
    labels = {domain_label(domain), domain.replace(".", "").replace("-", "")}
    return bool(key) and (key in labels or any(latin in labels for latin in in_latin(key)))


def resembles(name: str, domain: str) -> bool:
    """Whether a name may be the domain's: it is, or it begins with what the domain is called by."""
    key, label = name_key(name).replace(" ", ""), domain_label(domain)
    return names_domain(name, domain) or (
        len(label) > 4
        and any(one.startswith(label) or label.startswith(one) for one in (key, *in_latin(key)) if len(one) > 4)
    )


def unaccented(text: str) -> str:
    """The text without accents: "Deník.cz" is "Denik.cz"."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def site_in(name: str) -> str | None:
    """The host that the name is: "doctor-prof.ru", "www.dailymail.co.uk"."""
    host = unaccented(name).strip(" .,/").lower().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    host = host.split("/", maxsplit=1)[0]
    return host if _SITE.fullmatch(host) else None


_SITE = re.compile(r"(?:[a-z0-9а-яё](?:[a-z0-9а-яё-]{0,40}[a-z0-9а-яё])?\.){1,3}(?:[a-z]{2,6}|рф|укр|бел)")
_LATIN = {
    "ru": dict(
        zip(
            "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґђјљњћџў",
            [
                *"a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch".split(),
                "",
                "y",
                "",
                *"e yu ya i yi ye g dj j lj nj c dz u".split(),
            ],
            strict=True,
        )
    ),
    "el": dict(
        zip(
            "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐ",
            ("a v g d e z i th i k l m n x o p r s s t y f ch ps o a e i i o y o i y i").split(),
            strict=True,
        )
    ),
}
"""Cyrillic and Greek letters in Latin ones, as domains write them."""
_OTHER_LATIN = (("iya", "ia"), ("kh", "h"), ("y", "i"), ("ch", "h"), ("ya", "ia"), ("yu", "u"), ("iy", "y"), ("v", "b"))
"""What domains write otherwise: "izvestiya" and "izvestia"."""


def in_latin(key: str) -> list[str]:
    """A folded name in Latin letters, in the spellings that domains use; none for one in Latin letters."""
    if key.isascii():
        return []
    table = {**_LATIN["ru"], **_LATIN["el"]}
    plain = "".join(table.get(char, char) for char in key)
    plain = unaccented(plain)
    return [plain, *(plain.replace(one, other) for one, other in _OTHER_LATIN if one in plain)]


def shortened(name: str) -> list[str]:
    """The name without what outlets add to theirs, the longest first: 京华时报网络版, 搜狐娱乐, "Reuters Ltd."."""
    found, rest = [], _CHANNEL.split(_DATED.sub("", name.strip()), maxsplit=1)[0]
    if rest and rest != name:
        found.append(rest)
    for _ in range(2):
        shorter = _ADDED.sub("", rest).strip(" -–—·,.")
        if shorter == rest or len(shorter) < 2:
            break
        found.append(shorter)
        rest = shorter
    return found


_DATED = re.compile(r"[\s,]*(?:19|20)\d\d[-./年].{0,20}$")
_CHANNEL = re.compile(r"(?<=[^\x00-\x7f])[-—·－–](?=[^\x00-\x7f])")
"""人民网-文化频道 is 人民网's."""
_FORMS = (
    "online news digital web media inc llc ltd gmbh ag sa s.a sl s.l spa s.p.a sp._z_o.o a.s as plc corp co κ κ. αε"
    " онлайн новости медиа онлајн спорт"
).replace(" ", "|")
_EDITIONS = (
    "网络版 电子版 數位版 新闻网 新聞網 新闻中心 客户端 官网 官方网站 网站 在线 日报社 杂志社 报社 频道 微信公众号 微博"
    " 内部版 娱乐 体育 财经 科技 新闻 健康 汽车 军事 教育 旅游 文化 综合 讯 网 網 社"
).replace(" ", "|")
_ADDED = re.compile(rf"(?:\s(?:{_FORMS.replace('.', '[.]').replace('_', ' ')})[.]?|{_EDITIONS})$", re.I)
"""Legal forms, channels and editions behind a publisher's name."""
