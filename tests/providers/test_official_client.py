"""The vendor's own client speaks with the pretend servers, which keeps them honest; then the program does."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from studio.audio.codec import SoundFileCodec
from studio.providers.transport import Transport
from tests.fakes.gate import PLANTED_KEY, FixedGate, Pauses
from tests.fakes.model_studio import ModelStudio
from tests.fakes.model_studio_sockets import Session
from tests.fakes.model_studio_talks import sound_of
from tests.fakes.server import ThreadedServer
from tests.providers.live import BUILT, SPOKEN_WITH, TEXT, samples

HTTP_MODEL, HTTP_VOICE = "qwen3-tts-vd-2026-01-26", "qwen-tts-vd-far-voice-20251210170454-a1b2"
LIVE, COSY = SPOKEN_WITH["qwen"], SPOKEN_WITH["cosyvoice"]


class Official:
    """What came of each deed, and the server that it was done before."""

    def __init__(self, studio: ModelStudio, url: str, told: dict[str, Any]) -> None:
        self.studio, self.url, self.told = studio, url, told
        self.complaints = list(studio.complaints)

    def of(self, deed: str) -> dict[str, Any]:
        told = self.told[deed]
        assert "error" not in told, told
        return told

    def sound(self, deed: str) -> bytes:
        return base64.b64decode(self.of(deed)["sound"])

    def sessions(self, model: str, voice: str) -> list[Session]:
        return [one for one in self.studio.sockets.sessions if (one.model, one.voice) == (model, voice)]


@pytest.fixture(scope="module")
def official(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Official]:
    studio = ModelStudio(
        designs={
            LIVE.voice_id: {"voice": LIVE.voice_id, "target_model": LIVE.target_model},
            HTTP_VOICE: {"voice": HTTP_VOICE, "target_model": HTTP_MODEL},
        },
        cosyvoices={
            COSY.voice_id: {"voice_id": COSY.voice_id, "target_model": COSY.target_model, "status": "OK"},
        },
    )
    with ThreadedServer(studio) as server:
        studio.host = server.url
        named = {
            "key": PLANTED_KEY,
            "realtime_model": LIVE.target_model,
            "realtime_voice": LIVE.voice_id,
            "model": COSY.target_model,
            "voice": COSY.voice_id,
            "http_model": HTTP_MODEL,
            "http_voice": HTTP_VOICE,
        }
        home = tmp_path_factory.mktemp("official")
        clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        done = subprocess.run(
            [sys.executable, "-m", "tests.providers.official_child", server.url, json.dumps(named)],
            env={**clean, "HOME": str(home), "NO_PROXY": "127.0.0.1", "DASHSCOPE_DISABLE_SDK_HEADERS": "1"},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        yield Official(studio, server.url, json.loads(done.stdout.splitlines()[-1]))


def test_it_finds_nothing_strange_but_the_voice_that_is_not_there(official: Official) -> None:
    assert official.complaints == []
    assert "418" in official.of("inference_refused")["failed"]


@pytest.mark.parametrize("deed", ["realtime", "realtime_commit"])
def test_realtime(official: Official, deed: str) -> None:
    assert official.sound(deed) == b"".join(sound_of(one) for one in ("Good evening.", "How are you today?"))
    events = official.of(deed)["events"]
    assert events[:2] == ["session.created", "session.updated"]
    assert events[-1] == "session.finished"
    assert [one.ended for one in official.sessions(LIVE.target_model, LIVE.voice_id)[:2]] == ["finished"] * 2


@pytest.mark.parametrize("deed", ["inference_pcm", "inference_streaming", "second_client"])
def test_inference(official: Official, deed: str) -> None:
    assert official.sound(deed) == sound_of(TEXT)


def test_inference_in_the_clients_own_format(official: Official) -> None:
    assert official.sound("inference") == sound_of(TEXT, "Default", 0)


def test_inference_that_is_cancelled(official: Official) -> None:
    assert official.of("inference_cancelled")["failed"] == ""
    assert "cancelled" in {one.ended for one in official.sessions(COSY.target_model, COSY.voice_id)}


@pytest.mark.parametrize("deed", ["http", "http_of_cosyvoice"])
def test_http(official: Official, deed: str) -> None:
    told = official.of(deed)
    assert told["status"] == 200
    assert told["url"].startswith(f"{official.url}/store/")


@pytest.mark.parametrize("deed", ["http_events", "second_client_http"])
def test_events(official: Official, deed: str) -> None:
    assert official.sound(deed) == sound_of(TEXT)


def test_the_list_of_voices(official: Official) -> None:
    told = official.of("voices")
    assert [one["voice_id"] for one in told["listed"]] == [COSY.voice_id]


@pytest.mark.parametrize("kind", ["qwen", "cosyvoice", "http"])
async def test_then_the_program_does(official: Official, kind: str) -> None:
    speaker = replace(LIVE, voice_id=HTTP_VOICE, target_model=HTTP_MODEL) if kind == "http" else SPOKEN_WITH[kind]
    transport = Transport(FixedGate(f"{official.url}/api/v1"), Pauses())
    system = BUILT[speaker.system](transport, SoundFileCodec())
    async with asyncio.timeout(30), aclosing(system.stream(speaker, TEXT)) as stream:
        pieces = [piece async for piece in stream]
    await transport.aclose()
    whole = ("Good evening.", "How are you today?") if kind == "qwen" else (TEXT,)
    assert samples(pieces) == b"".join(sound_of(one) for one in whole)
    assert official.studio.complaints == official.complaints
