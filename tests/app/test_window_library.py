"""The Library as a stranger works it: voices of a pretend vendor, spoken with over WebSockets, labelled and deleted."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path

import pytest

from tests.app.elsewhere import Commands, design, until
from tests.app.outside import Program
from tests.fakes.gate import PLANTED_KEY
from tests.fakes.model_studio import ModelStudio
from tests.fakes.model_studio_sockets import Upset
from tests.fakes.server import PretendServer

URL = "VOICE_STUDIO_MODEL_STUDIO_INTL_URL"
REALTIME = "qwen3-tts-vd-realtime-2026-01-15"
WORDS = "The tide is low tonight, and the harbour is quiet."


@pytest.fixture
def commands(server: PretendServer) -> Commands:
    return Commands({URL: server.url})


@pytest.fixture
def voice(commands: Commands, tmp_path: Path) -> str:
    """Its library id."""
    made = commands.document(*design("qwen", tmp_path / "a.wav", "--name", "Harbour", "--model", REALTIME))
    return made["library_id"]


def open_window(server: PretendServer) -> Program:
    return Program(environment={URL: server.url, "DASHSCOPE_API_KEY": PLANTED_KEY})


def choose_first(program: Program) -> None:
    program.tab("Library")
    program.rows("Voices", 1)
    program.select_row("Voices", 0)


def speak(program: Program) -> None:
    program.type("Text to speak", WORDS)
    program.press("Speak")


def test_a_realtime_voice_is_spoken_with_broken_off_and_gone_on_with(
    server: PretendServer, studio: ModelStudio, voice: str, commands: Commands
) -> None:
    studio.sockets.fail(Upset(after=3, close=(1011, "")))
    with open_window(server) as program:
        choose_first(program)
        speak(program)
        program.label("Qwen broke off before the end. What came is kept, marked as partial.")
        program.label("Partial")
        program.press("Go on")
        program.label("Spoke “")
        assert program.close() == []
    assert len(studio.sockets.sessions) == 2
    assert commands.document("usage")[0]["usd"] > 0.2  # the design, and less than a cent of speech


def test_stop_is_heard_at_the_system(server: PretendServer, studio: ModelStudio, voice: str) -> None:
    studio.sockets.fail(Upset(after=2, held=True))
    with open_window(server) as program:
        choose_first(program)
        speak(program)
        until(lambda: studio.sockets.sessions and len(studio.sockets.sessions[0].sound) >= 2 * 4_800)
        program.label("Live")
        program.press("Stop")
        program.label("Stopped. What was heard is kept")
        assert program.close() == []
    assert studio.sockets.sessions[0].ended in ("cancelled", "left")


def test_what_was_heard_survives_kill_minus_nine(server: PretendServer, studio: ModelStudio, voice: str) -> None:
    studio.sockets.fail(Upset(after=3, held=True))
    with open_window(server) as program:
        choose_first(program)
        speak(program)
        program.label("Live")
        until(lambda: studio.sockets.sessions and len(studio.sockets.sessions[0].sound) >= 3 * 4_800)
        program.kill()
    with open_window(server) as program:
        choose_first(program)
        program.label("Partial")
        program.press("Go on")
        program.label("Spoke “")
        assert program.close() == []


def test_a_voice_is_labelled_deleted_brought_back_and_deleted_for_good(
    server: PretendServer, studio: ModelStudio, voice: str, commands: Commands
) -> None:
    with open_window(server) as program:
        choose_first(program)
        program.check("Favourite")
        until(lambda: commands.document("show", voice)["favourite"])
        program.press("Delete")
        program.label("“Harbour” will be deleted here and at Qwen")
        program.press("Delete")  # the note's: it is read before the voice's own
        program.rows("Voices", 0)
        program.press("Undo")
        program.rows("Voices", 1)
        assert len(studio.designs) == 1
        program.select_row("Voices", 0)
        program.press("Delete")
        program.label("“Harbour” will be deleted here and at Qwen")
        program.press("Delete")
        program.rows("Voices", 0)
        assert len(studio.designs) == 1  # it can be undone for ten seconds
        until(lambda: not studio.designs)
        assert program.close() == []


def test_voices_are_told_where_they_are_after_a_refresh(
    server: PretendServer, studio: ModelStudio, voice: str, commands: Commands
) -> None:
    other = "qwen-tts-vd-other-voice-20251210170454999-a1b2"
    studio.designs[other] = next(iter(studio.designs.values())) | {"voice": other}
    with open_window(server) as program:
        choose_first(program)
        program.press("Refresh")
        program.rows("Voices", 2)
        assert program.close() == []
    told = {row["name"]: row["whereabouts"] for row in commands.document("voices")}
    assert told == {"Harbour": "both", "other": "only-there"}
    del studio.designs[other]
    assert commands.document("show", f"qwen:{other}")["whereabouts"] == "deleted-there"


# -- commands ----------------------------------------------------------------------------------------------------------


def test_speech_is_written_while_it_comes(server: PretendServer, voice: str, commands: Commands) -> None:
    process = subprocess.Popen(
        commands._argv(("say", "--voice", voice, WORDS, "--stream", "--output", "-")),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=commands._environment(),
    )
    sound, words = process.communicate(timeout=60)
    assert process.returncode == 0, words
    assert sound[:4] == b"RIFF"
    assert len(sound) > 4_800


def test_a_stream_that_is_interrupted_leaves_what_came(
    server: PretendServer, studio: ModelStudio, voice: str, commands: Commands, tmp_path: Path
) -> None:
    studio.sockets.fail(Upset(after=3, held=True))
    target = tmp_path / "said.wav"
    process = commands.start("say", "--voice", voice, WORDS, "--stream", "--output", target)
    until(lambda: target.exists() and target.stat().st_size >= 44 + 2 * 4_800)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode == 130
    assert target.read_bytes()[4:8] != b"\xff\xff\xff\xff"


def test_a_library_moves_house_without_doubles(
    server: PretendServer, voice: str, commands: Commands, tmp_path: Path
) -> None:
    archive = tmp_path / "voices.zip"
    assert commands.document("export", "--all", "--output", archive)["voices"] == [voice]
    elsewhere = Commands({URL: server.url, "VOICE_STUDIO_HOME": str(tmp_path / "another")})
    first = elsewhere.document("import", archive)
    assert (len(first["voices"]), first["known"], first["clips"]) == (1, 0, 1)
    again = elsewhere.document("import", archive)
    assert (again["voices"], again["known"], again["clips"]) == ([], 1, 0)
    (there,) = elsewhere.document("voices")
    assert there["name"] == "Harbour"
    said = elsewhere.document("say", "--voice", there["library_id"], WORDS, "--output", tmp_path / "there.wav")
    assert said["seconds"] > 0.1
    assert elsewhere.failure(2, "import", tmp_path / "a.wav")["reason"] == "not-an-archive"
    assert PLANTED_KEY.encode() not in archive.read_bytes()


def test_what_was_spent_is_told(server: PretendServer, voice: str, commands: Commands) -> None:
    (row,) = commands.document("usage")
    assert (row["system"], row["voices"], row["voices_max"], row["usd"]) == ("qwen", 1, 1_000, 0.2)
    told = commands.run("usage").stdout
    assert told.startswith("Qwen           1 of 1,000 voices · $0.20 spent, $0.20 this month")
    assert json.loads(commands.run("usage", "--json").stdout) == [row]
