from __future__ import annotations

import json
from typing import Any

import pytest

from studio.domain.errors import Reason, StudioError
from studio.providers import evolink_answers as answers
from studio.providers.transport import Answer


def answer(status: int, body: object, *, paid: bool = False, **headers: str) -> Answer:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer("evolink", status, data, headers, paid)


def refusal(status: int, body: object, *, paid: bool = False, **headers: str) -> StudioError:
    error = answers.refused(answer(status, body, paid=paid, **headers))
    assert error is not None
    return error


REFUSALS = [
    (401, {"error": {"code": 401, "type": "authentication_error", "message": "no"}}, Reason.KEY_REFUSED, "401"),
    (401, b"", Reason.KEY_REFUSED, "401"),
    (402, {"error": {"code": "insufficient_user_quota", "message": "no"}}, Reason.NO_CREDIT, "insufficient_user_quota"),
    (402, {"error": {"type": "insufficient_quota_error", "message": "no"}}, Reason.NO_CREDIT, None),
    (403, {"error": {"code": "key_model_not_allowed", "message": "no"}}, Reason.NOT_ALLOWED, "key_model_not_allowed"),
    (403, {"error": {"code": "quota_not_enough", "message": "no"}}, Reason.NO_CREDIT, "quota_not_enough"),
    (404, {"error": {"code": "task_not_found", "message": "no"}}, Reason.REFUSED, "task_not_found"),
    (429, {"error": {"code": 429, "type": "rate_limit_error", "message": "no"}}, Reason.RATE_LIMITED, "429"),
    (429, {"error": {"code": "token_daily_quota_exceeded", "message": "no"}}, Reason.NO_CREDIT, None),
    (429, {"error": {"code": "key_quota_exhausted", "message": "no"}}, Reason.NO_CREDIT, None),
    (400, {"success": False, "code": 400, "msg": "no"}, Reason.REFUSED, "400"),
    (400, {"error": "invalid_request", "error_description": "no"}, Reason.REFUSED, "invalid_request"),
    (400, {"error": {"code": "content_policy_violation", "message": "no"}}, Reason.CONTENT_REFUSED, None),
    (400, {"message": "no"}, Reason.REFUSED, "400"),
    (503, {"error": {"code": "no_available_channel", "message": "no"}}, Reason.SERVER_FAILED, "no_available_channel"),
    (502, b"<html>Bad gateway</html>", Reason.SERVER_FAILED, "502"),
    (200, {"success": False, "message": "no", "data": None}, Reason.REFUSED, "200"),
    (200, {"error": {"code": "insufficient_quota", "message": "no"}}, Reason.NO_CREDIT, "insufficient_quota"),
    (200, {"code": 402, "message": "no"}, Reason.NO_CREDIT, "402"),
    (200, {"code": "429", "msg": "no"}, Reason.RATE_LIMITED, "429"),
    (200, {"code": 413, "message": "no"}, Reason.REFUSED, "413"),
    (200, {"code": "busy", "message": "no"}, Reason.REFUSED, "busy"),
]


@pytest.mark.parametrize(("status", "body", "reason", "code"), REFUSALS)
def test_every_shape_of_a_refusal_has_its_reason(status: int, body: object, reason: Reason, code: str | None) -> None:
    error = refusal(status, body)
    assert error.reason is reason
    assert error.system == "evolink"
    assert code is None or error.code == code
    if isinstance(body, dict):
        assert error.detail == "no"


def test_a_refusal_keeps_the_request_id_and_how_long_to_wait() -> None:
    body = {"error": {"code": "rate_limited", "message": "slow", "request_id": "req-7"}}
    error = refusal(429, body, **{"retry-after": "12", "x-oneapi-request-id": "other"})
    assert (error.request_id, error.wait_s, error.retryable) == ("req-7", 12.0, True)
    assert refusal(400, {"message": "no"}, **{"x-oneapi-request-id": "r-8"}).request_id == "r-8"


def test_a_server_that_failed_may_hide_a_task_whatever_it_says() -> None:
    assert refusal(502, b"<html></html>", paid=True).maybe_done
    own = refusal(502, {"error": {"code": 502, "type": "upstream_error", "message": "no"}}, paid=True)
    assert (own.maybe_done, own.retryable) == (True, False)
    assert refusal(200, {"code": 500, "message": "no"}, paid=True).maybe_done
    assert not refusal(503, {"error": {"code": "quota_exceeded", "message": "no"}}, paid=True).maybe_done
    assert not refusal(200, {"code": 402, "message": "no"}, paid=True).maybe_done


@pytest.mark.parametrize("words", ["Your monthly quota is used up", "Insufficient balance", "The bill is overdue"])
def test_what_lasts_is_not_tried_again(words: str) -> None:
    told = {"error": {"code": 429, "type": "rate_limit_error", "message": words}}
    for error in (refusal(429, told), refusal(429, words.encode()), refusal(200, {"code": 429, "message": words})):
        assert (error.reason, error.retryable) == (Reason.NO_CREDIT, False)


