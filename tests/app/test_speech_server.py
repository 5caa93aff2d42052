"""The commands against speech servers of one's own, from outside: one server holds one model, as real ones do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import soundfile

from tests.app.elsewhere import DESCRIPTION, TEXT, Commands, design
from tests.fakes.gate import PLANTED_KEY
from tests.fakes.server import PretendServer, ThreadedServer
from tests.fakes.speech import write_speech
from tests.fakes.speech_server import CLONE, CUSTOM, DESIGN, SpeechServer, reference_of

SYSTEM = "speech-server"
ROLES = {"DESIGN": DESIGN, "CLONE": CLONE, "CUSTOM": CUSTOM}


@dataclass
class World:
    apps: dict[str, SpeechServer]
    servers: dict[str, PretendServer]

    def commands(self, *roles: str, key: str = PLANTED_KEY) -> Commands:
        urls = {f"VOICE_STUDIO_SPEECH_{role}_URL": self.servers[role].url for role in roles}
        return Commands(urls, {"VOICE_STUDIO_SPEECH_KEY": key} if key else {})

    def asked(self) -> int:
        return sum(len(server.requests) for server in self.servers.values())


@pytest.fixture
def world(home: Path) -> Iterator[World]:
    apps = {
        role: SpeechServer(PLANTED_KEY, (task,), f"Qwen3-TTS-{task}", ["ryan", "vivian"] if task == CUSTOM else [])
        for role, task in ROLES.items()
    }
    with ExitStack() as running:
        servers = {role: running.enter_context(ThreadedServer(app)) for role, app in apps.items()}
        yield World(apps, servers)
        for server in servers.values():
            assert server.complaints == []
    for path in home.rglob("*"):
        assert not path.is_file() or PLANTED_KEY.encode() not in path.read_bytes()


def test_a_designed_voice_speaks_from_its_clip(world: World, tmp_path: Path) -> None:
    commands = world.commands("DESIGN", "CLONE")
    made = commands.document(*design(SYSTEM, tmp_path / "made.wav", "--name", "Anna"))
    assert (made["system"], made["status"], made["sample_rate"]) == (SYSTEM, "ready", 24_000)
    (asked,) = world.apps["DESIGN"].spoken
    assert (asked["instructions"], asked["input"], asked["language"]) == (DESCRIPTION, TEXT, "English")
    said = commands.document(
        "say", "--voice", f"{SYSTEM}:{made['voice_id']}", "Good evening.", "--output", tmp_path / "said.flac"
    )
    assert said["seconds"] == pytest.approx(soundfile.info(tmp_path / "said.flac").duration, abs=0.01)
    (spoken,) = world.apps["CLONE"].spoken
    assert (spoken["input"], spoken["ref_text"], spoken["model"]) == ("Good evening.", TEXT, f"Qwen3-TTS-{CLONE}")
    assert reference_of(spoken) == (tmp_path / "made.wav").read_bytes()


def test_a_cloned_voice_is_listed_shown_spoken_with_and_deleted(world: World, tmp_path: Path) -> None:
    commands = world.commands("CLONE")
    sample = write_speech(tmp_path / "me.wav", 12.0)
    words = ("clone", "--system", SYSTEM, "--sample", sample, "--name", "My voice", "--i-have-the-right")
    made = commands.document(*words, "--transcript", "It is me.", "--language", "en")
    handle = f"{SYSTEM}:{made['voice_id']}"
    for refresh in ((), ("--refresh",)):  # which no server's list may undo
        (listed,) = commands.document("voices", "--system", SYSTEM, *refresh)
        assert (listed["voice_id"], listed["origin"], listed["status"]) == (made["voice_id"], "cloned", "ready")
    assert commands.document("show", handle)["status"] == "ready"
    commands.document("say", "--voice", handle, "A long text. " * 150, "--output", tmp_path / "said.wav")
    assert {one["ref_text"] for one in world.apps["CLONE"].spoken} == {"It is me."}
    assert len(world.apps["CLONE"].spoken) > 2
    before = world.asked()
    assert commands.document("delete", handle)["voice_id"] == made["voice_id"]
    assert commands.document("voices", "--system", SYSTEM) == []
    assert world.asked() == before


def test_preset_voices_are_listed_and_spoken_with(world: World, tmp_path: Path) -> None:
    commands = world.commands("CUSTOM")
    listed = commands.document("voices", "--system", SYSTEM, "--kind", "built-in", "--refresh")
    assert sorted(one["name"] for one in listed) == ["ryan", "vivian"]
    commands.document("say", "--voice", f"{SYSTEM}:vivian", "Hello.", "--output", tmp_path / "said.mp3")
    assert world.apps["CUSTOM"].spoken[-1]["voice"] == "vivian"
    assert commands.failure(5, "delete", f"{SYSTEM}:vivian")["reason"] == "not-deletable"
    assert commands.failure(6, "show", f"{SYSTEM}:nobody")["reason"] == "no-such-voice"


def test_a_voice_that_only_its_name_is_known_of(world: World, tmp_path: Path) -> None:
    world.apps["CUSTOM"].lacks = frozenset({"voices", "models"})
    said = ("say", "--voice", f"{SYSTEM}:ryan", "Hello.", "--output", tmp_path / "said.wav")
    world.commands("CUSTOM").document(*said)
    (asked,) = world.apps["CUSTOM"].spoken
    assert (asked["input"], asked["voice"], "model" in asked) == ("Hello.", "ryan", False)


def test_a_voice_that_was_given_to_the_server_is_deleted_there(world: World) -> None:
    world.apps["CLONE"].give("bob")
    commands = world.commands("CLONE")
    (listed,) = commands.document("voices", "--system", SYSTEM, "--refresh")
    assert (listed["voice_id"], listed["name"]) == ("clone/bob", "bob")
    commands.document("delete", f"{SYSTEM}:clone/bob")
    assert world.apps["CLONE"].given == {}


def test_a_role_without_a_server_is_not_offered(world: World, tmp_path: Path) -> None:
    sample = write_speech(tmp_path / "me.wav", 12.0)
    commands = world.commands("CUSTOM")
    for words in (
        design(SYSTEM, tmp_path / "made.wav"),
        ("clone", "--system", SYSTEM, "--sample", sample, "--name", "Me", "--i-have-the-right"),
    ):
        failure = commands.failure(2, *words)
        assert failure["reason"] == "address-missing"
        assert "Settings → Accounts → Speech server" in failure["message"]
    assert commands.document("voices") == []


def test_an_address_in_the_wrong_field_is_said(world: World, tmp_path: Path) -> None:
    commands = Commands(
        {"VOICE_STUDIO_SPEECH_DESIGN_URL": world.servers["CLONE"].url}, {"VOICE_STUDIO_SPEECH_KEY": PLANTED_KEY}
    )
    failure = commands.failure(5, *design(SYSTEM, tmp_path / "made.wav"))
    assert failure["reason"] == "not-served"
    assert "does not support task_type='VoiceDesign'" in failure["detail"]


def test_addresses_are_set_shown_tested_and_taken_away(world: World) -> None:
    commands = world.commands()
    url = world.servers["CUSTOM"].url
    told = commands.document("accounts", "set-url", SYSTEM, f"{url}/v1/", "--role", "custom")
    assert told == {"account": SYSTEM, "role": "custom", "url": url}
    standing = next(one for one in commands.document("accounts") if one["account"] == SYSTEM)
    assert (standing["urls"], standing["needs_key"], standing["key"]) == ({"custom": url}, False, "environment")
    assert commands.run("accounts", "test", SYSTEM).stdout == "Speech server answers: 2 voices.\n"
    assert world.commands(key="sk-wrong").failure(3, "accounts", "test", SYSTEM)["reason"] == "key-refused"
    assert commands.run("accounts", "set-url", SYSTEM, "", "--role", "custom").stdout == (
        "Speech server, custom, has no address now.\n"
    )
    assert commands.failure(2, "accounts", "test", SYSTEM)["reason"] == "address-missing"
    assert commands.failure(2, "accounts", "set-url", SYSTEM, url)["message"].startswith("Say which server this is")
    assert commands.failure(2, "accounts", "set-url", SYSTEM, "nowhere", "--role", "clone")["reason"] == "bad-input"
    ended = commands.run("accounts", "set-url", "noiz", url, "--role", "clone", "--json")
    assert json.loads(ended.stdout)["error"]["message"] == "This account has one server; leave the role out."
