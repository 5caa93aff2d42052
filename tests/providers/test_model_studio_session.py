"""What both WebSockets of Model Studio have in common: how a text ends, well or not."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from studio.domain.audio import AudioFormat, Pcm
from studio.domain.errors import Reason
from studio.providers.model_studio_session import address
from studio.providers.sockets import MESSAGE_MAX
from tests.fakes.gate import PLANTED_KEY
from tests.fakes.model_studio_sockets import Upset
from tests.providers.announcer import nothing
from tests.providers.live import IMPATIENT, TEXT, Live, opened, samples

SECOND = "a second text that is as long as the first one was"


@pytest.fixture(params=["qwen", "cosyvoice"])
async def live(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Live]:
    caplog.set_level(logging.DEBUG)
    async with opened(request.param) as live:
        yield live
    for record in caplog.get_records("call"):
        assert PLANTED_KEY not in f"{record.getMessage()} {record.args} {record.exc_text}"


@pytest.fixture(params=["qwen", "cosyvoice"])
async def impatient(request: pytest.FixtureRequest) -> AsyncIterator[Live]:
    async with opened(request.param, IMPATIENT) as live:
        yield live


async def test_pieces_are_the_sound_that_was_sent_and_each_text_has_a_session(live: Live) -> None:
    for text in (TEXT, SECOND):
        pieces = await live.heard(text)
        assert len(pieces) > 1
        assert {piece.rate_hz for piece in pieces} == {24_000}
        assert samples(pieces) == live.sessions[-1].sound
    assert [session.text for session in live.sessions] == [TEXT, SECOND]
    assert [session.ended for session in live.sessions] == ["finished", "finished"]
    assert live.system.streams(live.voice)


async def test_the_first_piece_is_heard_before_the_last_is_made(live: Live) -> None:
    live.fail(Upset(after=1, held=True))
    stream = live.system.stream(live.voice, TEXT)
    assert (await anext(stream)).frames == 2_400
    assert live.sessions[0].ended == ""
    live.studio.sockets.released.set()
    assert sum([piece.frames async for piece in stream]) > 0
    assert live.sessions[0].ended == "finished"


async def test_a_long_text_is_spoken_whole(live: Live) -> None:
    text = " ".join(f"This is sentence number {at} of a tale that takes its time." for at in range(60))
    told: list[float | None] = []
    clip = await live.system.speak(live.voice, text, 16_000, AudioFormat.FLAC, told.append)
    assert (clip.format, clip.rate_hz) == (AudioFormat.FLAC, 16_000)
    assert " ".join(session.text for session in live.sessions) == text
    assert len(live.sessions) > 1
    assert clip.seconds == pytest.approx(sum(len(one.sound) for one in live.sessions) / 48_000, abs=0.01)
    assert told[-1] == 1.0


async def test_a_wav_that_is_cut_up_is_one_sound(live: Live) -> None:
    live.fail(Upset(riff=True))
    pieces = await live.heard()
    headers = live.sessions[0].sound.count(b"RIFF")
    assert headers
    assert len(samples(pieces)) == len(live.sessions[0].sound) - 44 * headers


# -- ends that are none -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "upset",
    [
        Upset(after=2, close=(1000, "")),
        Upset(after=2, close=(1011, "sorry")),
        Upset(after=2, end=True),
        Upset(after=2, drop=True),
    ],
)
async def test_what_breaks_off_after_a_sound_is_cut(live: Live, upset: Upset) -> None:
    live.fail(upset)
    came: list[Pcm] = []
    error = await live.refused(came)
    assert (error.reason, error.retryable, len(came)) == (Reason.SPEECH_CUT, True, 2)
    assert error.request_id


@pytest.mark.parametrize(
    "upset",
    [Upset(mute=True), Upset(after=0, close=(1000, "")), Upset(after=0, close=(1011, "")), Upset(after=0, end=True)],
)
async def test_an_end_without_a_sound_names_voice_and_model(live: Live, upset: Upset) -> None:
    live.fail(upset)
    error = await live.refused()
    assert (error.reason, error.retryable) == (Reason.NO_SOUND_CAME, False)
    assert live.voice.voice_id in error.detail
    assert live.voice.target_model in error.detail


async def test_a_network_that_breaks_before_a_sound_is_no_fault_of_the_voice(live: Live) -> None:
    live.fail(Upset(after=0, drop=True))
    error = await live.refused()
    assert (error.reason, error.retryable) == (Reason.ANSWER_CUT, True)


async def test_a_goodbye_with_a_reason_is_a_refusal(live: Live) -> None:
    live.fail(Upset(after=0, close=(1007, "Model not found")))
    assert (await live.refused()).reason is Reason.MODEL_NOT_HERE
    live.fail(Upset(after=0, close=(1008, f"no such key: {PLANTED_KEY}")))
    assert (await live.refused()).reason is Reason.NO_SOUND_CAME


@pytest.mark.parametrize(
    ("code", "words", "reason", "retryable"),
    [
        ("InvalidApiKey", "Invalid API-key provided.", Reason.KEY_REFUSED, False),
        ("AccessDenied.Unpurchased", "Access to model denied.", Reason.NOT_ALLOWED, False),
        ("Arrearage", "Access denied, please make sure your account is in good standing.", Reason.NO_CREDIT, False),
        ("Throttling.RateQuota", "Requests rate limit exceeded.", Reason.RATE_LIMITED, True),
        ("Throttling.AllocationQuota", "Allocated quota exceeded.", Reason.RATE_LIMITED, True),
        ("DataInspectionFailed", "inappropriate content", Reason.CONTENT_REFUSED, False),
        ("InternalError", "Internal server error!", Reason.SERVER_FAILED, True),
        ("RequestTimeOut", "Request timed out.", Reason.TIMED_OUT, True),
        ("ModelNotFound", "Model not found", Reason.MODEL_NOT_HERE, False),
        ("invalid_value", "The requested voice 'x' is not supported.", Reason.NO_SOUND_CAME, False),
        ("InvalidParameter", "[tts:]Engine return error code: 418", Reason.NO_SOUND_CAME, False),
        ("InvalidParameter", "request timeout after 23 seconds.", Reason.REFUSED, False),
        ("", "", Reason.REFUSED, False),
        ("Success", PLANTED_KEY, Reason.REFUSED, False),
        (PLANTED_KEY, PLANTED_KEY, Reason.REFUSED, False),
    ],
)
async def test_an_error_in_the_session_has_its_reason(
    live: Live, code: str, words: str, reason: Reason, retryable: bool
) -> None:
    live.fail(Upset(after=0, error=(code, words)))
    error = await live.refused()
    assert (error.reason, error.retryable) == (reason, retryable)
    assert reason is not Reason.NO_SOUND_CAME or live.voice.voice_id in error.detail
    assert error.request_id


async def test_an_error_behind_a_sound_is_told_as_it_is(live: Live) -> None:
    live.fail(Upset(after=1, error=("Throttling", "Requests throttling triggered.")))
    came: list[Pcm] = []
    assert ((await live.refused(came)).reason, len(came)) == (Reason.RATE_LIMITED, 1)


@pytest.mark.parametrize(
    ("upset", "reason"),
    [
        (Upset(after=1, say="<html>"), Reason.NOT_JSON),
        (Upset(after=1, say="[1]"), Reason.UNREADABLE),
        (Upset(after=1, say='{"type": '), Reason.ANSWER_CUT),
        (Upset(after=1, say=f'"{PLANTED_KEY}"'), Reason.UNREADABLE),
        (Upset(after=1, text=b'{"type": "\xff\xfe"}'), Reason.UNREADABLE),
        (Upset(after=1, text=b'{"type": "\xff\xfe"}', close=(1000, "")), Reason.UNREADABLE),
        (Upset(after=1, say="{" + " " * MESSAGE_MAX + "}"), Reason.TOO_BIG),
        (Upset(after=1, say="[" * 100_000), Reason.ANSWER_CUT),
    ],
    ids=["html", "list", "half", "key", "no text", "no text and gone", "big", "deep"],
)
async def test_garbage_is_never_sound_and_never_a_bug(live: Live, upset: Upset, reason: Reason) -> None:
    live.fail(upset)
    error = await live.refused()
    expected = Reason.SPEECH_CUT if reason is Reason.ANSWER_CUT else reason
    assert error.reason is expected
    assert error.detail


@pytest.mark.parametrize("say", [{}, {"type": None, "header": 7}, {"type": "unheard.of", "header": {"event": []}}])
async def test_events_that_are_not_known_are_passed_over(live: Live, say: dict[str, object]) -> None:
    live.fail(Upset(after=1, say=say))
    assert samples(await live.heard()) == live.sessions[0].sound


# -- deadlines --------------------------------------------------------------------------------------------------------


async def test_a_server_that_says_nothing_is_not_waited_for_for_ever(impatient: Live) -> None:
    impatient.fail(Upset(silent=True))
    error = await impatient.refused()
    assert (error.reason, error.retryable) == (Reason.TIMED_OUT, True)
    await impatient.server.left_alone()


async def test_a_server_that_falls_silent_in_the_middle_has_cut_it(impatient: Live) -> None:
    impatient.fail(Upset(after=1, held=True))
    came: list[Pcm] = []
    error = await impatient.refused(came)
    assert (error.reason, len(came)) == (Reason.SPEECH_CUT, 1)
    await impatient.server.left_alone()
    assert impatient.sessions[0].ended == "cancelled"


async def test_whoever_listens_may_take_their_time(impatient: Live) -> None:
    stream = impatient.system.stream(impatient.voice, TEXT)
    heard = [await anext(stream)]
    await asyncio.sleep(2 * IMPATIENT.sound_s)
    heard += [piece async for piece in stream]
    assert samples(heard) == impatient.sessions[0].sound


# -- stopping ---------------------------------------------------------------------------------------------------------


async def test_closing_the_stream_cancels_at_the_server(live: Live) -> None:
    live.fail(Upset(after=1, held=True))
    stream = live.system.stream(live.voice, TEXT)
    await anext(stream)
    await stream.aclose()
    await live.server.left_alone()
    assert live.sessions[0].ended == "cancelled"
    assert len(live.sessions[0].sound) == 4_800


async def test_cancelling_who_listens_cancels_at_the_server(live: Live) -> None:
    live.fail(Upset(after=1, held=True))
    first = asyncio.Event()

    async def listen() -> None:
        async for _ in live.system.stream(live.voice, TEXT):
            first.set()

    task = asyncio.ensure_future(listen())
    await first.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await live.server.left_alone()
    assert live.sessions[0].ended == "cancelled"


async def test_cancelling_speech_that_is_gathered(live: Live) -> None:
    live.fail(Upset(after=0, held=True))
    speech = live.system.speak(live.voice, TEXT, None, AudioFormat.WAV, nothing)
    task = asyncio.ensure_future(speech)
    await live.server.arrived()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await live.server.left_alone()


async def test_gathered_speech_is_whole_or_nothing(live: Live) -> None:
    from studio.domain.errors import StudioError

    live.fail(Upset(after=1, close=(1011, "")))
    with pytest.raises(StudioError) as caught:
        await live.system.speak(live.voice, TEXT, None, AudioFormat.WAV, nothing)
    assert (caught.value.reason, caught.value.retryable) == (Reason.ANSWER_CUT, True)


# -- who is spoken with -----------------------------------------------------------------------------------------------


async def test_a_voice_of_another_model_is_no_voice_there(live: Live) -> None:
    other = {"qwen": "qwen3-tts-vd-realtime-2030-01-01", "cosyvoice": "cosyvoice-v9-max"}[live.voice.system]
    error = await live.refused(speaker=replace(live.voice, target_model=other))
    assert error.reason is Reason.NO_SOUND_CAME
    assert other in error.detail


async def test_ids_of_any_length_end_up_short_in_errors(live: Live) -> None:
    error = await live.refused(speaker=replace(live.voice, voice_id="v" * 700_000))
    assert error.reason is Reason.NO_SOUND_CAME
    assert len(error.detail) < 2_000


async def test_the_workspace_goes_along(live: Live) -> None:
    await live.heard()
    live.gate.workspace = "ws-1"
    await live.heard()
    assert [one.headers.get("x-dashscope-workspace") for one in live.server.requests] == [None, "ws-1"]


@pytest.mark.parametrize(
    ("base_url", "due"),
    [
        ("https://dashscope.aliyuncs.com/api/v1", "wss://dashscope.aliyuncs.com/api-ws/v1/inference"),
        (
            "https://ws-1.cn-beijing.maas.aliyuncs.com/api/v1",
            "wss://ws-1.cn-beijing.maas.aliyuncs.com/api-ws/v1/inference",
        ),
        ("https://proxy.example/far/api/v1", "wss://proxy.example/far/api-ws/v1/inference"),
        ("http://127.0.0.1:8080/api/v1", "ws://127.0.0.1:8080/api-ws/v1/inference"),
        ("https://[::1]:8443/v2", "wss://[::1]:8443/v2/api-ws/v1/inference"),
    ],
)
def test_where_the_websockets_are(base_url: str, due: str) -> None:
    assert address(base_url, "inference") == due
