"""Copied calls, run as a person would: curl in a shell and Python as it is, before the pretend servers."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import stat
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import soundfile

from studio.audio.codec import SoundFileCodec
from studio.domain.briefs import Brief
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.voices import Origin, Voice
from studio.engine.client import LocalEngine
from studio.ports import CodeKind, Exemplar
from studio.providers import examples
from studio.providers.evolink import EvoLink
from studio.providers.model_studio_cosyvoice import CosyVoice
from studio.providers.model_studio_qwen import Qwen
from studio.providers.noiz import Noiz
from studio.providers.on_device import OnDevice
from studio.providers.opentalking import OpenTalking
from studio.providers.speech_server import SpeechServer
from studio.providers.transport import Auth, Transport
from tests.fakes import evolink, noiz, opentalking, speech_server
from tests.fakes.exchange import status
from tests.fakes.gate import PLANTED_KEY, FixedGate
from tests.fakes.model_studio import tone
from tests.fakes.model_studio_regions import both_regions
from tests.fakes.profiles import MemoryProfiles
from tests.fakes.server import PretendServer
from tests.fakes.voices import voice
from tests.providers.scene import played


async def no_receipt(_: str) -> None: ...


KINDS = (CodeKind.CURL, CodeKind.PYTHON)
NASTY = """It's "quoted" & `run` $HOME $(id) \\n 100% !! <b>, REQUEST
REQUEST
晚上好 🎉 \u2028 {name}"""
"""What a shell, JSON, a form or Python's source could trip over, in a text or in an id."""

NO_SHELL = shutil.which("sh") is None or shutil.which("curl") is None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "a folder"
    made.mkdir()
    return made


async def run(code: str, kind: CodeKind, folder: Path, env: Mapping[str, str]) -> tuple[int, str]:
    """Its exit code and all that it wrote."""
    if kind is CodeKind.CURL and NO_SHELL:
        pytest.skip("no shell with curl here")
    assert PLANTED_KEY not in code
    script = folder / f"script.{kind}"
    script.write_text(code, "utf-8")
    command = ("sh", str(script)) if kind is CodeKind.CURL else (sys.executable, str(script))
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", **env},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(60):
        said, _ = await process.communicate()
    return process.returncode or 0, said.decode("utf-8", "replace")


async def heard(code: str, kind: CodeKind, folder: Path, env: Mapping[str, str]) -> float:
    """Seconds of the sound that it left."""
    code_of_exit, said = await run(code, kind, folder, env)
    assert code_of_exit == 0, said
    told = soundfile.info(str(folder / "speech.wav"))
    assert told.samplerate == 24_000
    return told.frames / told.samplerate


# -- Model Studio --------------------------------------------------------------------------------------------------

KEY = {"DASHSCOPE_API_KEY": PLANTED_KEY}


def qwen_voice(model: str = "qwen3-tts-vd-2026-01-26", voice_id: str = 'it\'s-"a"-$voice!') -> Voice:
    return voice(system="qwen", voice_id=voice_id, target_model=model, region="intl")


@pytest.mark.parametrize("kind", KINDS)
async def test_qwen_over_http(folder: Path, kind: CodeKind) -> None:
    async with both_regions(Qwen) as scene:
        assert isinstance(scene.system, Exemplar)
        one = qwen_voice()
        scene.studio.designs[one.voice_id] = {"voice": one.voice_id, "target_model": one.target_model}
        code = await scene.system.example(one, NASTY, kind)
        assert await heard(code, kind, folder, KEY) == pytest.approx(0.01 * len(NASTY), abs=0.02)
        [asked] = scene.studio.spoken
        assert asked["input"] == {"text": NASTY, "voice": one.voice_id, "language_type": "English"}


@pytest.mark.parametrize("kind", KINDS)
async def test_a_refusal_is_shown_as_it_was_said(folder: Path, kind: CodeKind) -> None:
    async with both_regions(Qwen) as scene:
        scene.server.fail(status(400, json={"code": "Arrearage", "message": "not in good standing"}))
        code = await scene.system.example(qwen_voice(), "Good evening.", kind)
        code_of_exit, said = await run(code, kind, folder, KEY)
        assert "not in good standing" in said
        assert kind is CodeKind.CURL or code_of_exit != 0
        assert not (folder / "speech.wav").exists()


@pytest.mark.parametrize("kind", KINDS)
async def test_the_workspace_goes_along(folder: Path, kind: CodeKind) -> None:
    async with both_regions(Qwen) as scene:
        one = replace(qwen_voice(), region="cn")
        scene.beijing.designs[one.voice_id] = {"voice": one.voice_id, "target_model": one.target_model}
        code = await scene.system.example(one, "Good evening.", kind)
        await heard(code, kind, folder, {"DASHSCOPE_API_KEY": scene.beijing.key})
        assert scene.beijing_server.requests[0].headers["x-dashscope-workspace"] == "ws-1"


