"""What is known of a take goes to JSON and comes back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.errors import Reason, StudioError
from studio.domain.samples import Media
from studio.domain.takes import Edit, Source, Take
from studio.store.rows import clean
from studio.store.take_facts import Kept, facts_json, kept_from

PLACE = Path("takes") / "b8a7d6a0-8c3e-4b57-9d70-0d3c9a7c2f11"
MOMENTS = st.datetimes(timezones=st.just(UTC))
SECONDS = st.floats(0, 1e6)
TAKES = st.builds(
    Take,
    take_id=st.just(UUID(PLACE.name)),
    name=st.text(),
    created=MOMENTS,
    rate_hz=st.integers(8_000, 192_000),
    frames=st.integers(0, 10**9),
    path=st.just(PLACE / "raw.wav"),
    source=st.builds(
        Source,
        container=st.sampled_from(["", "wav", "mp3"]),
        bit_depth=st.none() | st.integers(8, 32),
        media=st.none() | st.sampled_from(Media),
        size=st.integers(0, 10**9),
        broken=st.booleans(),
    ),
    original=st.none(),
    transcript=st.text(),
    dropouts=st.integers(0, 99),
    recovered=st.booleans(),
    edit=st.builds(Edit, SECONDS, st.none() | SECONDS, st.booleans(), st.floats(-60, 60), SECONDS, SECONDS),
    sent=st.lists(st.text("0123456789abcdef", min_size=4)).map(tuple),
)
KEPT = st.builds(Kept, TAKES, owner=st.just("") | st.uuids().map(lambda one: one.hex), deleted=st.none() | MOMENTS)


@given(KEPT)
def test_there_and_back(kept: Kept) -> None:
    expected = replace(
        kept, take=replace(kept.take, name=clean(kept.take.name), transcript=clean(kept.take.transcript))
    )
    assert kept_from(PLACE, facts_json(kept)) == expected


def test_times_are_utc_whatever_the_clock_says() -> None:
    east = datetime(2026, 11, 21, 9, tzinfo=UTC).astimezone(timezone(timedelta(hours=8)))
    take = Take(uuid4(), "Take 1", east, 48_000, 1, PLACE / "raw.wav")
    assert json.loads(facts_json(Kept(take)))["created"] == "2026-11-21T09:00:00+00:00"
    assert timedelta() == kept_from(PLACE, facts_json(Kept(take))).take.created - east


@pytest.mark.parametrize("name", ["../take.json", "/etc/passwd", "..", "gone.mp3", ""])
def test_an_original_is_beside_its_take_or_nowhere(tmp_path: Path, name: str) -> None:
    folder = tmp_path / PLACE.name
    folder.mkdir()
    take = Take(UUID(PLACE.name), "Take 1", datetime.now(UTC), 48_000, 1, folder / "raw.wav")
    record = json.loads(facts_json(Kept(take))) | {"original": name}
    assert kept_from(folder, json.dumps(record)).take.original is None


@pytest.mark.parametrize(
    "change",
    [
        {"created": "2026-11-21T09:00:00"},
        {"created": None},
        {"rate_hz": 0},
        {"frames": "many"},
        {"source": {}},
        {"source": None},
        {"edit": []},
        {"owner": "../locks"},
    ],
)
def test_what_nobody_wrote_is_damage(change: dict[str, object]) -> None:
    take = Take(uuid4(), "Take 1", datetime.now(UTC), 48_000, 1, PLACE / "raw.wav")
    record = json.loads(facts_json(Kept(take))) | change
    with pytest.raises(StudioError) as caught:
        kept_from(PLACE, json.dumps(record))
    assert caught.value.reason is Reason.LIBRARY_DAMAGED
