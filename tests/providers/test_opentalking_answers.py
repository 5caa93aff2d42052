from __future__ import annotations

import json
from dataclasses import replace

import pytest

from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Origin
from studio.providers import opentalking_answers as answers
from studio.providers.transport import Answer


def answer(status: int, body: object, *, paid: bool = False) -> Answer:
    data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    return Answer("opentalking", status, data, {}, paid)


def listed(*items: object) -> tuple[answers.Row, ...]:
    return answers.rows(answer(200, {"items": list(items)}))


ITEM = {
    "id": 1,
    "user_id": None,
    "provider": "dashscope",
    "voice_id": "u3e7c12ab",
    "display_label": "Alice's Voice",
    "target_model": "qwen3-tts-flash-realtime",
    "source": "clone",
}
"""Seed 004, `GET /voices`."""


@pytest.mark.parametrize(
    ("status", "body", "reason", "words"),
    [
        (400, {"detail": "text is empty"}, Reason.REFUSED, "text is empty"),
        (422, {"detail": "text is required"}, Reason.REFUSED, "text is required"),
        (
            422,
            {"detail": [{"loc": ["body", "audio"], "msg": "Field required"}, {"msg": "odd"}]},
            Reason.REFUSED,
            "body.audio: Field required; odd",
        ),
        (413, {"detail": "too big"}, Reason.SAMPLE_REFUSED, "too big"),
        (404, {"detail": "not found"}, Reason.REFUSED, "not found"),
        (502, {"detail": "TTS preview failed: 音色不存在"}, Reason.SERVER_FAILED, "TTS preview failed: 音色不存在"),
        (500, b"Internal Server Error", Reason.SERVER_FAILED, "Internal Server Error"),
        (200, {"ok": False, "message": "no"}, Reason.REFUSED, "no"),
        (429, {"detail": "slow down"}, Reason.RATE_LIMITED, "slow down"),
        (429, {"detail": "voice quota exceeded"}, Reason.QUOTA_FULL, "voice quota exceeded"),
        (429, b"insufficient credits", Reason.NO_CREDIT, "insufficient credits"),
    ],
)
def test_refusals_come_with_the_servers_words(status: int, body: object, reason: Reason, words: str) -> None:
    error = answers.refused(answer(status, body))
    assert error is not None
    assert (error.reason, error.detail, error.code) == (reason, words, str(status))


@pytest.mark.parametrize(
    ("code", "words", "reason", "lost"),
    [
        (402, "Insufficient credits", Reason.NO_CREDIT, False),
        ("429", "slow down", Reason.RATE_LIMITED, False),
        (429, "The monthly quota is used up", Reason.NO_CREDIT, False),
        (413, "no", Reason.SAMPLE_REFUSED, False),
        ("busy", "no", Reason.REFUSED, False),
        (500, "no", Reason.SERVER_FAILED, True),
    ],
)
def test_a_code_where_a_voice_should_be_is_a_refusal(code: object, words: str, reason: Reason, lost: bool) -> None:
    error = answers.refused(answer(200, {"code": code, "message": words, "request_id": "r"}, paid=True))
    assert error is not None
    assert (error.reason, error.code, error.detail, error.request_id) == (reason, str(code), words, "r")
    assert (error.maybe_done, error.retryable) == (lost, reason is Reason.RATE_LIMITED)


def test_codes_of_success_are_no_refusals() -> None:
    for code in (None, "", 0, "0", 200, "200", "ok"):
        assert answers.refused(answer(200, {"code": code})) is None
    assert answers.refused(answer(200, {"code": 7, "voice_id": "v"})) is None


def test_of_all_faults_only_the_documented_one_made_nothing() -> None:
    assert getattr(answers.refused(answer(500, {"detail": "Internal"}, paid=True)), "maybe_done", None)
    assert getattr(answers.refused(answer(502, {"message": "bad gateway"}, paid=True)), "maybe_done", None)


def test_what_the_server_says_itself_is_no_lost_answer() -> None:
    own = answers.refused(answer(502, {"detail": ""}, paid=True))
    bare = answers.refused(answer(500, b"Internal Server Error", paid=True))
    assert own is not None
    assert bare is not None
    assert (own.maybe_done, bare.maybe_done) == (False, True)
    assert answers.refused(answer(200, {"ok": True})) is None
    assert answers.refused(answer(200, b"RIFF")) is None


def test_the_documents_own_row() -> None:
    (row,) = listed(ITEM)
    assert (row.entry_id, row.provider, row.bare_id) == (1, "dashscope", "u3e7c12ab")
    voice = row.voice
    assert (voice.system, voice.voice_id, voice.name) == ("opentalking", "u3e7c12ab", "Alice's Voice")
    assert (voice.origin, voice.target_model, voice.recipe) == (
        Origin.CLONED,
        "qwen3-tts-flash-realtime",
        "dashscope",
    )


def test_rows_that_real_servers_send() -> None:
    rows = listed(
        ITEM | {"id": 101, "source": "system", "target_model": None, "voice_id": "Cherry", "profile": {}},
        ITEM | {"id": -1, "provider": "local_cosyvoice", "voice_id": "narrator", "source": "system"},
        ITEM | {"id": -1, "provider": "indextts", "voice_id": "narrator", "source": "system"},
        ITEM | {"id": -1, "provider": "indextts", "voice_id": "narrator", "source": "system"},
        ITEM | {"id": True, "voice_id": "x" * 700_000, "display_label": None, "source": "moon"},
        {"id": 5},
        None,
    )
    assert [row.voice.voice_id[:20] for row in rows] == ["Cherry", "narrator", "indextts/narrator", "x" * 20]
    assert {row.voice.origin for row in rows} == {Origin.BUILT_IN}
    assert rows[0].voice.target_model == ""
    assert answers.bare_id(rows[2].voice) == "narrator"
    assert rows[2].is_of(rows[2].voice)
    assert not rows[1].is_of(rows[2].voice)
    assert rows[2].is_of(replace(rows[2].voice, recipe=""))
    assert rows[3].entry_id is None
    assert len(rows[3].voice.voice_id) == 700_000
    assert len(rows[3].voice.name) == 80


@pytest.mark.parametrize("body", [{}, {"items": None}, {"items": {}}, {"detail": "?"}])
def test_a_list_that_is_not_there_is_not_an_empty_one(body: object) -> None:
    with pytest.raises(StudioError) as caught:
        answers.rows(answer(200, body))
    assert caught.value.reason is Reason.UNREADABLE


def test_a_clone_without_an_id_may_be_there() -> None:
    assert answers.cloned(answer(200, {"ok": True, "voice_id": "v"}, paid=True))["voice_id"] == "v"
    with pytest.raises(StudioError) as caught:
        answers.cloned(answer(200, {"ok": True, "entry_id": 12}, paid=True))
    assert (caught.value.reason, caught.value.maybe_done) == (Reason.UNREADABLE, True)
