from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from studio.domain.errors import Reason
from studio.domain.languages import Language
from studio.providers.model_studio_realtime import APPEND_MAX, Realtime
from tests.fakes.model_studio_sockets import Upset
from tests.providers.announcer import REALTIME
from tests.providers.live import SPOKEN_WITH, TEXT, Live, opened


@pytest.fixture
async def live() -> AsyncIterator[Live]:
    async with opened("qwen") as live:
        yield live


async def test_what_is_said_is_the_documents_own(live: Live) -> None:
    await live.heard()
    (request,) = live.server.requests
    assert (request.path, dict(request.query)) == ("/api-ws/v1/realtime", {"model": REALTIME})
    assert "x-dashscope-async" not in request.headers
    said = [dict(one) for one in live.sessions[0].heard]
    ids = [one.pop("event_id") for one in said]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith("event_") for one in ids)
    assert said == [
        {
            "type": "session.update",
            "session": {
                "voice": live.voice.voice_id,
                "mode": "server_commit",
                "response_format": "pcm",
                "sample_rate": 24000,
                "language_type": "English",
            },
        },
        {"type": "input_text_buffer.append", "text": TEXT},
        {"type": "session.finish"},
    ]


async def test_each_sentence_is_a_response_and_none_of_them_is_the_end(live: Live) -> None:
    pieces = await live.heard()
    told = live.sessions[0].told
    assert told.count("response.audio.done") == 2
    assert told[-1] == "session.finished"
    assert sum(piece.frames for piece in pieces) == len(live.sessions[0].sound) // 2


async def test_an_answer_that_left_something_out_is_cut(live: Live) -> None:
    live.fail(Upset(left_out=True))
    error = await live.refused()
    assert error.reason is Reason.SPEECH_CUT
    assert "incomplete" in error.detail


@pytest.mark.parametrize(
    ("upset", "reason"),
    [
        (Upset(after=0, say=b"\0\0\0\0"), Reason.UNREADABLE),
        (Upset(after=0, say={"type": "response.audio.delta", "delta": "%%%"}), Reason.UNREADABLE),
        (Upset(after=0, say={"type": "response.audio.delta", "delta": "T2dnUwACAAA="}), Reason.UNREADABLE_AUDIO),
    ],
)
async def test_sound_that_is_none(live: Live, upset: Upset, reason: Reason) -> None:
    live.fail(upset)
    assert (await live.refused()).reason is reason


@pytest.mark.parametrize("delta", [None, 7, "", []])
async def test_an_empty_piece_is_passed_over(live: Live, delta: object) -> None:
    live.fail(Upset(after=0, say={"type": "response.audio.delta", "delta": delta}))
    assert await live.heard()


@pytest.mark.parametrize("error", [{"error": "no object"}, {"code": "Throttling", "message": "slow"}])
async def test_an_error_of_another_shape_is_an_error(live: Live, error: dict[str, object]) -> None:
    live.fail(Upset(after=0, say={"type": "error", **error}))
    assert (await live.refused()).reason in (Reason.REFUSED, Reason.RATE_LIMITED)


@pytest.mark.parametrize(
    ("language", "text", "named"),
    [(Language.DE, "Guten Abend.", "German"), (Language.EN, "晚上好。", "Chinese"), (None, "Hello.", "Auto")],
)
async def test_the_language_goes_as_its_name(live: Live, language: Language | None, text: str, named: str) -> None:
    await live.heard(text, speaker=replace(live.voice, language=language))
    assert live.sessions[0].heard[0]["session"]["language_type"] == named


def test_long_texts_go_in_several_events_and_names_are_quoted() -> None:
    speaker = replace(SPOKEN_WITH["qwen"], target_model="qwen3-tts-realtime &x=1")
    dialogue = Realtime(speaker, "a" * (2 * APPEND_MAX + 1), "Auto")
    assert [len(one["text"]) for one in dialogue.opening()[1:-1]] == [APPEND_MAX, APPEND_MAX, 1]
    assert dialogue.path == "realtime?model=qwen3-tts-realtime%20%26x%3D1"
