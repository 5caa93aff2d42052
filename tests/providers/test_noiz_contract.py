from __future__ import annotations

from dataclasses import replace

from studio.domain.audio import AudioFormat
from studio.domain.briefs import CloneBrief
from studio.domain.errors import Reason
from studio.domain.languages import Language
from studio.domain.samples import Media, Sample
from studio.domain.voices import Origin
from studio.ports import Catalogue, Cloner, Codec, Probe, Speaker
from studio.providers.noiz import Noiz
from studio.providers.transport import Transport
from tests.fakes import noiz as pretend
from tests.fakes.exchange import Upload
from tests.fakes.gate import PLANTED_KEY
from tests.fakes.model_studio import tone
from tests.fakes.voices import voice
from tests.providers.contract import Deed, Golden, ProviderContract, nothing

SAMPLE = Sample(tone(1.0), Media.WAV, "Grandmother 1962.wav")
BY_FILE = CloneBrief("noiz", "My Custom Voice", SAMPLE, has_right=True, denoise=True, language=Language.EN)
BY_URL = CloneBrief("noiz", "My Custom Voice", sample_url="https://public.example/a.mp3", has_right=True)

NOVA, OWN, MADE = "voice000001", "voice000003", "voice000004"
VOICE = voice(system="noiz", voice_id=OWN, origin=Origin.CLONED, target_model="", language=Language.EN)

CLONE = Golden(
    "POST",
    "/voices",
    fields={"display_name": "My Custom Voice", "denoise": "true", "language": "en"},
    files={"file": Upload("Grandmother 1962.wav", "audio/wav", SAMPLE.data)},
)
CLONE_BY_URL = Golden(
    "POST", "/voices", fields={"voice_url": "https://public.example/a.mp3", "display_name": "My Custom Voice"}
)
SPEECH = {"text": "Hello there.", "voice_id": OWN, "output_format": "wav", "target_lang": "en"}
PAGE = {"voice_type": "custom", "skip": "0", "limit": "100"}
CUT = {"dropped before": Reason.ANSWER_CUT, "dropped after": Reason.ANSWER_CUT, "half a body": Reason.ANSWER_CUT}


class TestNoiz(ProviderContract):
    account = "noiz"
    authorization = PLANTED_KEY
    offers = frozenset({Cloner, Catalogue, Speaker, Probe})
    deeds = (
        Deed("clone", lambda noiz: noiz.clone(BY_FILE, nothing), (CLONE, Golden("GET", f"/voices/{MADE}")), paid=True),
        Deed(
            "clone by address",
            lambda noiz: noiz.clone(BY_URL, nothing),
            (CLONE_BY_URL, Golden("GET", f"/voices/{MADE}")),
            paid=True,
        ),
        Deed(
            "voices",
            lambda noiz: noiz.voices("", None, "", nothing),
            (Golden("GET", "/voices", query=PAGE),),
        ),
        Deed(
            "voices built in, by keyword",
            lambda noiz: noiz.voices("", Origin.BUILT_IN, "nova", nothing),
            (Golden("GET", "/voices", query=PAGE | {"voice_type": "built-in", "keyword": "nova"}),),
        ),
        Deed(
            "look_up",
            lambda noiz: noiz.look_up(OWN, ""),
            (Golden("GET", f"/voices/{OWN}"),),
            reasons={"404": Reason.NO_SUCH_VOICE},
        ),
        Deed(
            "delete",
            lambda noiz: noiz.delete(VOICE),
            (Golden("DELETE", f"/voices/{OWN}"),),
            reasons={"404": None},
        ),
        Deed(
            "speak",
            lambda noiz: noiz.speak(VOICE, "Hello there.", None, AudioFormat.WAV, nothing),
            (Golden("POST", "/text-to-speech", fields=SPEECH),),
            paid=True,
            makes=False,
            reasons={**CUT, "404": Reason.NO_SUCH_VOICE, "cut": None},
        ),
        Deed(
            "speak as MP3",
            lambda noiz: noiz.speak(replace(VOICE, language=None), "Hello there.", None, AudioFormat.MP3, nothing),
            (
                Golden(
                    "POST",
                    "/text-to-speech",
                    fields={"text": "Hello there.", "voice_id": OWN, "output_format": "mp3"},
                ),
            ),
            paid=True,
            makes=False,
            reasons={**CUT, "404": Reason.NO_SUCH_VOICE, "cut": None},
        ),
        Deed(
            "probe",
            lambda noiz: noiz.probe(""),
            (Golden("GET", "/voices", query=PAGE | {"limit": "1"}),),
        ),
    )

    def app(self) -> pretend.Noiz:
        app = pretend.Noiz(key=PLANTED_KEY)
        assert app.add("Mine") == OWN
        return app

    def build(self, transport: Transport, codec: Codec) -> Noiz:
        return Noiz(transport, codec)
