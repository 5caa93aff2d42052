from __future__ import annotations

import base64
import re
from dataclasses import replace

from studio.domain.audio import AudioFormat
from studio.domain.briefs import CloneBrief
from studio.domain.errors import Reason
from studio.domain.languages import Language
from studio.domain.samples import Media, Sample
from studio.domain.voices import Origin
from studio.ports import Catalogue, Cloner, Codec, Designer, Probe, Speaker
from studio.providers.model_studio_qwen import Qwen
from studio.providers.transport import Transport
from tests.fakes.gate import PLANTED_KEY
from tests.fakes.model_studio import ModelStudio, tone
from tests.fakes.voices import voice
from tests.providers.announcer import CLONE_REALTIME, GUANYU, GUANYU_FIELDS, PARAMETERS, QWEN, QWEN_FIELDS, REALTIME
from tests.providers.contract import Deed, Golden, ProviderContract, forgotten, nothing
from tests.providers.deeds import OF_A_HANDSHAKE

BRIEF = replace(QWEN, model=REALTIME)
BY_URL = replace(GUANYU, model=CLONE_REALTIME)
SAMPLE = Sample(tone(1.0), Media.WAV, "mine.wav")
BY_FILE = CloneBrief(
    "qwen", "Guan Yu", SAMPLE, transcript="Good evening.", language=Language.EN, has_right=True, handle="guanyu"
)
DESIGNED = "qwen-tts-vd-announcer-voice-20251210170454-a1b2"
CLONED = "qwen-tts-vc-guanyu-voice-20250812105009984-838b"
VD = voice(system="qwen", voice_id=DESIGNED, target_model="qwen3-tts-vd-2026-01-26", region="intl")
LIVE = replace(VD, voice_id="qwen-tts-vd-live-voice-20251210170454-a1b2", target_model=REALTIME)
VC = voice(system="qwen", voice_id=CLONED, origin=Origin.CLONED, target_model="qwen3-tts-vc-2026-01-22", region="intl")


def customization(model: str, fields: object, **more: object) -> Golden:
    return Golden(
        "POST", "/api/v1/services/audio/tts/customization", {"model": f"qwen-voice-{model}", "input": fields, **more}
    )


DESIGN = customization("design", QWEN_FIELDS, parameters=PARAMETERS)
CLONE_BY_URL = customization("enrollment", GUANYU_FIELDS)
CLONE_BY_FILE = customization(
    "enrollment",
    {
        "action": "create",
        "target_model": "qwen3-tts-vc-2026-01-22",
        "preferred_name": "guanyu",
        "audio": {"data": f"data:audio/wav;base64,{base64.b64encode(SAMPLE.data).decode()}"},
        "text": "Good evening.",
        "language": "en",
    },
)
SPEECH = Golden(
    "POST",
    "/api/v1/services/aigc/multimodal-generation/generation",
    {
        "model": "qwen3-tts-vd-2026-01-26",
        "input": {"text": "Good evening.", "voice": DESIGNED, "language_type": "English"},
    },
)
LINK = Golden("GET", re.compile(r"/store/speech-[\w-]+\.wav"), query={"Expires": "1", "Signature": "s"}, keyed=False)
PAGES = {"action": "list", "page_size": 100, "page_index": 0}
NO_VOICE_IS_LOST = {
    "dropped before": Reason.ANSWER_CUT,
    "dropped after": Reason.ANSWER_CUT,
    "half a body": Reason.ANSWER_CUT,
}


class TestQwen(ProviderContract):
    account = "model-studio-intl"
    authorization = f"Bearer {PLANTED_KEY}"
    base_path = "/api/v1"
    offers = frozenset({Designer, Cloner, Catalogue, Speaker, Probe})
    deeds = (
        Deed(
            "design",
            lambda qwen: qwen.design(BRIEF, nothing, forgotten),
            (DESIGN,),
            paid=True,
            audio=("output", "preview_audio", "data"),
        ),
        Deed("clone from an address", lambda qwen: qwen.clone(BY_URL, nothing), (CLONE_BY_URL,), paid=True),
        Deed("clone from a file", lambda qwen: qwen.clone(BY_FILE, nothing), (CLONE_BY_FILE,), paid=True),
        Deed(
            "voices",
            lambda qwen: qwen.voices("intl", None, "", nothing),
            (customization("design", PAGES), customization("enrollment", PAGES)),
        ),
        Deed(
            "voices that were cloned",
            lambda qwen: qwen.voices("intl", Origin.CLONED, "", nothing),
            (customization("enrollment", PAGES),),
        ),
        Deed(
            "look_up a designed voice",
            lambda qwen: qwen.look_up(DESIGNED, "intl"),
            (customization("design", {"action": "query", "voice": DESIGNED}),),
        ),
        Deed(
            "look_up a cloned voice",
            lambda qwen: qwen.look_up(CLONED, "intl"),
            (customization("enrollment", PAGES),),
        ),
        Deed(
            "delete a designed voice",
            lambda qwen: qwen.delete(VD),
            (customization("design", {"action": "delete", "voice": DESIGNED}),),
        ),
        Deed(
            "delete a cloned voice",
            lambda qwen: qwen.delete(VC),
            (customization("enrollment", {"action": "delete", "voice": CLONED}),),
        ),
        Deed(
            "speak",
            lambda qwen: qwen.speak(VD, "Good evening.", None, AudioFormat.WAV, nothing),
            (SPEECH, LINK),
            paid=True,
            makes=False,
            reasons=NO_VOICE_IS_LOST,
        ),
        Deed(
            "speak with a realtime voice",
            lambda qwen: qwen.speak(LIVE, "Good evening.", None, AudioFormat.WAV, nothing),
            (Golden("GET", "/api-ws/v1/realtime", query={"model": REALTIME}),),
            paid=True,
            makes=False,
            reasons=OF_A_HANDSHAKE,
        ),
        Deed(
            "probe",
            lambda qwen: qwen.probe("intl"),
            tuple(
                customization(family, {"action": "list", "page_size": 1, "page_index": 0})
                for family in ("design", "enrollment")
            ),
        ),
    )

    def app(self) -> ModelStudio:
        told = {"gmt_create": "2025-08-11 17:59:32", "language": "en"}
        return ModelStudio(
            designs={
                one.voice_id: {"voice": one.voice_id, "target_model": one.target_model, **told} for one in (VD, LIVE)
            },
            clones={CLONED: {"voice": CLONED, "target_model": VC.target_model, **told}},
        )

    def build(self, transport: Transport, codec: Codec) -> Qwen:
        return Qwen(transport, codec)