async def test_qwen_realtime_over_a_websocket(folder: Path) -> None:
    async with both_regions(Qwen) as scene:
        one = qwen_voice("qwen3-tts-vd-realtime-2026-01-15", "qwen-tts-vd-it's-voice-1")
        scene.studio.designs[one.voice_id] = {"voice": one.voice_id, "target_model": one.target_model}
        code = await scene.system.example(one, NASTY, CodeKind.PYTHON)
        assert scene.system.examples(one) == (CodeKind.PYTHON,)
        assert await heard(code, CodeKind.PYTHON, folder, KEY) > 0.1
        [session] = scene.studio.sockets.sessions
        assert (session.text, session.voice, session.ended) == (NASTY, one.voice_id, "finished")
        with pytest.raises(StudioError) as caught:
            await scene.system.example(one, NASTY, CodeKind.CURL)
        assert caught.value.reason is Reason.NOT_OFFERED


@pytest.mark.parametrize("kind", KINDS)
async def test_cosyvoice_in_beijing(folder: Path, kind: CodeKind) -> None:
    async with both_regions(CosyVoice) as scene:
        name = "cosyvoice-v3.5-plus-vd-it's-a1b2"
        one = voice(system="cosyvoice", voice_id=name, target_model="cosyvoice-v3.5-plus", region="cn")
        scene.beijing.cosyvoices[name] = {"voice_id": name, "status": "OK", "target_model": one.target_model}
        code = await scene.system.example(one, NASTY, kind)
        assert scene.system.examples(one) == KINDS
        assert scene.system.examples(replace(one, region="intl")) == (CodeKind.PYTHON,)
        assert await heard(code, kind, folder, {"DASHSCOPE_API_KEY": scene.beijing.key}) > 0.1
        if kind is CodeKind.CURL:
            assert scene.beijing.spoken[0]["input"]["text"] == NASTY
            with pytest.raises(StudioError) as caught:
                await scene.system.example(replace(one, region="intl"), NASTY, kind)
            assert caught.value.reason is Reason.NOT_OFFERED
        else:
            assert scene.beijing.sockets.sessions[0].text == NASTY


@pytest.mark.parametrize("kind", KINDS)
async def test_a_voice_of_no_model_has_no_example(kind: CodeKind) -> None:
    async with both_regions(Qwen) as scene:
        with pytest.raises(StudioError) as caught:
            await scene.system.example(qwen_voice(""), "Good evening.", kind)
        assert caught.value.reason is Reason.CANNOT_SPEAK
        assert scene.system.examples(qwen_voice("")) == ()
        assert scene.system.examples(qwen_voice()) == KINDS


# -- the others ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
async def test_noiz(folder: Path, kind: CodeKind, monkeypatch: pytest.MonkeyPatch) -> None:
    app = noiz.Noiz()
    async with played(Noiz, app, app.key, "", monkeypatch) as scene:
        nova = voice(system="noiz", voice_id=next(iter(app.voices)), target_model="")
        code = await scene.system.example(nova, NASTY, kind)
        assert app.key not in code
        assert await heard(code, kind, folder, {"NOIZ_API_KEY": app.key}) > 0.1
        assert app.forms[0].fields["text"] == NASTY
        app.verdicts.append({"code": 402, "message": "Insufficient credits"})
        _, said = await run(code, kind, folder, {"NOIZ_API_KEY": app.key})
        assert "Insufficient credits" in said


