from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from studio.domain.errors import Reason, StudioError
from tests.fakes.exchange import dropped, page, status
from tests.providers.evolink_scene import (
    BRIEF,
    FIRST_TASK,
    Evo,
    evolink,
    failing,
    forgotten,
    is_task,
    nothing,
    order,
)


@pytest.fixture
async def scene(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Evo]:
    async with evolink(monkeypatch) as scene:
        yield scene


@pytest.mark.parametrize(
    ("state", "reason", "detail"),
    [
        ({"status": "failed", "error": {"code": "service_error", "message": "fell over"}}, Reason.TASK_FAILED, "fell"),
        (
            {"status": "failed", "error": {"code": "content_policy_violation", "message": "not that"}},
            Reason.CONTENT_REFUSED,
            "not that",
        ),
        ({"status": "failed"}, Reason.TASK_FAILED, "failed"),
        ({"status": "cancelled"}, Reason.TASK_CANCELLED, "cancelled"),
        ({"status": "expired"}, Reason.TASK_FAILED, "expired"),
    ],
)
async def test_a_task_that_ended_badly_closes_its_order(
    scene: Evo, state: dict[str, Any], reason: Reason, detail: str
) -> None:
    scene.app.script = [{"status": "pending"}, state]
    error = await failing(scene)
    assert (error.reason, error.maybe_done, error.retryable) == (reason, False, False)
    assert detail in error.detail
    assert len(scene.app.asked) == 1


@pytest.mark.parametrize(("estimate", "limit_s"), [(15, 60), (100, 200)])
async def test_a_task_without_an_end_is_left_when_its_time_is_over(scene: Evo, estimate: int, limit_s: int) -> None:
    scene.app.script, scene.app.estimated_time = [{"status": "musing", "progress": None}], estimate
    first_answer = {"task_info": {"estimated_time": estimate}}
    scene.app.script[0] |= first_answer
    error = await failing(scene)
    assert (error.reason, error.maybe_done, error.retryable) == (Reason.STILL_RUNNING, True, False)
    assert error.request_id == FIRST_TASK
    assert scene.clock.now == limit_s


@pytest.mark.parametrize(("fault", "reason"), [(status(500), "server-failed"), (dropped(), "unreachable")], ids=str)
async def test_a_server_that_fails_for_ever_is_called_so(scene: Evo, fault: Any, reason: str) -> None:
    scene.server.fail(fault, times=1_000, when=is_task)
    error = await failing(scene)
    assert (error.reason.value, error.maybe_done) == (reason, True)


@pytest.mark.parametrize(
    "fault",
    [status(500), page(502), page(200), dropped(), status(401), status(200, "null"), status(403)],
    ids=str,
)
async def test_trouble_while_waiting_leaves_the_order_open(scene: Evo, fault: Any) -> None:
    scene.server.fail(fault, times=9, when=is_task)
    error = await failing(scene)
    assert (error.maybe_done, error.retryable) == (True, False)
    assert error.request_id
    assert len(scene.app.asked) == 1
    scene.server.heal()
    designed = await scene.system.resume(order(FIRST_TASK), nothing)
    assert designed.voice.voice_id == "qwen-tts-vd-announcer-voice-20260402-0001"
    assert designed.preview is not None
    assert len(scene.app.asked) == 1


async def test_a_receipt_that_fails_leaves_the_order_open_and_names_the_task(scene: Evo) -> None:
    async def receipt(_: str) -> None:
        raise StudioError(Reason.DISK_FULL, retryable=True)

    with pytest.raises(StudioError) as caught:
        await scene.system.design(BRIEF, nothing, receipt)
    error = caught.value
    assert (error.reason, error.maybe_done, error.retryable) == (Reason.DISK_FULL, True, False)
    assert error.request_id == FIRST_TASK


async def test_too_many_questions_only_slow_the_waiting(scene: Evo) -> None:
    scene.server.fail(status(429, retry_after="7"), times=4, when=is_task)
    designed = await scene.system.design(BRIEF, nothing, forgotten)
    assert designed.preview is not None
    assert scene.clock.slept[:4] == [7.0, 7.0, 7.0, 3.0]


async def test_a_task_that_isnt_found_at_once_is_asked_for_again(scene: Evo) -> None:
    scene.server.fail(status(404, json={"error": {"code": "task_not_found", "message": "no"}}), times=2, when=is_task)
    assert (await scene.system.design(BRIEF, nothing, forgotten)).preview is not None


async def test_a_task_that_is_never_found_is_told(scene: Evo) -> None:
    with pytest.raises(StudioError) as caught:
        await scene.system.resume(order("task/../1 ?"), nothing)
    error = caught.value
    assert (error.reason, error.code) == (Reason.REFUSED, "task_not_found")
    assert scene.asked == [("GET", "/v1/tasks/task%2F..%2F1%20%3F")] * 3


async def test_cancelling_stops_the_questions_at_once(scene: Evo) -> None:
    scene.app.script = [{"status": "processing"}]
    scene.clock.stopped = True
    work = asyncio.create_task(scene.system.design(BRIEF, nothing, forgotten))
    await asyncio.wait_for(scene.clock.asleep.wait(), 5)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert len(scene.asked) == 2


@pytest.mark.parametrize("answer", [{}, {"id": 7}, {"id": None, "status": "pending"}])
async def test_a_create_without_a_task_id_may_have_made_one(scene: Evo, answer: dict[str, Any]) -> None:
    scene.server.fail(status(200, json=answer))
    error = await failing(scene)
    assert (error.reason, error.maybe_done) == (Reason.UNREADABLE, True)


async def test_an_error_inside_a_200_is_one(scene: Evo) -> None:
    body = {"error": {"code": "insufficient_user_quota", "message": "no credit"}, "request_id": "r-1"}
    scene.server.fail(status(200, json=body))
    error = await failing(scene)
    assert (error.reason, error.maybe_done, error.request_id) == (Reason.NO_CREDIT, False, "r-1")


async def test_only_orders_with_a_task_are_resumed(scene: Evo) -> None:
    with pytest.raises(StudioError) as caught:
        await scene.system.resume(order(""), nothing)
    assert caught.value.reason is Reason.NOT_OFFERED
    assert scene.asked == []
