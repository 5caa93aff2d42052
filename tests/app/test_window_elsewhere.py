"""The window with systems elsewhere, as a stranger works it: a key, a design, a clone, a list, a deletion."""

from __future__ import annotations

from pathlib import Path

from tests.app.elsewhere import KEYS, until
from tests.app.outside import Program
from tests.fakes.exchange import held
from tests.fakes.gate import PLANTED_KEY
from tests.fakes.model_studio import ModelStudio
from tests.fakes.server import PretendServer
from tests.fakes.speech import write_speech

STUDIO = "Alibaba Model Studio"
URL = "VOICE_STUDIO_MODEL_STUDIO_INTL_URL"


def open_window(server: PretendServer, **more: str) -> Program:
    bare = dict.fromkeys(KEYS, "")
    return Program(environment={**bare, URL: server.url, **more})


def design(program: Program, name: str) -> None:
    program.choose("System", "Qwen")
    program.type("Voice description", "A composed announcer, deep and magnetic.")
    program.type("Preview text", "Good evening, and welcome.")
    program.type("Voice name", name)
    program.press("Generate")


def test_a_key_is_set_and_tested_then_a_voice_designed_listed_and_deleted(
    server: PretendServer, studio: ModelStudio
) -> None:
    with open_window(server) as program:
        program.label("Ready")
        program.press("Settings")
        program.type_in(STUDIO, "API key", f" {PLANTED_KEY}\n"[:-1], role="password")
        program.press_in(STUDIO, "Save key")
        program.label("Key in the keyring")
        try:
            program.press_in(STUDIO, "Test")
            program.label("The key works")
            design(program, "Announcer")
            program.label("Generated")
            program.press("Show in Library")
            ((name, *_),) = program.rows("Voices", 1)
            assert name == "Announcer"
            studio.designs["qwen-tts-vd-other-voice-20251210170454999-a1b2"] = next(iter(studio.designs.values())) | {
                "voice": "qwen-tts-vd-other-voice-20251210170454999-a1b2"
            }
            program.press("Refresh")
            assert sorted(row[0] for row in program.rows("Voices", 2)) == ["Announcer", "other"]
            program.press("Delete")
            program.label("“Announcer” will be deleted here and at Qwen")
            program.press("Delete")  # the note's: it is read before the voice's own
            program.rows("Voices", 1)
            until(lambda: list(studio.designs) == ["qwen-tts-vd-other-voice-20251210170454999-a1b2"])
        finally:
            program.press("Settings")
            program.press_in(STUDIO, "Forget key")
            program.label("No key")
        assert program.close() == []


def test_a_voice_is_cloned_from_a_file(server: PretendServer, studio: ModelStudio, tmp_path: Path) -> None:
    sample = write_speech(tmp_path / "me.wav")
    with open_window(server, DASHSCOPE_API_KEY=PLANTED_KEY) as program:
        program.tab("Clone")
        program.choose("System", "Qwen")
        program.press("Import file")
        program.type("File name:", str(sample))
        program.press("Open")
        program.label("Good enough to send")
        program.type("Voice name", "My voice")
        program.check("I have the right to clone this voice")
        program.press("Clone voice")
        program.label("“My voice” is in the Library")
        program.press("Show in Library")
        ((name, *_),) = program.rows("Voices", 1)
        assert name == "My voice"
        assert program.close() == []
    (voice,) = studio.clones.values()
    assert voice["target_model"] == "qwen3-tts-vc-2026-01-22"


def test_a_voice_paid_for_arrives_at_the_next_start(server: PretendServer, studio: ModelStudio) -> None:
    environment = {"DASHSCOPE_API_KEY": PLANTED_KEY}
    with open_window(server, **environment) as program:
        program.label("Ready")
        server.fail(held(handled=True), when=lambda request: b'"create"' in request.body)
        design(program, "Lost")
        until(lambda: studio.designs)
        program.kill()
    with open_window(server, **environment) as program:
        program.label("“Lost” has arrived")
        program.tab("Library")
        ((name, *_),) = program.rows("Voices", 1)
        assert name == "Lost"
        assert program.close() == []
    assert len([request for request in server.requests if b'"create"' in request.body]) == 1