def test_a_task_is_no_refusal_even_if_it_failed() -> None:
    assert answers.refused(answer(200, {"id": "task-1", "status": "failed", "error": {"code": "x"}})) is None
    assert answers.refused(answer(200, {"success": True, "data": {}})) is None
    for code in (None, "", 0, "0", 200, "200", 201, "success"):
        assert answers.refused(answer(200, {"code": code, "data": {}})) is None
    assert answers.refused(answer(200, b"<html>")) is None
    assert answers.task_refused(answer(404, {"error": {"code": "task_not_found", "message": "no"}})) is None
    assert answers.task_refused(answer(410, b"")) is None


@pytest.mark.parametrize("body", [{}, {"id": 7}, {"id": ""}, {"id": None}])
def test_a_paid_answer_without_a_task_id_may_have_made_one(body: dict[str, Any]) -> None:
    with pytest.raises(StudioError) as caught:
        answers.task_id_of(answer(200, body, paid=True))
    assert (caught.value.reason, caught.value.maybe_done) == (Reason.UNREADABLE, True)


@pytest.mark.parametrize(
    ("status", "ended"), [("completed", True), ("pending", False), ("dreaming", False), ("", False)]
)
def test_states_that_nobody_knows_still_run(status: str, ended: bool) -> None:
    assert answers.has_ended({"status": status}) is ended
    assert answers.has_ended({"id": "task-1"}) is False


@pytest.mark.parametrize(
    ("task", "reason", "code", "words"),
    [
        ({"error": {"code": "content_policy_violation", "message": "no"}}, "content-refused", None, "no"),
        ({"error": {"code": "service_error", "message": "fell over"}}, "task-failed", "service_error", "fell over"),
        ({"error": {"code": 500, "message": "fell over"}}, "task-failed", "500", "fell over"),
        ({"error": "fell over"}, "task-failed", "fell over", "fell over"),
        ({"error": None}, "task-failed", "failed", "failed"),
        ({}, "task-failed", "failed", "failed"),
        ({"status": "expired"}, "task-failed", "expired", "expired"),
        ({"status": "cancelled"}, "task-cancelled", "cancelled", "cancelled"),
        ({"status": "Canceled"}, "task-cancelled", "canceled", "canceled"),
    ],
)
def test_tasks_that_ended_badly(task: dict[str, Any], reason: str, code: str | None, words: str) -> None:
    with pytest.raises(StudioError) as caught:
        answers.has_ended({"id": "task-1", "status": "failed"} | task)
    error = caught.value
    assert (error.reason.value, error.detail, error.system, error.request_id) == (reason, words, "evolink", "task-1")
    assert code is None or error.code == code
    assert not error.maybe_done


LINK = "https://cdn.example/a.wav"


@pytest.mark.parametrize(
    ("task", "voice", "sounds"),
    [
        ({"result_data": {"voice": "v", "audio_url": LINK, "audio": "b"}, "results": [LINK]}, "v", (LINK, "b")),
        ({"result_data": [{"audio_url": LINK}, {"voice": "v"}]}, "v", (LINK,)),
        ({"result_data": {"voice": "v"}, "results": [LINK, 7, None]}, "v", (LINK,)),
        ({"result_data": {"voice": "v"}, "results": [{"url": LINK}]}, "v", (LINK,)),
        ({"result_data": {"voice": "v", "audio_url": None}, "results": None}, "v", ()),
        ({"result_data": {"audio_url": LINK}}, "", (LINK,)),
        ({"result_data": "v", "results": LINK}, "", (LINK,)),
        ({}, "", ()),
    ],
)
def test_what_a_finished_task_holds_is_found_in_each_place(
    task: dict[str, Any], voice: str, sounds: tuple[str]
) -> None:
    found = answers.finished(task)
    assert (found.voice_id, found.sounds) == (voice, sounds)


def test_figures_are_read_with_care() -> None:
    assert answers.part_done({"progress": 65}) == 0.65
    assert answers.part_done({"progress": 130}) == 1.0
    assert answers.part_done({"progress": 0}, 3, 15) == 0.2
    assert answers.part_done({"progress": 65}, 3, 15) == 0.65
    assert answers.part_done({}, 60, 15) == 0.95
    assert answers.part_done({"progress": float("nan")}) is None
    assert answers.part_done({}) is None
    assert answers.estimate_s({"task_info": {"estimated_time": 15}}) == 15.0
    assert answers.estimate_s({"task_info": {"estimated_time": float("inf")}}) is None
    assert answers.estimate_s({"task_info": None}) is None


CREDITS = {
    "data": {
        "token": {"remaining_credits": 99416.4429, "unlimited_credits": False, "used_credits": 583.5571},
        "user": {"remaining_credits": 1095.3996, "used_credits": 135.9048},
    },
    "message": "",
    "success": True,
}


def test_the_credits_that_can_be_spent() -> None:
    assert answers.credits_left(CREDITS) == 1095.3996
    assert answers.credits_left({"data": {"token": {"remaining_credits": 3}, "user": {"remaining_credits": 9}}}) == 3
    limitless = {"token": {"remaining_credits": 0, "unlimited_credits": True}, "user": {"remaining_credits": 9}}
    assert answers.credits_left({"data": limitless}) == 9
    assert answers.credits_left({"data": None}) is None
