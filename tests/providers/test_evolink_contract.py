from __future__ import annotations

import re
from dataclasses import replace
from itertools import count

import pytest

from studio.domain.audio import AudioFormat
from studio.domain.errors import Reason
from studio.domain.voices import Origin
from studio.ports import Codec, Designer, Probe, Speaker, TaskDesigner
from studio.providers.evolink import EvoLink
from studio.providers.transport import Transport
from tests.fakes import evolink as pretend
from tests.fakes.gate import PLANTED_KEY
from tests.fakes.voices import voice
from tests.providers.contract import Deed, Golden, ProviderContract, forgotten, nothing
from tests.providers.evolink_scene import BRIEF, EXAMPLE, FIRST_TASK, order

KEPT = "qwen-tts-vd-announcer-voice-20260402-0001"
VOICE = voice(system="evolink", voice_id=KEPT, origin=Origin.DESIGNED, target_model="qwen3-tts-vd-2026-01-26")
ORDER = order(FIRST_TASK)

CREATE = Golden("POST", "/v1/audios/generations", EXAMPLE)
POLL = Golden("GET", "/v1/tasks/task-unified-1775123456-00000002")
LINK = Golden("GET", re.compile(r"/files/sound-[12]\.wav"), keyed=False)
SPEECH = {"model": "qwen3-tts-vd", "prompt": "Hello there.", "voice": KEPT, "language_type": "English"}

MAY_STILL_COME = {"dropped before": Reason.ANSWER_CUT, "dropped after": Reason.ANSWER_CUT}


class TestEvoLink(ProviderContract):
    account = "evolink"
    authorization = f"Bearer {PLANTED_KEY}"
    base_path = "/v1"
    offers = frozenset({Designer, TaskDesigner, Speaker, Probe})
    deeds = (
        Deed(
            "design",
            lambda evolink: evolink.design(BRIEF, nothing, forgotten),
            (CREATE, POLL, POLL, POLL, LINK),
            paid=True,
        ),
        Deed(
            "resume",
            lambda evolink: evolink.resume(ORDER, nothing),
            (Golden("GET", f"/v1/tasks/{FIRST_TASK}"), LINK),
            reasons={"429": Reason.STILL_RUNNING},  # too many questions only slow the waiting
        ),
        Deed(
            "speak",
            lambda evolink: evolink.speak(VOICE, "Hello there.", None, AudioFormat.WAV, nothing),
            (replace(CREATE, json=SPEECH), POLL, POLL, POLL, LINK),
            paid=True,
            makes=False,
            reasons={**MAY_STILL_COME, "half a body": Reason.ANSWER_CUT},
        ),
        Deed("probe", lambda evolink: evolink.probe(""), (Golden("GET", "/v1/credits"),)),
    )

    def app(self) -> pretend.EvoLink:
        app = pretend.EvoLink(key=PLANTED_KEY)
        assert app.done_before(EXAMPLE) == FIRST_TASK
        return app

    def build(self, transport: Transport, codec: Codec) -> EvoLink:
        return EvoLink(transport, codec)

    @pytest.fixture(autouse=True)
    def _time_that_passes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Every look at the clock is five seconds after the one before."""
        seconds = count(step=5)
        monkeypatch.setattr("studio.providers.polling.monotonic", lambda: float(next(seconds)))