@pytest.mark.parametrize("kind", KINDS)
async def test_opentalking_takes_ids_of_any_length(
    folder: Path, kind: CodeKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opentalking.OpenTalking(prefix="/talk")
    entry = app.add(voice_id="it's-" + "x" * 700_000)
    async with played(OpenTalking, app, "", "/talk", monkeypatch) as scene:
        one = replace((await scene.system.voices("", None, "", lambda _: None))[0], origin=Origin.CLONED)
        code = await scene.system.example(one, NASTY, kind)
        assert "Authorization" not in code
        code_of_exit, said = await run(code, kind, folder, {})
        assert code_of_exit == 0, said
        assert app.spoken[0]["text"] == NASTY
        assert app.spoken[0]["voice"] == entry["voice_id"]
        assert (folder / "speech.wav").read_bytes()[:4] == b"RIFF"


@pytest.fixture
def quick_evolink() -> evolink.EvoLink:
    """Its tasks end at the first question."""
    app = evolink.EvoLink()
    app.voices["it's-a-voice"] = {"target_model": "qwen3-tts-vd-2026-01-26"}
    app.files["sound.wav"] = tone(0.4)
    app.script = [{"status": "pending", "progress": 0}, {"status": "completed", "results": ["HOST/files/sound.wav"]}]
    return app


@pytest.mark.parametrize("kind", KINDS)
async def test_evolink(
    folder: Path, kind: CodeKind, quick_evolink: evolink.EvoLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = quick_evolink
    monkeypatch.setattr("studio.providers.evolink_examples.EVERY_S", 0)
    async with played(EvoLink, app, app.key, "/v1", monkeypatch) as scene:
        app.host = scene.server.url
        one = voice(system="evolink", voice_id="it's-a-voice", target_model="qwen3-tts-vd-2026-01-26")
        code = await scene.system.example(one, NASTY, kind)
        assert app.key not in code
        assert await heard(code, kind, folder, {"EVOLINK_API_KEY": app.key}) == pytest.approx(0.4)
        assert app.asked[0]["prompt"] == NASTY
        assert scene.asked[0] == ("POST", "/v1/audios/generations")
        assert [method for method, _ in scene.asked[-2:]] == ["GET", "GET"]
        with pytest.raises(StudioError) as caught:
            await scene.system.example(replace(one, target_model="another"), NASTY, kind)
        assert caught.value.reason is Reason.NO_ROUTE_YET


@pytest.mark.parametrize("kind", KINDS)
async def test_a_task_that_failed_is_shown(
    folder: Path, kind: CodeKind, quick_evolink: evolink.EvoLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = quick_evolink
    monkeypatch.setattr("studio.providers.evolink_examples.EVERY_S", 0)
    app.script = [{"status": "failed", "error": {"message": "content policy", "action_url": "https://a.example"}}]
    async with played(EvoLink, app, app.key, "/v1", monkeypatch) as scene:
        one = voice(system="evolink", voice_id="it's-a-voice", target_model="")
        _, said = await run(await scene.system.example(one, "Hi.", kind), kind, folder, {"EVOLINK_API_KEY": app.key})
        assert "content policy" in said


@pytest.mark.parametrize("kind", KINDS)
async def test_this_computer_is_asked_by_the_programs_own_command(folder: Path, kind: CodeKind) -> None:
    """A stand-in for the command writes down what it was given; the command itself has tests of its own."""
    command = folder / "voice-studio"
    command.write_text(
        f'#!{sys.executable}\nimport json, sys\nopen("said.json", "w").write(json.dumps(sys.argv[1:]))\n'
    )
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    engine = LocalEngine()
    system = OnDevice(engine, SoundFileCodec(), MemoryProfiles())
    code = await system.example(voice(voice_id="vs-1"), f"-{NASTY}", kind)
    code_of_exit, said = await run(code, kind, folder, {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"})
    assert code_of_exit == 0, said
    assert json.loads((folder / "said.json").read_text()) == [
        *("say", "--voice", "on-device:vs-1", "--output", "speech.wav", "--", f"-{NASTY}")
    ]
    await engine.aclose()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("key", ["", PLANTED_KEY])
async def test_a_speech_server_with_a_key_and_without(folder: Path, kind: CodeKind, key: str) -> None:
    app = speech_server.SpeechServer(key=key)
    async with PretendServer(app) as server:
        transport = Transport(FixedGate(f"{server.url}/v1", key))
        system = SpeechServer(transport, SoundFileCodec(), MemoryProfiles())
        brief = Brief("speech-server", "A calm man", "Good evening, and welcome to the news.", Language.EN)
        designed = (await system.design(brief, lambda _: None, no_receipt)).voice
        preset = (await system.voices("", Origin.BUILT_IN, "", lambda _: None))[0]
        for one in (designed, preset):
            code = await system.example(one, NASTY, kind)
            assert ("VOICE_STUDIO_SPEECH_KEY" in code) is bool(key)
            assert await heard(code, kind, folder, {"VOICE_STUDIO_SPEECH_KEY": key}) > 0.1
            assert app.spoken[-1]["input"] == NASTY
        assert app.spoken[-1]["model"] == app.model
        assert server.complaints == []
        await transport.aclose()


# -- doors and words -----------------------------------------------------------------------------------------------


async def test_without_a_key_the_vendors_own_address_is_shown() -> None:
    gate = FixedGate("https://elsewhere.example", trouble=Reason.KEY_MISSING)
    transport = Transport(gate)
    code = await Noiz(transport, SoundFileCodec()).example(voice(system="noiz"), "Hi.", CodeKind.CURL)
    assert "https://noiz.ai/v1/text-to-speech" in code
    gate.trouble = Reason.KEYRING_LOCKED
    line = transport.line("noiz", Auth.RAW, lambda _: None)
    with pytest.raises(StudioError) as caught:
        await examples.door(line, "noiz", Auth.RAW)
    assert caught.value.reason is Reason.KEYRING_LOCKED
    await transport.aclose()


def test_what_is_said_fits_one_call() -> None:
    one = voice(preview_text="The preview.")
    assert examples.words(one, "First. " * 99, 20) == "First. First. First."
    assert examples.words(one, " \n", 20) == "The preview."
    assert examples.words(replace(one, preview_text=""), "", 20) == "Good evening."
    assert examples.words(one, "a\0b\ud800", 20) == "ab?"


def test_half_characters_reach_no_clipboard() -> None:
    for source in (examples.here({"text": "a\ud800"}), examples.literal({"text": "a\ud800"})):
        assert source.encode()
    assert eval(examples.literal({"a\ud800": "ß", "n": {"x": True, "y": {}}})) == {  # noqa: S307 - our own source
        "a\ud800": "ß",
        "n": {"x": True, "y": {}},
    }
