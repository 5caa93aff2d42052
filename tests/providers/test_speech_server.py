from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace

import numpy as np
import pytest

from studio.audio.codec import SoundFileCodec
from studio.domain.accounts import Role
from studio.domain.audio import AudioFormat, Clip, Pcm
from studio.domain.briefs import Brief, CloneBrief
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.samples import Media, Sample
from studio.domain.voices import Origin, Voice
from studio.ports import Streamer
from studio.providers.speech_server import INFO, SpeechServer
from studio.providers.speech_server_voices import is_ours
from studio.providers.transport import Transport
from tests.fakes.exchange import half, held_half, page, status
from tests.fakes.gate import FixedGate, Pauses
from tests.fakes.model_studio import tone
from tests.fakes.profiles import MemoryProfiles
from tests.fakes.server import PretendServer
from tests.fakes.speech_server import CLONE, CUSTOM, DESIGN, reference_of
from tests.fakes.speech_server import SpeechServer as Pretend
from tests.fakes.voices import voice

BRIEF = Brief("speech-server", "A warm voice", "Hello to all of you.", Language.EN, name="  Anna  B ")
SAMPLE = CloneBrief(
    "speech-server", "Bert", Sample(tone(2.0), Media.WAV), transcript="It is me.", language=Language.EN, has_right=True
)
VIVIAN = voice(system="speech-server", voice_id="vivian", origin=Origin.BUILT_IN, language=None, recipe="")


def nothing(_: float | None) -> None: ...


async def no_receipt(_: str) -> None: ...


@dataclass
class Stage:
    system: SpeechServer
    app: Pretend
    server: PretendServer
    gate: FixedGate
    profiles: MemoryProfiles

    @property
    def asked(self) -> list[tuple[str, str]]:
        return [(request.method, request.path) for request in self.server.requests]

    async def designed(self, brief: Brief = BRIEF) -> Voice:
        return (await self.system.design(brief, nothing, no_receipt)).voice

    async def said(self, one: Voice, text: str = "Good evening.") -> Clip:
        return await self.system.speak(one, text, None, AudioFormat.WAV, nothing)

    async def heard(self, one: Voice, text: str = "Good evening.") -> list[Pcm]:
        async with aclosing(self.system.stream(one, text)) as pieces:
            return [piece async for piece in pieces]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    app = Pretend()
    async with PretendServer(app) as server:
        gate, profiles = FixedGate(f"{server.url}/v1", ""), MemoryProfiles()
        transport = Transport(gate, Pauses())
        yield Stage(SpeechServer(transport, SoundFileCodec(), profiles), app, server, gate, profiles)
        await transport.aclose()
        assert server.complaints == []


def refused(reason: Reason) -> pytest.RaisesExc[StudioError]:
    return pytest.raises(StudioError, match=f"^{reason.value}")


# -- voices that are made here ---------------------------------------------------------------------------------------


async def test_a_designed_voice_is_clip_and_words_and_speaks_by_being_cloned(stage: Stage) -> None:
    designed = await stage.system.design(BRIEF, nothing, no_receipt)
    one = designed.voice
    assert (one.name, one.origin, one.account, one.language) == ("Anna B", Origin.DESIGNED, "", Language.EN)
    assert (one.description, one.preview_text) == (BRIEF.description, BRIEF.preview_text)
    assert is_ours(one.voice_id)
    assert designed.preview
    await stage.said(one)
    asked = stage.app.spoken[-1]
    assert reference_of(asked) == designed.preview.data
    assert (asked["task_type"], asked["ref_text"], asked["language"]) == ("Base", BRIEF.preview_text, "English")
    await stage.said(one, "Добрый вечер.")
    assert stage.app.spoken[-1]["language"] == "Russian"


async def test_a_preview_comes_as_it_was_asked_for(stage: Stage) -> None:
    designed = await stage.system.design(replace(BRIEF, rate_hz=16_000, format=AudioFormat.FLAC), nothing, no_receipt)
    assert designed.preview
    assert (designed.preview.rate_hz, designed.preview.format) == (16_000, AudioFormat.FLAC)
    await stage.said(designed.voice)
    assert reference_of(stage.app.spoken[-1]).startswith(b"RIFF")


