from __future__ import annotations

import re
from dataclasses import replace

from studio.domain.audio import AudioFormat
from studio.domain.briefs import CloneBrief
from studio.domain.languages import Language
from studio.domain.samples import Media, Sample
from studio.domain.voices import Origin
from studio.ports import Catalogue, Cloner, Codec, Designer, Probe, Speaker
from studio.providers.model_studio_cosyvoice import CosyVoice
from studio.providers.transport import Transport
from tests.fakes.exchange import Upload
from tests.fakes.gate import PLANTED_KEY
from tests.fakes.model_studio import ModelStudio, tone
from tests.fakes.voices import voice
from tests.providers.announcer import COSYVOICE, COSYVOICE_FIELDS, PARAMETERS, PREVIEW, PROMPT
from tests.providers.contract import ANYTHING, Deed, Golden, ProviderContract, forgotten, nothing
from tests.providers.deeds import OF_A_HANDSHAKE

BY_URL = CloneBrief("cosyvoice", "Mine", sample_url="https://public.example/a.wav", has_right=True, handle="myvoice")
SAMPLE = Sample(tone(1.0), Media.WAV, "mine.wav")
BY_FILE = CloneBrief("cosyvoice", "Mine", SAMPLE, has_right=True, handle="myvoice", language=Language.EN)

KEPT = "cosyvoice-v3.5-plus-vd-announcer-xxxxxx"
MODEL = "cosyvoice-v3.5-plus"
VOICE = voice(system="cosyvoice", voice_id=KEPT, origin=Origin.DESIGNED, region="intl", target_model=MODEL)
STORED = re.compile(r"dashscope-instant/\d+/[0-9a-f]{32}\.wav")


def customization(fields: object, **more: object) -> Golden:
    body = {"model": "voice-enrollment", "input": fields, **more}
    return Golden("POST", "/api/v1/services/audio/tts/customization", body)


DESIGN = customization(COSYVOICE_FIELDS, parameters=PARAMETERS)
CLONE = {"action": "create_voice", "target_model": "cosyvoice-v3.5-plus", "prefix": "myvoice"}
POLICY = Golden("GET", "/api/v1/uploads", query={"action": "getPolicy", "model": "voice-enrollment"})
STORE = Golden(
    "POST",
    "/store",
    fields={
        "OSSAccessKeyId": "LTAI",
        "Signature": "c2lnbmF0dXJl",
        "policy": "cG9saWN5",
        "key": STORED,
        "x-oss-object-acl": "private",
        "x-oss-forbid-overwrite": "true",
        "success_action_status": "200",
        "x-oss-content-type": "audio/wav",
    },
    files={"file": ANYTHING},
    keyed=False,
)
FROM_STORE = Golden(
    "POST",
    "/api/v1/services/audio/tts/customization",
    {
        "model": "voice-enrollment",
        "input": {**CLONE, "url": re.compile("oss://" + STORED.pattern), "language_hints": ["en"]},
    },
    headers={"x-dashscope-ossresourceresolve": "enable"},
)
FILE = {"file": Upload(ANYTHING, "audio/wav", SAMPLE.data)}


class TestCosyVoice(ProviderContract):
    account = "model-studio-intl"
    authorization = f"Bearer {PLANTED_KEY}"
    base_path = "/api/v1"
    offers = frozenset({Designer, Cloner, Catalogue, Speaker, Probe})
    deeds = (
        Deed(
            "design",
            lambda system: system.design(COSYVOICE, nothing, forgotten),
            (DESIGN,),
            paid=True,
            audio=("output", "preview_audio", "data"),
        ),
        Deed(
            "clone from an address",
            lambda system: system.clone(BY_URL, nothing),
            (customization({**CLONE, "url": "https://public.example/a.wav"}),),
            paid=True,
        ),
        Deed(
            "clone from a file",
            lambda system: system.clone(BY_FILE, nothing),
            (POLICY, replace(STORE, files=FILE), FROM_STORE),
            paid=True,
            main=2,
        ),
        Deed(
            "voices",
            lambda system: system.voices("intl", None, "announcer", nothing),
            (customization({"action": "list_voice", "prefix": "announcer", "page_size": 100, "page_index": 0}),),
        ),
        Deed(
            "look_up",
            lambda system: system.look_up(KEPT, "intl"),
            (customization({"action": "query_voice", "voice_id": KEPT}),),
        ),
        Deed(
            "delete",
            lambda system: system.delete(VOICE),
            (customization({"action": "delete_voice", "voice_id": KEPT}),),
        ),
        Deed(
            "speak",
            lambda system: system.speak(VOICE, "Good evening.", None, AudioFormat.WAV, nothing),
            (Golden("GET", "/api-ws/v1/inference"),),
            paid=True,
            makes=False,
            reasons=OF_A_HANDSHAKE,
        ),
        Deed(
            "probe",
            lambda system: system.probe("intl"),
            (customization({"action": "list_voice", "page_size": 1, "page_index": 0}),),
        ),
    )

    def app(self) -> ModelStudio:
        kept = {
            "voice_id": KEPT,
            "status": "OK",
            "target_model": MODEL,
            "voice_prompt": PROMPT,
            "preview_text": PREVIEW,
        }
        return ModelStudio(cosyvoices={KEPT: {**kept, "gmt_create": "2025-12-10 14:54:09"}})

    def build(self, transport: Transport, codec: Codec) -> CosyVoice:
        return CosyVoice(transport, codec)
