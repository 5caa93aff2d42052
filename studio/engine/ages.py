"""Ages as people write them: "8-year-old", "around 30", "in her sixties", "三十岁左右", "四十多岁"."""

from __future__ import annotations

import re
from collections.abc import Callable

from studio.engine.lexicon import Person, Rank
from studio.engine.traits import Gender

_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = (
    {word: value for value, word in enumerate(_UNITS, 1)}
    | {word: value for value, word in enumerate(_TEENS, 10)}
    | {word: value for value, word in enumerate(_TENS, 2)}
)
_DECADES = {word.removesuffix("y") + "ies": value for value, word in enumerate(_TENS, 2)}
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}

_WORD = "|".join((*_TENS, *_TEENS, *_UNITS))
_NUMBER = rf"(?:\d{{1,3}}|(?:{'|'.join(_TENS)})[- ](?:{'|'.join(_UNITS)})|{_WORD})"
_ABOUT = r"(?:around|about|approximately|roughly|circa|nearly|almost)\s+"
_PART = r"(?:(early|mid|middle|late)[- ]+)?"
_HAN = r"(?:\d{1,3}|[一二三四五六七八九两]?十[一二三四五六七八九]?|[一二三四五六七八九两])"

Found = tuple[Person, int]


def age_at(text: str, start: int) -> Found | None:
    """The age written at this place of a lower-case text, and where it ends."""
    for pattern, read in _PATTERNS:
        if (match := pattern.match(text, start)) and (person := read(match)):
            return person, match.end()
    return None


def _person(years: float, *, roughly: bool, gender: Gender | None = None) -> Person | None:
    """None for what no speaker's age can be."""
    if not 2 <= years <= 120:
        return None
    return Person(gender, years, Rank.EXPLICIT, told=True, roughly=roughly)


def _english(words: str) -> float:
    if words.isdigit():
        return float(words)
    tens, _, unit = words.replace("-", " ").partition(" ")
    value = _WORDS[tens] * (10 if tens in _TENS else 1)
    return float(value + (_WORDS[unit] if unit else 0))


def _chinese(words: str) -> float:
    if words.isdigit():
        return float(words)
    if "十" not in words:
        return float(_DIGITS[words])
    tens, _, unit = words.partition("十")
    return float((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[unit] if unit else 0))


def _years(match: re.Match[str]) -> Person | None:
    low, high = match["age"], match["to"]
    years = (_english(low) + _english(high)) / 2 if high else _english(low)
    return _person(years, roughly=bool(match["about"] or high))


def _plain(match: re.Match[str]) -> Person | None:
    return _person(_english(match["age"]), roughly=bool(match["about"]))


def _decade(match: re.Match[str]) -> Person | None:
    words = match["age"].removesuffix("'s").removesuffix("s")
    tens = int(words) if words.isdigit() else _DECADES[match["age"]] * 10
    gender = {"his": Gender.MALE, "her": Gender.FEMALE}.get(match["whose"] or "")
    into = {"early": 2, "mid": 5, "middle": 5, "late": 8}.get(match["part"] or "", 5)
    return _person(tens + into, roughly=True, gender=gender)


def _han(match: re.Match[str]) -> Person | None:
    low, high = match["age"], match["to"]
    years = (_chinese(low) + _chinese(high)) / 2 if high else _chinese(low)
    if match["more"]:
        years += 4
    roughly = any(match[name] for name in ("about", "to", "more", "left"))
    return _person(years, roughly=roughly)


def _han_pair(match: re.Match[str]) -> Person | None:
    """十七八岁, 三四十岁."""
    tens, low, high, tail = match["tens"] or "", match["low"], match["high"], match["tail"] or ""
    years = (_chinese(tens + low + tail) + _chinese(tens + high + tail)) / 2
    return _person(years, roughly=True)


def _teens(match: re.Match[str]) -> Person | None:
    gender = {"his": Gender.MALE, "her": Gender.FEMALE}.get(match["whose"] or "")
    return _person({"early": 13, "late": 18}.get(match["part"] or "", 16), roughly=True, gender=gender)


def _ish(match: re.Match[str]) -> Person | None:
    return _person(_english(match["age"]) + (5 if match["how"] == "something" else 0), roughly=True)


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Person | None]], ...] = (
    (
        re.compile(
            rf"\b(?P<about>{_ABOUT})?(?P<age>{_NUMBER})(?:\s*(?:-|–|to)\s*(?P<to>{_NUMBER}))?"
            r"[- ]*(?:years?|yrs?|y\.?o\.?)\b(?:[- ](?:of age|olds?))?"
        ),
        _years,
    ),
    (
        re.compile(
            rf"\b(?:in )?(?:(?P<whose>his|her|their|the) )?{_PART.replace('(early', '(?P<part>early')}"
            rf"(?P<age>[2-9]0'?s|{'|'.join(_DECADES)})\b"
        ),
        _decade,
    ),
    (re.compile(rf"\b(?P<about>{_ABOUT})(?P<age>{_NUMBER})\b(?!\s*(?:%|hz|wpm|words|db))"), _plain),
    (
        re.compile(
            rf"\b(?:aged?|ages|age of|age range)(?P<about>):?\s+(?:{_ABOUT})?(?P<age>{_NUMBER})"
            rf"(?:\s*(?:-|–|to)\s*(?P<to>{_NUMBER}))?\b"
        ),
        _years,
    ),
    (re.compile(rf"\b(?P<age>[2-9]0|{'|'.join(_TENS)})[- ]?(?P<how>something|ish)\b"), _ish),
    (re.compile(r"\b(?:in )?(?:(?P<whose>his|her|their|the) )?(?:(?P<part>early|mid|late)[- ]+)?teens\b"), _teens),
    (
        re.compile(
            r"(?P<tens>[二三四五六七八九]?十)?(?P<low>[一二三四五六七八九])[、]?(?P<high>[一二三四五六七八九])(?P<tail>十)?(?:多|来)?岁"
        ),
        _han_pair,
    ),
    (re.compile(r"年龄[:]?\s*(?P<about>)(?P<age>\d{1,3})(?P<to>)(?P<more>)岁?(?P<left>左右|上下)?"), _han),
    (
        re.compile(
            rf"(?P<about>大约|大概|约|接近|将近|快|近)?(?P<age>{_HAN})(?:\s*[-–~～到至]\s*(?P<to>{_HAN}))?"
            r"(?P<more>多|几|来)?岁(?P<left>左右|上下|出头)?"
        ),
        _han,
    ),
)