async def test_of_a_long_preview_the_beginning_is_kept_without_its_words(stage: Stage) -> None:
    stage.app.a_character_s = 2.0
    one = await stage.designed()
    await stage.said(one, "Hi.")
    asked = stage.app.spoken[-1]
    assert "ref_text" not in asked
    assert asked["x_vector_only_mode"] is True
    kept = await SoundFileCodec().measured(reference_of(asked), AudioFormat.WAV, 0)
    assert kept.seconds == pytest.approx(28.0)


async def test_without_a_server_that_clones_the_words_of_the_design_speak(stage: Stage) -> None:
    one = await stage.designed()
    stage.gate.roles = (Role.DESIGN,)
    await stage.said(one)
    asked = stage.app.spoken[-1]
    assert (asked["task_type"], asked["instructions"]) == ("VoiceDesign", BRIEF.description)
    stage.gate.roles = (Role.CUSTOM,)
    with refused(Reason.ADDRESS_MISSING) as caught:
        await stage.said(one)
    assert (caught.value.code, caught.value.system) == ("clone", "speech-server")


@pytest.mark.parametrize(("transcript", "said"), [("It is me.", {"ref_text": "It is me."}), (" ", {})])
async def test_a_clone_is_its_sample_and_what_is_said_in_it(
    stage: Stage, transcript: str, said: dict[str, str]
) -> None:
    cloned = (await stage.system.clone(replace(SAMPLE, transcript=transcript), nothing)).voice
    assert [one["input"] for one in stage.app.spoken] == ["Hello."]
    await stage.said(cloned)
    assert SAMPLE.sample
    asked = stage.app.spoken[-1]
    assert reference_of(asked) == SAMPLE.sample.data
    assert {name: asked[name] for name in asked if name == "ref_text"} == said


async def test_a_sample_keeps_its_kind(stage: Stage) -> None:
    sample = Sample(tone(2.0, AudioFormat.MP3), Media.MP3)
    cloned = (await stage.system.clone(replace(SAMPLE, sample=sample, language=None), nothing)).voice
    await stage.said(cloned)
    assert stage.app.spoken[-1]["ref_audio"].startswith("data:audio/mpeg;base64,")
    assert "language" not in stage.app.spoken[-1]


async def test_a_voice_whose_clip_is_gone_or_damaged(stage: Stage) -> None:
    one = await stage.designed()
    stage.profiles.kept[one.voice_id] = b"no such thing"
    with refused(Reason.CANNOT_SPEAK):
        await stage.said(one)
    stage.profiles.kept.clear()
    with refused(Reason.CANNOT_SPEAK) as caught:
        await stage.said(one)
    assert caught.value.system == "speech-server"
    with refused(Reason.NO_SUCH_VOICE):
        await stage.system.look_up(one.voice_id, "")


async def test_what_is_made_here_needs_no_server_to_be_looked_up_or_deleted(stage: Stage) -> None:
    one = await stage.designed()
    before = len(stage.asked)
    found = await stage.system.look_up(one.voice_id, "")
    assert replace(found, library_id=one.library_id) == one
    await stage.system.delete(one)
    assert await stage.system.voices("", Origin.DESIGNED, "", nothing) == ()
    assert len(stage.asked) == before


# -- what a server can't do ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "act"),
    [
        (Role.DESIGN, lambda stage: stage.designed()),
        (Role.CLONE, lambda stage: stage.system.clone(SAMPLE, nothing)),
        (Role.CUSTOM, lambda stage: stage.said(VIVIAN)),
        (Role.CUSTOM, lambda stage: stage.heard(VIVIAN)),
        (Role.CUSTOM, lambda stage: stage.system.voices("", Origin.BUILT_IN, "", nothing)),
        (Role.CUSTOM, lambda stage: stage.system.look_up("vivian", "")),
    ],
)
async def test_a_role_without_an_address_sends_nothing(
    stage: Stage, role: Role, act: Callable[[Stage], AsyncIterator[object]]
) -> None:
    stage.gate.roles = ()
    with refused(Reason.ADDRESS_MISSING) as caught:
        await act(stage)  # pyright: ignore[reportGeneralTypeIssues]
    assert (caught.value.code, caught.value.system) == (role.value, "speech-server")
    assert stage.asked == []


async def test_a_server_that_holds_another_model_says_so(stage: Stage) -> None:
    stage.app.tasks = (CUSTOM,)
    for act in (stage.designed(), stage.system.clone(SAMPLE, nothing)):
        with refused(Reason.NOT_SERVED) as caught:
            await act
        assert "does not support task_type" in caught.value.detail
        assert not caught.value.maybe_done
    assert stage.profiles.kept == {}


