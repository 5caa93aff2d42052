from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.voices import Origin
from studio.providers import noiz_answers as answers
from studio.providers.transport import Answer


def answer(status: int, body: object, *, paid: bool = False, **headers: str) -> Answer:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer("noiz", status, data, headers, paid)


def refusal(status: int, body: object, *, paid: bool = False, **headers: str) -> StudioError:
    error = answers.refused(answer(status, body, paid=paid, **headers))
    assert error is not None
    return error


@pytest.mark.parametrize(
    "body",
    [
        {"code": 0, "message": "success", "data": {}},
        {"code": 0},
        {"code": "0", "data": {"voice_id": "v"}},
        {"data": {"voice_id": "v"}},
        {"code": None, "data": []},
        b"RIFF....WAVE",
        b"",
    ],
)
def test_good_answers(body: object) -> None:
    assert answers.refused(answer(200, body)) is None


@pytest.mark.parametrize(
    ("status", "body", "reason", "code"),
    [
        (200, {"code": 401, "message": "no"}, Reason.KEY_REFUSED, "401"),
        (200, {"code": "402", "message": "no"}, Reason.NO_CREDIT, "402"),
        (200, {"code": 404, "message": "no"}, Reason.REFUSED, "404"),
        (200, {"code": 429, "message": "no"}, Reason.RATE_LIMITED, "429"),
        (429, {"code": 429, "message": "The monthly quota is used up"}, Reason.NO_CREDIT, "429"),
        (429, {"code": 429, "message": "Quota of 5 per minute exceeded"}, Reason.RATE_LIMITED, "429"),
        (429, b"Please delete existing voices", Reason.QUOTA_FULL, "429"),
        (200, {"code": 429, "message": "Voice storage limit reached"}, Reason.QUOTA_FULL, "429"),
        (200, {"code": 400, "message": "no"}, Reason.REFUSED, "400"),
        (200, {"code": 500, "message": "no"}, Reason.SERVER_FAILED, "500"),
        (200, {"code": "busy", "message": "no"}, Reason.UNREADABLE, "busy"),
        (200, {"message": "no"}, Reason.UNREADABLE, ""),
        (200, {"code": 200, "data": {"voice_id": "v"}}, Reason.UNREADABLE, "200"),
        (401, {"code": 401, "message": "Invalid API key"}, Reason.KEY_REFUSED, "401"),
        (401, {"code": 0, "message": "no"}, Reason.KEY_REFUSED, "0"),
        (402, b"", Reason.NO_CREDIT, "402"),
        (413, b"", Reason.SAMPLE_REFUSED, "413"),
        (413, {"message": "too large"}, Reason.SAMPLE_REFUSED, "413"),
        (404, {"detail": "Not Found"}, Reason.REFUSED, "404"),
        (500, b"<html>", Reason.SERVER_FAILED, "500"),
    ],
)
def test_the_code_inside_is_the_verdict(status: int, body: object, reason: Reason, code: str) -> None:
    error = refusal(status, body)
    assert (error.reason, error.code, error.system) == (reason, code, "noiz")


@pytest.mark.parametrize(
    ("body", "wait_s"),
    [
        ({"message": "You've hit the rate limit. Please retry in 20 seconds"}, 20.0),
        ({"code": 429, "message": "slow", "retry_after": 7}, 7.0),
        ({"code": 429, "message": "slow", "data": {"retry_after": "8"}}, 8.0),
        ({"code": 429, "message": "slow", "retry_after": -1}, None),
        ({"code": 400, "message": "Rate limit"}, None),
    ],
)
def test_a_rate_limit_says_how_long_to_wait(body: object, wait_s: float | None) -> None:
    error = refusal(200, body, paid=True)
    assert (error.reason, error.wait_s, error.maybe_done) == (Reason.RATE_LIMITED, wait_s, False)
    assert refusal(429, {"message": "slow"}, **{"retry-after": "3"}).wait_s == 3.0


