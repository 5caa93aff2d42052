from __future__ import annotations

import base64
import re
from dataclasses import replace

from studio.domain.audio import AudioFormat
from studio.domain.briefs import Brief, CloneBrief
from studio.domain.errors import Reason
from studio.domain.languages import Language
from studio.domain.samples import Media, Sample
from studio.domain.voices import Origin
from studio.ports import Catalogue, Cloner, Codec, Designer, Probe, Speaker
from studio.providers.speech_server import SpeechServer
from studio.providers.speech_server_voices import Recipe, Reference, made, packed
from studio.providers.transport import Transport
from tests.fakes import speech_server as pretend
from tests.fakes.gate import PLANTED_KEY
from tests.fakes.model_studio import tone
from tests.fakes.profiles import MemoryProfiles
from tests.fakes.voices import voice
from tests.providers.contract import Deed, Golden, ProviderContract, forgotten, nothing

MODEL = "Qwen/Qwen3-TTS-12Hz-1.7B-Base"
WORDS = "A warm, friendly female voice with a gentle tone"
SAMPLE = Sample(tone(2.0), Media.WAV, "sample.wav")
BRIEF = Brief("speech-server", WORDS, "Hello world", Language.EN, name="Anna")
CLONE = CloneBrief("speech-server", "Anna", SAMPLE, transcript="This is me.", language=Language.EN, has_right=True)

OURS = made("Anna", Origin.CLONED, "voice-clone", Recipe("", "This is me.", Language.EN))
PRESET = voice(system="speech-server", voice_id="vivian", origin=Origin.BUILT_IN, language=None, recipe="")
GIVEN = replace(PRESET, voice_id="bob", origin=Origin.CLONED)

MODELS = Golden("GET", "/v1/models")
VOICES = Golden("GET", "/v1/audio/voices")
CLIP = f"data:audio/wav;base64,{base64.b64encode(SAMPLE.data).decode()}"
REFERENCE = {"task_type": "Base", "ref_audio": CLIP, "ref_text": "This is me.", "language": "English"}
"""Fields of engine.md 4."""


def speech(**body: object) -> Golden:
    return Golden("POST", "/v1/audio/speech", {"response_format": "wav", "model": MODEL, **body})


CUT = {"dropped before": Reason.ANSWER_CUT, "dropped after": Reason.ANSWER_CUT, "half a body": Reason.ANSWER_CUT}
SPOKEN = {**CUT, "404": Reason.NOT_SERVED, "cut": None}
DESIGNED = speech(task_type="VoiceDesign", input="Hello world", instructions=WORDS, language="English")


class TestSpeechServer(ProviderContract):
    account = "speech-server"
    authorization = f"Bearer {PLANTED_KEY}"
    base_path = "/v1"
    offers = frozenset({Designer, Cloner, Catalogue, Speaker, Probe})
    deeds = (
        Deed(
            "design",
            lambda system: system.design(BRIEF, nothing, forgotten),
            (MODELS, DESIGNED),
            paid=True,
            makes=False,
            main=1,
            reasons=SPOKEN,
        ),
        Deed(
            "clone",
            lambda system: system.clone(CLONE, nothing),
            (MODELS, speech(**REFERENCE, input="Hello.")),
            paid=True,
            makes=False,
            main=1,
            reasons=SPOKEN,
        ),
        Deed(
            "speak",
            lambda system: system.speak(OURS, "Good evening.", None, AudioFormat.WAV, nothing),
            (MODELS, speech(**REFERENCE, input="Good evening.")),
            paid=True,
            makes=False,
            main=1,
            reasons=SPOKEN,
        ),
        Deed(
            "speak with a preset voice",
            lambda system: system.speak(PRESET, "Hello, how are you?", None, AudioFormat.WAV, nothing),
            (MODELS, speech(voice="vivian", input="Hello, how are you?")),
            paid=True,
            makes=False,
            main=1,
            reasons=SPOKEN,
        ),
        Deed(
            "voices",
            lambda system: system.voices("", Origin.BUILT_IN, "", nothing),
            (VOICES,),
            reasons={"404": None},
        ),
        Deed("look_up", lambda system: system.look_up("vivian", ""), (VOICES,), reasons={"404": None}),
        Deed(
            "delete",
            lambda system: system.delete(GIVEN),
            (Golden("DELETE", re.compile("/v1/audio/voices/bob")),),
            reasons={"404": None, "page 200": None, "cut": None, "bomb": Reason.TOO_BIG},
        ),
        Deed("probe", lambda system: system.probe(""), (VOICES,), reasons={"404": None}),
    )

    def app(self) -> pretend.SpeechServer:
        app = pretend.SpeechServer(key=PLANTED_KEY, model=MODEL)
        app.give("bob")
        return app

    def build(self, transport: Transport, codec: Codec) -> SpeechServer:
        profiles = MemoryProfiles({OURS.voice_id: packed(Reference(OURS, SAMPLE.data))})
        return SpeechServer(transport, codec, profiles)
