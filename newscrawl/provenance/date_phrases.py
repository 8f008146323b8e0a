"""Tells a date from a name: "originally published December 22" says nothing of a publisher."""

from __future__ import annotations

import re

_MONTHS = (
    "jan|feb|mar|mär|mrz|apr|mai|may|jun|jul|aug|sep|set|okt|oct|nov|dez|dec|déc|dic|ene|abr|ago|out|avr|fév|fev|gen|mag|giu|lug"
    "|ott|mei|mrt|maart"
    "|янв|фев|мар|апр|мая|май|июн|июл|авг|сен|окт|ноя|дек|oca|şub|nis|haz|tem|ağu|eyl|eki|kas|ara|sty|lut|kwi|maj|cze|lip|sie|wrz|paź"
    "|lis|gru"
)
_DAYS = (
    "mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|mié|mie|jue|vie|sáb|sab|dom"
    "|yesterday|today|heute|gestern|hier|hoy|ayer"
)
_MONTH_NAMES = (
    "january february march april may june july august september october november december"
    " januar februar märz mai juni juli oktober"
    " dezember janvier février mars avril juin juillet août septembre octobre novembre décembre"
    " enero febrero marzo abril mayo junio"
    " julio agosto septiembre octubre noviembre diciembre"
    " monday tuesday wednesday thursday friday saturday sunday montag dienstag"
    " mittwoch donnerstag freitag samstag sonntag spring summer autumn fall winter"
)
_NAMED = re.compile(rf"(?:the )?(?:{'|'.join(_MONTH_NAMES.split())})\b(?!\s[A-Z])", re.I)
_SHORT = re.compile(
    rf"(?:{_DAYS}|{_MONTHS})[a-zéûäáçğıа-я]{{0,8}}\.?,?\s{{0,2}}(?:\d|the\s\d|(?:{_MONTHS})[a-zéûäáа-я]{{0,8}}\.?\s{{0,2}}\d|\d)",
    re.I,
)
_DIGITS = re.compile(r"(?:am |vom |den |le |el |il |on |the )?\d{1,4}(?:[./年-]|st\b|nd\b|rd\b|th\b|\s|$|:)", re.I)


def is_date(text: str) -> bool:
    """Whether the text begins with a date or a time of the year."""
    text = text.strip(" ,:.-–—(")
    return bool(_DIGITS.match(text) or _SHORT.match(text) or _NAMED.match(text))