def test_a_paid_answer_that_makes_no_sense_may_hide_a_voice() -> None:
    assert refusal(200, {"message": "fine"}, paid=True).maybe_done
    assert refusal(200, {"code": 200}, paid=True).maybe_done
    assert refusal(200, {"code": "unheard-of", "data": {}}, paid=True).maybe_done
    limit = refusal(500, {"message": "rate limit service is down"}, paid=True)
    assert (limit.maybe_done, limit.retryable) == (True, False)
    assert refusal(502, b"<html>", paid=True).maybe_done
    for status in (200, 500):
        assert refusal(status, {"code": 500, "message": "no"}, paid=True).maybe_done
    assert not refusal(500, {"code": 402, "message": "no"}, paid=True).maybe_done


def test_a_refusal_keeps_the_request_id_of_its_body() -> None:
    assert refusal(400, {"code": 400, "message": "no", "request_id": "r-1"}).request_id == "r-1"
    assert refusal(200, {"message": "fine", "request_id": "r-2"}, **{"x-request-id": "other"}).request_id == "r-2"


def test_what_is_not_there_is_a_voice_only_where_one_was_asked_for() -> None:
    for status, body in ((404, {"code": 404}), (200, {"code": 404, "message": "no"}), (404, b"")):
        error = answers.voice_refused(answer(status, body))
        assert error is not None
        assert error.reason is Reason.NO_SUCH_VOICE
    page = answers.voice_refused(answer(404, b"<html>"))
    assert page is not None
    assert page.reason is Reason.REFUSED


@pytest.mark.parametrize("body", [{"code": 0}, {"code": 0, "data": []}, {"code": 0, "data": {"voices": {}}}])
def test_a_list_that_is_not_there_is_not_an_empty_one(body: object) -> None:
    with pytest.raises(StudioError) as caught:
        answers.page(answer(200, body))
    assert caught.value.reason is Reason.UNREADABLE


def test_the_items_of_a_page() -> None:
    got = answer(200, {"code": 0, "data": {"total_count": "3", "voices": [{"voice_id": "a"}, None, 7]}})
    assert answers.page(got) == [{"voice_id": "a"}]
    assert answers.total(got) == 3
    assert answers.total(answer(200, {"code": 0, "data": {"total_count": -1}})) is None


def test_a_voice_with_all_that_is_known_of_it() -> None:
    voice = answers.voice(
        {
            "id": 4,
            "voice_id": "abc123def456",
            "display_name": "My Custom Voice",
            "voice_type": "custom",
            "labels": "English, Young,Male",
            "meta": {"text": "Good evening."},
            "create_time": 1738664823,
        },
        "custom",
    )
    assert (voice.voice_id, voice.name, voice.origin) == ("abc123def456", "My Custom Voice", Origin.CLONED)
    assert (voice.system, voice.account, voice.target_model) == ("noiz", "", "")
    assert (voice.language, voice.description) == (Language.EN, "English, Young, Male")
    assert (voice.preview_text, voice.created) == ("Good evening.", datetime.fromtimestamp(1738664823, UTC))


@pytest.mark.parametrize(
    ("item", "origin", "language"),
    [
        ({"voice_type": "built-in", "language": "zh"}, Origin.BUILT_IN, Language.ZH),
        ({"voice_type": "premium", "labels": ["German", "Deep"]}, Origin.BUILT_IN, Language.DE),
        ({"labels": ["Deep"]}, Origin.CLONED, None),
        ({"labels": "中文,女", "language": "zh+en"}, Origin.CLONED, Language.ZH),
        ({"meta": {"language": "en-US"}}, Origin.CLONED, Language.EN),
        ({"meta": None, "labels": None, "create_time": "soon"}, Origin.CLONED, None),
    ],
)
def test_types_and_languages(item: dict[str, Any], origin: Origin, language: Language | None) -> None:
    voice = answers.voice({"voice_id": "v"} | item, "custom")
    assert (voice.origin, voice.language, voice.name) == (origin, language, "v")


def test_deleted_voices_are_known_by_their_time() -> None:
    assert answers.is_deleted({"delete_time": 1738664823})
    assert not answers.is_deleted({"delete_time": None})
    assert not answers.is_deleted({})
