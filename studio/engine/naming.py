"""Short words for who was understood: chips, and a name for a voice that got none."""

from __future__ import annotations

from studio.engine.lexicon import Person
from studio.engine.traits import Gender

_CHILD, _TEEN, _YOUNG, _MIDDLE, _SENIOR = 13, 18, 30, 40, 60

_NOUNS = {Gender.MALE: ("boy", "man"), Gender.FEMALE: ("girl", "woman")}
_HAN_GENDERS = {Gender.MALE: "男声", Gender.FEMALE: "女声", Gender.NEUTRAL: "中性嗓音"}


def gender_chip(gender: Gender | None, han: bool) -> str:
    if gender is None:
        return ""
    return _HAN_GENDERS[gender] if han else gender.value


def age_chip(person: Person | None, han: bool) -> str:
    """ "about 45"; an age that was told to the year without "about"."""
    if person is None or person.age is None:
        return ""
    years = f"{person.age:.0f}"
    if han:
        return f"{years}岁" if person.told and not person.roughly else f"约{years}岁"
    return f"{years} years old" if person.told and not person.roughly else f"about {years}"


def short_name(quality: str, gender: Gender | None, aged: Person | None, han: bool) -> str:
    """Such as "Deep middle-aged man" or "低沉的中年男声"."""
    age = aged.age if aged else None
    if han:
        tail = _han_age(age) + _HAN_GENDERS.get(gender or Gender.NEUTRAL, "") if gender else _han_age(age) + "嗓音"
        return f"{quality}的{tail}" if quality else tail
    words = [quality, *_english_noun(gender, age).split()]
    name = " ".join(word for word in words if word)
    return name[:1].upper() + name[1:]


def _english_noun(gender: Gender | None, age: float | None) -> str:
    if gender is None or gender is Gender.NEUTRAL:
        return _unnamed(age)
    small, grown = _NOUNS[gender]
    if age is None or _YOUNG <= age < _MIDDLE:
        return grown
    if age < _TEEN:
        return small if age < _CHILD else f"teenage {small}"
    return f"{_stage(age)} {grown}"


def _unnamed(age: float | None) -> str:
    if age is None or _YOUNG <= age < _MIDDLE:
        return "voice"
    if age < _TEEN:
        return "child" if age < _CHILD else "teenager"
    return f"{_stage(age)} voice"


def _stage(age: float) -> str:
    if age < _YOUNG:
        return "young"
    return "middle-aged" if age < _SENIOR else "senior"


def _han_age(age: float | None) -> str:
    if age is None or _YOUNG <= age < _MIDDLE:
        return ""
    for limit, word in ((_CHILD, "儿童"), (_TEEN, "少年"), (_YOUNG, "青年"), (_SENIOR, "中年")):
        if age < limit:
            return word
    return "老年"
