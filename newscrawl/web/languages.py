"""Language tags as pages and identifiers write them, as ISO 639-1."""

from __future__ import annotations

import re

CODES = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee"
    " el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io"
    " is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn"
    " mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se"
    " sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo"
    " wa wo xh yi yo za zh zu".split()
)
"""ISO 639-1 as of 2026."""

_OTHERS = (
    "iw he in id ji yi mo ro sh sr jw jv fil tl"  # codes of before, and what identifiers say for Tagalog
    " eng en deu de ger de fra fr fre fr spa es por pt ita it nld nl dut nl pol pl rus ru ukr uk ces cs cze cs slk sk"
    " slo sk hun hu ron ro rum ro bul bg srp sr hrv hr bos bs slv sl ell el gre el tur tr ara ar heb he fas fa per fa"
    " hin hi ben bn urd ur tam ta tel te mar mr guj gu pan pa kan kn mal ml jpn ja kor ko zho zh chi zh cmn zh vie vi"
    " tha th ind id msa ms may ms tgl tl swe sv dan da nor no nob nb nno nn fin fi isl is ice is est et lav lv lit lt"
    " cat ca eus eu baq eu glg gl gle ga cym cy wel cy sqi sq alb sq mkd mk mac mk hye hy arm hy kat ka geo ka aze az"
    " kaz kk uzb uz mon mn khm km lao lo mya my bur my nep ne sin si amh am swa sw afr af zul zu xho xh som so yid yi"
    " jp ja cn zh cz cs dk da gr el ua uk gb en us en"  # countries that pages give for languages
).split()
_ALIASES = dict(zip(_OTHERS[::2], _OTHERS[1::2], strict=True))
_TAG = re.compile(r"\s*([a-zA-Z]{2,3})(?![a-zA-Z])")


def language_code(tag: str | None) -> str | None:
    """ISO 639-1 of a language tag: "en-US" is "en", "iw" is "he", "deu" is "de"; None for what has no such code."""
    found = _TAG.match(tag or "")
    code = found[1].lower() if found else ""
    code = _ALIASES.get(code, code)
    return code if code in CODES else None