@pytest.mark.parametrize(
    ("code", "words", "reason"),
    [
        (400, "ref_audio duration must be at most 30.0s", Reason.SAMPLE_REFUSED),
        (413, "too large", Reason.SAMPLE_REFUSED),
        (405, "Method Not Allowed", Reason.NOT_SERVED),
        (400, "Input text cannot be empty", Reason.REFUSED),
    ],
)
async def test_refusals(stage: Stage, code: int, words: str, reason: Reason) -> None:
    stage.server.fail(status(code, json={"detail": words}), when=lambda request: request.method == "POST")
    with refused(reason):
        await stage.system.clone(SAMPLE, nothing)


async def test_a_server_without_lists_is_asked_without_a_model_and_knows_what_one_types(stage: Stage) -> None:
    stage.app.lacks = frozenset({"models", "voices"})
    found = await stage.system.look_up("vivian", "")
    assert (found.voice_id, found.origin) == ("vivian", Origin.BUILT_IN)
    await stage.said(found)
    assert stage.app.spoken == [{"input": "Good evening.", "voice": "vivian", "response_format": "wav"}]
    assert await stage.system.voices("", Origin.BUILT_IN, "", nothing) == ()
    assert (await stage.system.probe("")).voices is None


async def test_an_address_is_not_cloned_from(stage: Stage) -> None:
    with refused(Reason.NOT_OFFERED):
        await stage.system.clone(replace(SAMPLE, sample=None, sample_url="https://a.example/b.wav"), nothing)
    assert stage.asked == []


# -- voices that the server has --------------------------------------------------------------------------------------


async def test_presets_and_voices_that_were_given_to_a_server(stage: Stage) -> None:
    stage.app.give("anna/1", ref_text="It is me.", speaker_description="warm")
    stage.gate.roles = (Role.CLONE,)
    presets = await stage.system.voices("", Origin.BUILT_IN, "", nothing)
    assert [one.voice_id for one in presets] == ["clone/ryan", "clone/vivian"]
    (given,) = await stage.system.voices("", None, "", nothing)
    assert (given.voice_id, given.name, given.origin) == ("clone/anna/1", "anna/1", Origin.CLONED)
    assert (given.description, given.preview_text) == ("warm", "It is me.")
    await stage.said(given)
    assert (stage.app.spoken[-1]["voice"], "task_type" in stage.app.spoken[-1]) == ("anna/1", False)
    assert (await stage.system.look_up(given.voice_id, "")).name == "anna/1"
    await stage.system.delete(given)
    await stage.system.delete(given)
    assert stage.asked[-1] == ("DELETE", "/v1/audio/voices/anna%2F1")
    with refused(Reason.NO_SUCH_VOICE):
        await stage.system.look_up(given.voice_id, "")
    with refused(Reason.NOT_DELETABLE):
        await stage.system.delete(presets[0])


async def test_one_server_for_everything_is_asked_once(stage: Stage) -> None:
    presets = await stage.system.voices("", Origin.BUILT_IN, "VIV", nothing)
    assert [one.voice_id for one in presets] == ["vivian"]
    assert len(stage.asked) == 1
    assert (await stage.system.probe("")).voices == 2
    assert len(stage.asked) == 2


async def test_a_page_is_told(stage: Stage) -> None:
    told: list[tuple[Voice, ...]] = []

    async def page_came(voices: tuple[Voice, ...]) -> None:
        told.append(voices)

    listed = await stage.system.voices("", Origin.BUILT_IN, "", nothing, page_came)
    assert told == [listed]


async def test_a_test_names_the_server_that_fails(stage: Stage) -> None:
    stage.gate.roles = (Role.CLONE,)
    stage.server.fail(status(401))
    with refused(Reason.KEY_REFUSED) as caught:
        await stage.system.probe("")
    assert caught.value.detail.startswith("clone, http://127.0.0.1")
    stage.gate.roles = ()
    with refused(Reason.ADDRESS_MISSING):
        await stage.system.probe("")


# -- streaming -------------------------------------------------------------------------------------------------------


def joined(pieces: list[Pcm]) -> np.ndarray:
    assert all(piece.channels == 1 for piece in pieces)
    return np.concatenate([piece.samples[:, 0] for piece in pieces])


