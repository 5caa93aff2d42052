"""The library's voices in memory, kept up with the file by what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from studio.domain.voices import Voice
from studio.flows.shown_voices import ShownVoices
from studio.ports import Changes
from tests.fakes.voices import voice

START = datetime(2026, 1, 1, tzinfo=UTC)


def made(day: int, **fields: object) -> Voice:
    return voice(name=f"day {day}", created=START + timedelta(days=day), **fields)


def nobody(_: Voice) -> bool:
    return False


def names(shown: ShownVoices) -> list[str]:
    return [one.name for one in shown.voices]


def test_newest_first_however_they_come() -> None:
    shown = ShownVoices()
    shown.take(Changes(3, (made(1), made(3)), whole=True), nobody)
    shown.take(Changes(4, (made(2),)), nobody)
    assert names(shown) == ["day 3", "day 2", "day 1"]
    assert shown.begin_reading() == 4


def test_what_did_not_change_is_the_same_value_and_the_same_tuple() -> None:
    shown, one, two = ShownVoices(), made(1), made(2)
    shown.take(Changes(1, (one, two), whole=True), nobody)
    before = shown.voices
    shown.take(Changes(2, (replace(one),)), nobody)
    assert shown.voices is before
    shown.take(Changes(3, (replace(one, notes="new"),)), nobody)
    assert shown.voices[0] is two
    assert shown.voices[1].notes == "new"


def test_hidden_voices_go_and_a_whole_reading_forgets_what_it_lacks() -> None:
    shown, one, two, three = ShownVoices(), made(1), made(2), made(3)
    shown.take(Changes(1, (one, two, three), whole=True), nobody)
    shown.take(Changes(2, hidden=(two.library_id,)), nobody)
    assert names(shown) == ["day 3", "day 1"]
    shown.take(Changes(9, (three,), whole=True), nobody)
    assert names(shown) == ["day 3"]
    assert shown.get(one.library_id) is None


def test_what_is_typed_while_the_file_is_read_stays() -> None:
    shown, one = ShownVoices(), made(1)
    shown.take(Changes(1, (one,), whole=True), nobody)
    shown.begin_reading()
    shown.type_in(replace(one, name="typed"))
    shown.take(Changes(2, (replace(one, rating=3),)), nobody)
    assert (shown.voices[0].name, shown.voices[0].rating) == ("typed", 3)
    shown.begin_reading()
    shown.take(Changes(3, (replace(one, name="saved"),)), nobody)
    assert names(shown) == ["saved"]
    shown.take(Changes(4, (replace(one, name="older"),)), lambda _: True)
    assert names(shown) == ["saved"]


def test_several_are_told_as_they_were_asked_for() -> None:
    shown = ShownVoices()
    first, second, other = made(1), made(2), made(3)
    shown.take(Changes(3, (first, second), whole=True), nobody)
    assert shown.several((second.library_id, other.library_id, first.library_id)) == (second, first)


def test_a_change_asks_of_no_voice_twice_whether_it_is_typed_in() -> None:
    shown = ShownVoices()
    those = tuple(made(day) for day in range(50))
    shown.take(Changes(3, those, whole=True), nobody)
    asked: list[Voice] = []
    tagged = tuple(replace(one, tags=("new",)) for one in those)
    shown.take(Changes(4, tagged), lambda voice: bool(asked.append(voice)))
    assert len(asked) == len(those)
    assert shown.voices == tagged[::-1]
