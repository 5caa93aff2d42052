from __future__ import annotations

from dataclasses import replace

from studio.domain.audio import AudioFormat
from studio.domain.briefs import CloneBrief
from studio.domain.errors import Reason
from studio.domain.samples import Media, Sample
from studio.domain.voices import Origin
from studio.ports import Catalogue, Cloner, Codec, Probe, Speaker
from studio.providers.opentalking import OpenTalking
from studio.providers.transport import Transport
from tests.fakes import opentalking as pretend
from tests.fakes.exchange import Upload
from tests.fakes.model_studio import tone
from tests.fakes.voices import voice
from tests.providers.contract import Deed, Golden, ProviderContract, nothing

SAMPLE = Sample(tone(1.0), Media.WAV, "sample.wav")
CLONE = CloneBrief("opentalking", "Alice's Voice", SAMPLE, has_right=True, model="qwen3-tts-flash-realtime")
OF_COSYVOICE = replace(CLONE, model="", backend="cosyvoice", handle="alice1")

OWN = "u0000000c"
VOICE = voice(
    system="opentalking",
    voice_id=OWN,
    origin=Origin.CLONED,
    target_model="qwen3-tts-flash-realtime",
    recipe="dashscope",
)
ARIA = replace(VOICE, voice_id="en-US-AriaNeural", origin=Origin.BUILT_IN, target_model="", recipe="edge")

FORM = {"provider": "dashscope", "target_model": "qwen3-tts-flash-realtime", "display_label": "Alice's Voice"}
AUDIO = {"audio": Upload("sample.wav", "audio/wav", SAMPLE.data)}
"""Seed 004, the example of a clone."""
OTHER_FORM = {
    "provider": "cosyvoice",
    "target_model": "cosyvoice-v3-flash",
    "display_label": "Alice's Voice",
    "prefix": "alice1",
}
PREVIEW = {"text": "Hello, this is a voice preview.", "provider": "edge", "voice": "en-US-AriaNeural"}
"""Seed 004, the example of a preview."""
OWN_PREVIEW = {
    "text": "Hello.",
    "voice": OWN,
    "provider": "dashscope",
    "tts_provider": "dashscope",
    "model": "qwen3-tts-flash-realtime",
    "tts_model": "qwen3-tts-flash-realtime",
}
LIST = Golden("GET", "/api/voices")
CUT = {"dropped before": Reason.ANSWER_CUT, "dropped after": Reason.ANSWER_CUT, "half a body": Reason.ANSWER_CUT}


class TestOpenTalking(ProviderContract):
    account = "opentalking"
    authorization = None
    base_path = "/api"
    offers = frozenset({Cloner, Catalogue, Speaker, Probe})
    deeds = (
        Deed(
            "clone",
            lambda system: system.clone(CLONE, nothing),
            (Golden("POST", "/api/voices/clone", fields=FORM, files=AUDIO),),
            paid=True,
        ),
        Deed(
            "clone with CosyVoice",
            lambda system: system.clone(OF_COSYVOICE, nothing),
            (Golden("POST", "/api/voices/clone", fields=OTHER_FORM, files=AUDIO),),
            paid=True,
        ),
        Deed("voices", lambda system: system.voices("", None, "", nothing), (LIST,)),
        Deed("look_up", lambda system: system.look_up(OWN, ""), (LIST,)),
        Deed(
            "delete",
            lambda system: system.delete(VOICE),
            (Golden("GET", "/api/voices", query={"provider": "dashscope"}), Golden("DELETE", "/api/voices/12")),
            main=1,
            reasons={"404": None},
        ),
        Deed(
            "speak",
            lambda system: system.speak(ARIA, "Hello, this is a voice preview.", None, AudioFormat.WAV, nothing),
            (Golden("POST", "/api/tts/preview", PREVIEW | {"tts_provider": "edge"}),),
            paid=True,
            makes=False,
            reasons={**CUT, "cut": None},
        ),
        Deed(
            "speak with a clone",
            lambda system: system.speak(VOICE, "Hello.", None, AudioFormat.WAV, nothing),
            (Golden("POST", "/api/tts/preview", OWN_PREVIEW),),
            paid=True,
            makes=False,
            reasons={**CUT, "cut": None},
        ),
        Deed("probe", lambda system: system.probe(""), (LIST,)),
    )

    def app(self) -> pretend.OpenTalking:
        app = pretend.OpenTalking(prefix="/api")
        assert app.add(display_label="Mine")["voice_id"] == OWN
        return app

    def build(self, transport: Transport, codec: Codec) -> OpenTalking:
        return OpenTalking(transport, codec)
