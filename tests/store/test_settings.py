"""What the window remembers survives, and rubbish in the file never stops a start."""

from __future__ import annotations

import json
import stat
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.memory import Memory
from studio.store import Home
from studio.store.settings import SettingsFile

MEMORY = Memory(
    description="温柔的声音 \ud83d",
    preview_text="",
    voice_name="Anna",
    language=Language.ZH,
    system="qwen",
    rate_hz=48_000,
    region="cn",
    model="qwen3-tts-vd-2026-01-26",
    handle="anna",
    clone_system="noiz",
    clone_region="intl",
    clone_model="other",
    clone_url="voice.wav",
    clone_name="Bert",
    clone_transcript="你好",
    clone_language="de",
    clone_strength=30,
    clone_first_words="Hello",
    clone_speaks=False,
    reading_language="fr",
    input_device="Microphone",
    count_in=True,
    recovered_told="2026-11-20T12:00:00+00:00",
    text_to_speak="Hello\0",
    output_device="Speakers",
    volume=40,
    loop=True,
    tab=2,
    geometry="AAEC",
    splitters=(("design", (100, 200)), ("library", ())),
    column_widths=(10, 20, 30),
    voices_columns=("name", "pitch"),
    voices_sort="pitch",
    voices_sort_down=False,
    export_format="opus",
    export_level="-18.5",
)
NUMBERS = st.integers(0, 2**31 - 1)
MEMORIES = st.builds(
    Memory,
    description=st.text(),
    preview_text=st.text(),
    language=st.sampled_from(Language),
    rate_hz=NUMBERS,
    tab=NUMBERS,
    splitters=st.lists(st.tuples(st.text(), st.lists(NUMBERS).map(tuple))).map(tuple),
    column_widths=st.lists(NUMBERS).map(tuple),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def file(place: Home) -> SettingsFile:
    return SettingsFile(place)


def test_every_field_is_remembered(file: SettingsFile, place: Home) -> None:
    assert all(getattr(MEMORY, field.name) != getattr(Memory(), field.name) for field in fields(Memory))
    file.save(MEMORY)
    assert SettingsFile(place).load() == MEMORY
    assert stat.S_IMODE(place.settings.stat().st_mode) == 0o600


def test_without_a_file_it_is_a_first_start(file: SettingsFile, place: Home) -> None:
    assert file.load() == Memory()
    assert not place.root.exists()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MEMORIES)
def test_there_and_back(file: SettingsFile, memory: Memory) -> None:
    file.save(memory)
    assert file.load() == memory


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([field.name for field in fields(Memory)]), JSON))
def test_any_values_are_survived(place: Home, record: dict[str, object]) -> None:
    place.make()
    place.settings.write_text(json.dumps(record))
    memory = SettingsFile(place).load()
    SettingsFile(place).save(memory)
    assert SettingsFile(place).load() == memory


@pytest.mark.parametrize(
    "wrong",
    [
        {"tab": True},
        {"tab": -1},
        {"tab": 2**40},
        {"tab": "1"},
        {"language": "tlh"},
        {"language": 5},
        {"description": None},
        {"column_widths": [1, "2"]},
        {"column_widths": 7},
        {"splitters": [["a", [1]], ["b"]]},
        {"splitters": {"a": [1]}},
        {"splitters": [[1, [1]]]},
    ],
)
def test_a_field_of_the_wrong_type_is_as_at_a_first_start(
    file: SettingsFile, place: Home, wrong: dict[str, object]
) -> None:
    place.make()
    place.settings.write_text(json.dumps({"voice_name": "Anna", **wrong}))
    assert file.load() == Memory(voice_name="Anna")


@pytest.mark.parametrize("rubbish", [b"", b"{", b"[]", b"\xff\xfe", b"null", b"[" * 100_000, b"\0" * 4_096])
def test_a_damaged_file_is_moved_aside(file: SettingsFile, place: Home, rubbish: bytes) -> None:
    place.make()
    place.settings.write_bytes(rubbish)
    assert file.load() == Memory()
    (aside,) = place.root.glob("settings.damaged-*.json")
    assert aside.read_bytes() == rubbish
    file.save(MEMORY)
    assert file.load() == MEMORY
    assert aside.exists()


def test_fields_of_a_newer_version_are_left(file: SettingsFile, place: Home) -> None:
    place.make()
    place.settings.write_text('{"hologram": [1], "tab": 1}')
    file.save(Memory(tab=2))
    record = json.loads(place.settings.read_bytes())
    assert (record["hologram"], record["tab"]) == ([1], 2)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    file = SettingsFile(Home(tmp_path / "file"))
    assert file.load() == Memory()
    with pytest.raises(StudioError) as caught:
        file.save(Memory())
    assert caught.value.reason is Reason.LIBRARY_NOT_WRITABLE
