"""Whatever words come in, the library gives them back, as far as UTF-8 can hold them."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from studio.domain.audio import AudioFormat, Clip, Envelope
from studio.domain.briefs import Brief
from studio.domain.languages import Language
from studio.domain.voices import Candidate, Designed, Origin, Status, Voice
from studio.store import Home, Store
from studio.store.rows import clean, moment, moment_from
from tests.fakes.voices import brief, clip, voice

WORDS = st.one_of(st.text(), st.text(st.characters(categories=["Cs", "L", "So", "Cc"])), st.just("声音😀\0é"))
TIMES = st.datetimes(timezones=st.just(UTC))

VOICES = st.builds(
    Voice,
    library_id=st.uuids(),
    system=st.sampled_from(["on-device", "qwen"]),
    account=st.uuids().map(str),
    voice_id=WORDS.filter(bool),
    name=WORDS,
    origin=st.sampled_from(Origin),
    target_model=WORDS,
    language=st.none() | st.sampled_from(Language),
    created=TIMES,
    status=st.sampled_from(Status),
    region=WORDS,
    last_used=st.none() | TIMES,
    description=WORDS,
    preview_text=WORDS,
    notes=WORDS,
    recipe=WORDS,
)
BRIEFS = st.builds(
    Brief,
    system=WORDS,
    description=WORDS,
    preview_text=WORDS,
    language=st.sampled_from(Language),
    name=WORDS,
    rate_hz=st.integers(8_000, 192_000),
    format=st.sampled_from(AudioFormat),
    seed=st.none() | st.integers(0, 2**63 - 1),
    region=WORDS,
    model=WORDS,
    handle=WORDS,
)
CLIPS = st.builds(
    Clip,
    data=st.binary(),
    format=st.sampled_from(AudioFormat),
    rate_hz=st.integers(8_000, 192_000),
    seconds=st.floats(0, 1e6),
    channels=st.integers(1, 8),
    envelope=st.builds(Envelope, st.binary()),
)


def cleaned(value: Any) -> Any:
    """A value as it must come back: every text of it cleaned."""
    changes = {field.name: getattr(value, field.name) for field in fields(value)}
    return replace(value, **{name: clean(text) for name, text in changes.items() if type(text) is str})


async def through_the_library(home: Path, order: Brief, designed: Designed) -> tuple[Candidate, Clip, Voice, Voice]:
    """Put by one store, read, kept and found by another."""
    first, second = Store(Home(home)), Store(Home(home))
    try:
        put = await first.tray.put(order, designed)
        read = next(one for one in await second.tray.candidates() if one.candidate_id == put.candidate_id)
        assert read == put
        kept = await second.tray.keep(put.candidate_id, "")
        found = await first.shelf.find(f"{kept.system}:{kept.voice_id}")
        return put, await first.clips.load(put.preview), kept, found
    finally:
        await first.aclose()
        await second.aclose()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(VOICES, BRIEFS, CLIPS, st.lists(WORDS).map(tuple), st.none() | st.integers(0, 2**63 - 1))
@example(voice(voice_id="声" * 700_000), brief(description="\ud83d"), clip(), ("\udc00",), None)
@example(voice(voice_id="a:b::c ", name="\ud83d\ude00"), brief(), clip(), (), 0)
def test_there_and_back(
    tmp_path_factory: pytest.TempPathFactory,
    made: Voice,
    order: Brief,
    preview: Clip,
    words: tuple[str, ...],
    seed: int | None,
) -> None:
    designed = Designed(made, preview, seed, words, words)
    home = tmp_path_factory.mktemp("home")
    put, loaded, kept, found = asyncio.run(through_the_library(home, order, designed))
    assert put.voice == cleaned(made)
    assert kept == found == replace(put.voice, has_clips=True)
    assert put.brief == cleaned(order)
    assert put.understood == put.unused_words == tuple(map(clean, words))
    assert put.seed == seed
    assert put.preview.text == clean(order.preview_text)
    assert asdict(loaded) == asdict(preview)


@given(WORDS)
def test_clean_words_are_utf8_and_good_ones_stay(words: str) -> None:
    try:
        words.encode()
    except UnicodeEncodeError:
        assert clean(words).encode()
        assert clean(clean(words)) == clean(words)
    else:
        assert clean(words) == words


@pytest.mark.parametrize(
    ("words", "meant"), [("\ud83d", "\ufffd"), ("\ud83d\ude00", "😀"), ("a\udc00b", "a\ufffdb"), ("", "")]
)
def test_halves_of_a_character(words: str, meant: str) -> None:
    assert clean(words) == meant


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))])))
def test_times_to_the_microsecond(when: datetime) -> None:
    assert moment_from(moment(when)) == when
    assert moment_from(moment(when)).tzinfo is UTC


def test_a_time_without_a_zone_is_a_bug() -> None:
    with pytest.raises(TypeError):
        moment(datetime(2026, 11, 21))