async def the_same(stage: Stage, pieces: list[Pcm]) -> bool:
    whole = await SoundFileCodec().decode(await stage.said(VIVIAN))
    return {piece.rate_hz for piece in pieces} == {whole.rate_hz} and np.array_equal(
        joined(pieces), whole.samples[:, 0]
    )


@pytest.mark.parametrize("bare", [False, True])
async def test_speech_comes_in_pieces(stage: Stage, bare: bool) -> None:
    stage.app.bare = bare
    assert isinstance(stage.system, Streamer)
    assert stage.system.streams(VIVIAN)
    stage.app.rate_hz = 44_100
    pieces = await stage.heard(VIVIAN)
    assert len(pieces) > 1
    assert await the_same(stage, pieces)


async def test_a_server_that_streams_raw_samples_only(stage: Stage) -> None:
    stage.app.streams_as = ("pcm",)
    assert await the_same(stage, await stage.heard(VIVIAN))
    before = len(stage.asked)
    await stage.heard(VIVIAN)
    assert stage.asked[before:] == [("GET", "/v1/models"), ("POST", "/v1/audio/speech")]  # it is remembered


async def test_a_server_that_streams_nothing_gives_the_whole(stage: Stage) -> None:
    stage.app.streams_as = ()
    pieces = await stage.heard(VIVIAN)
    assert len(pieces) == 1
    assert await the_same(stage, pieces)


async def test_a_designed_voice_streams_too(stage: Stage) -> None:
    one = await stage.designed()
    assert len(await stage.heard(one)) > 1
    assert stage.app.spoken[-1]["task_type"] == "Base"


@pytest.mark.parametrize("fails", ["", "the engine died"])
async def test_a_stream_that_ends_before_it_says_so_is_cut(stage: Stage, fails: str) -> None:
    stage.app.breaks_off, stage.app.fails = 2, fails
    heard: list[Pcm] = []
    with refused(Reason.SPEECH_CUT) as caught:
        async for piece in stage.system.stream(VIVIAN, "Good evening."):
            heard.append(piece)
    assert len(heard) == 2
    assert fails in caught.value.detail
    assert caught.value.retryable or fails
    assert not caught.value.maybe_done


@pytest.mark.parametrize("bare", [False, True])
async def test_a_connection_that_breaks_is_cut(stage: Stage, bare: bool) -> None:
    stage.app.bare = bare
    stage.server.fail(half(), when=lambda request: request.method == "POST")
    with refused(Reason.SPEECH_CUT):
        await stage.heard(VIVIAN)


async def test_a_stream_without_a_sound_names_voice_and_model(stage: Stage) -> None:
    stage.app.breaks_off = 0
    with refused(Reason.NO_SOUND_CAME) as caught:
        await stage.heard(replace(VIVIAN, target_model="m-1"))
    assert caught.value.detail.startswith("vivian · m-1")


async def test_what_went_wrong_before_a_sound_is_said_as_it_is(stage: Stage) -> None:
    stage.app.breaks_off, stage.app.fails = 0, "out of memory"
    with refused(Reason.SERVER_FAILED) as caught:
        await stage.heard(VIVIAN)
    assert (caught.value.detail, caught.value.system) == ("out of memory", "speech-server")
    stage.app.tasks = (DESIGN, CLONE)
    with refused(Reason.NOT_SERVED):
        await stage.heard(VIVIAN)
    stage.server.fail(page(200), when=lambda request: request.method == "POST")
    with refused(Reason.NOT_JSON):
        await stage.heard(VIVIAN)


async def test_closing_hangs_up(stage: Stage) -> None:
    stage.server.fail(held_half(), when=lambda request: request.method == "POST")
    async with aclosing(stage.system.stream(VIVIAN, "Good evening.")) as pieces:
        await anext(pieces)
    await stage.server.left_alone()


# -- keys and addresses ----------------------------------------------------------------------------------------------


async def test_plain_http_in_ones_own_network_is_fine_without_a_key(stage: Stage) -> None:
    stage.gate.base_url = stage.gate.base_url.replace("127.0.0.1", "0.0.0.0")  # noqa: S104 - a host that isn't loopback
    await stage.said(VIVIAN)
    stage.gate.key = "sk-1"
    with refused(Reason.INSECURE_ADDRESS):
        await stage.said(VIVIAN)


def test_what_it_says_of_itself() -> None:
    assert not INFO.needs_key
    assert not INFO.lists_own
    limits = INFO.design_model().limits
    assert limits.languages == tuple(Language)
    assert INFO.clone_model().limits.takes_transcript
