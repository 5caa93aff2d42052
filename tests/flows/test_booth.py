"""The microphone: what is shown before a recording, and takes that outlive whatever happens to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest

from studio.domain.errors import Reason, StudioError
from studio.domain.judging import judged
from studio.domain.takes import InputDevice, Meter, Step, Take
from studio.flows import booth
from studio.flows.booth import BoothFlow, BoothState
from studio.tasks import TaskOwner
from tests.fakes.recording import DEVICES, FakeGauge, FakeRecorder, FakeTakes


class Stage:
    def __init__(self) -> None:
        self.recorder, self.takes, self.gauge = FakeRecorder(), FakeTakes(), FakeGauge()
        self.bugs: list[str] = []
        self.taken: list[Take] = []
        self.shown: list[BoothState] = []
        self.tasks = TaskOwner(lambda name, error: self.bugs.append(f"{name}: {error!r}"))
        self.flow = BoothFlow(self.recorder, self.takes, self.gauge, self.tasks)
        self.flow.on_taken = self.taken.append
        self.flow.judge = lambda figures: judged(figures, None)
        self.flow.show = self.shown.append

    async def until(self, true: Callable[[BoothState], object]) -> BoothState:
        async with asyncio.timeout(5):
            while not true(self.flow.state):  # noqa: ASYNC110 - the flow has one listener, and that is the test
                await asyncio.sleep(0.001)
        return self.flow.state

    async def recording(self, transcript: str = "") -> Take:
        self.flow.enter()
        await self.until(lambda state: state.listening)
        self.flow.record(transcript)
        take = (await self.until(lambda state: state.step is Step.RECORDING)).take
        assert take
        return take


def reason_of(state: BoothState) -> Reason | None:
    return state.error.reason if state.error else None


@pytest.fixture
async def stage(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    monkeypatch.setattr(booth, "LOOK_S", 0.005)
    monkeypatch.setattr(booth, "REPORT_S", 0.005)
    stage = Stage()
    yield stage
    await stage.flow.aclose()
    assert await stage.tasks.aclose() == ()
    assert stage.bugs == []
    assert stage.recorder.open is None


async def test_who_looks_at_the_tab_sees_the_level_and_nothing_is_kept(stage: Stage) -> None:
    stage.flow.enter()
    state = await stage.until(lambda state: state.listening)
    assert (state.devices, state.rate_hz, state.step) == (DEVICES, 48_000, Step.IDLE)
    assert stage.flow.meter().peak_dbfs == -12.0
    stage.flow.leave()
    await stage.until(lambda _: stage.recorder.open is None)
    assert not stage.takes.kept


async def test_a_take_is_kept_with_the_text_that_was_read(stage: Stage) -> None:
    take = await stage.recording("Good evening.")
    stage.recorder.give(2.5, dropouts=1)
    await stage.until(lambda state: state.report and state.dropouts == 1)
    stage.flow.pause()
    stage.recorder.give(9.0)
    assert stage.flow.state.step is Step.PAUSED
    stage.flow.resume()
    stage.recorder.give(0.5)
    stage.flow.stop()
    await stage.until(lambda state: not state.busy)
    (taken,) = stage.taken
    assert (taken.take_id, taken.name, taken.transcript) == (take.take_id, "Take 1", "Good evening.")
    assert (taken.seconds, taken.dropouts, taken.recovered) == (3.0, 1, False)
    assert stage.recorder.open == "", "the meter goes on"


async def test_record_may_be_pressed_while_the_microphone_is_being_opened(stage: Stage) -> None:
    stage.recorder.slow.clear()
    stage.flow.enter()
    await stage.until(lambda _: stage.recorder.listened)
    stage.flow.record()
    await asyncio.sleep(0.03)
    stage.recorder.slow.set()
    await stage.until(lambda state: state.step is Step.RECORDING)
    assert stage.recorder.listened == [""], "it was opened twice"


async def test_a_second_take_leaves_the_first(stage: Stage) -> None:
    for _ in range(2):
        await stage.recording()
        stage.recorder.give(1.0)
        stage.flow.stop()
        await stage.until(lambda state: not state.busy)
    assert [take.name for take in stage.taken] == ["Take 1", "Take 2"]
    assert len(stage.takes.kept) == 2


async def test_a_number_is_given_once(stage: Stage) -> None:
    stage.takes.put("Take 7")
    stage.takes.put("Interview")
    for name in ("Take 8", "Take 9"):
        await stage.recording()
        stage.recorder.give(1.0)
        stage.flow.stop()
        await stage.until(lambda state: not state.busy)
        assert stage.taken[-1].name == name
        await stage.takes.delete(stage.taken[-1].take_id)


async def test_a_count_in_can_be_stopped_and_nothing_is_begun(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.flow.enter()
    await stage.until(lambda state: state.listening)
    stage.flow.record(count_in=True)
    assert (await stage.until(lambda state: state.count_in)).count_in == 3
    stage.flow.stop()
    assert (stage.flow.state.step, stage.flow.state.count_in) == (Step.IDLE, 0)
    assert not stage.takes.kept


async def test_what_was_recorded_is_kept_when_the_microphone_goes(stage: Stage) -> None:
    await stage.recording()
    stage.recorder.give(4.0)
    stage.recorder.lose()
    state = await stage.until(lambda state: not state.busy)
    assert reason_of(state) is Reason.INPUT_LOST
    assert [take.seconds for take in stage.taken] == [4.0]
    state = await stage.until(lambda state: state.listening)  # again, since one is there
    assert reason_of(state) is Reason.INPUT_LOST, "it stays told"


async def test_a_full_disk_ends_the_take_with_what_is_on_it(stage: Stage) -> None:
    await stage.recording()
    stage.recorder.give(1.5)
    stage.recorder.lose(Reason.DISK_FULL)
    state = await stage.until(lambda state: not state.busy)
    assert reason_of(state) is Reason.DISK_FULL
    assert [take.seconds for take in stage.taken] == [1.5]
    assert reason_of(await stage.until(lambda state: state.listening)) is Reason.DISK_FULL


async def test_a_take_that_can_not_be_finished_is_there_all_the_same(stage: Stage) -> None:
    await stage.recording()
    stage.recorder.give(2.0)
    stage.takes.finish_error = StudioError(Reason.DISK_FULL)
    stage.flow.stop()
    state = await stage.until(lambda state: state.error)
    assert (reason_of(state), state.step) == (Reason.DISK_FULL, Step.IDLE)
    assert [take.seconds for take in stage.taken] == [2.0]


async def test_a_chosen_microphone_that_is_gone_is_not_replaced(stage: Stage) -> None:
    stage.flow.enter()
    await stage.until(lambda state: state.listening)
    assert stage.flow.choose_device("desk") == "Desk microphone"
    await stage.until(lambda state: state.listening and stage.recorder.open == "desk")
    stage.recorder.listed = DEVICES[:1]
    stage.recorder.lose()
    state = await stage.until(lambda state: state.missing and not state.listening)
    assert state.device_id == "desk"
    await asyncio.sleep(0.05)
    assert stage.recorder.open is None, "another one was opened in its place"
    stage.recorder.listed = DEVICES
    state = await stage.until(lambda state: state.listening)
    assert (state.missing, stage.recorder.open) == (False, "desk")


async def test_the_choice_of_the_last_time_is_found_by_its_name(stage: Stage) -> None:
    stage.flow.prefer_device("Desk microphone")
    stage.recorder.listed = (DEVICES[0], InputDevice("usb-7", "Desk microphone"))
    stage.flow.enter()
    await stage.until(lambda state: state.listening)
    assert stage.recorder.listened == ["usb-7"]


async def test_silence_is_said_and_taken_back(stage: Stage) -> None:
    stage.flow.enter()
    await stage.until(lambda state: state.listening)
    stage.recorder.now = Meter(silent_s=2.0, flowing=True)
    await stage.until(lambda state: state.silent)
    stage.recorder.now = Meter(peak_dbfs=-30, rms_dbfs=-40, flowing=True)
    await stage.until(lambda state: not state.silent)


async def test_without_a_microphone_one_that_comes_is_noticed(stage: Stage) -> None:
    stage.recorder.listed = ()
    stage.flow.enter()
    assert not (await stage.until(lambda state: state.searched)).listening
    stage.recorder.listed = DEVICES
    await stage.until(lambda state: state.listening)


@pytest.mark.parametrize("reason", [Reason.INPUT_BUSY, Reason.INPUT_DENIED, Reason.NO_SOUND_SYSTEM])
async def test_a_refusal_is_told_once_and_tried_again(stage: Stage, reason: Reason) -> None:
    stage.recorder.error = StudioError(reason)
    stage.flow.enter()
    first = (await stage.until(lambda state: state.error)).error
    await stage.until(lambda _: len(stage.recorder.listened) > 2)
    assert stage.flow.state.error is first
    stage.recorder.error = None
    assert (await stage.until(lambda state: state.listening)).error is None


async def test_a_take_that_cannot_be_begun_is_told(stage: Stage) -> None:
    stage.flow.enter()
    await stage.until(lambda state: state.listening)
    stage.takes.error = StudioError(Reason.DISK_FULL)
    stage.flow.record()
    state = await stage.until(lambda state: state.error)
    assert state.step is Step.IDLE
    stage.takes.error = None


async def test_a_take_of_nothing_is_not_kept(stage: Stage) -> None:
    await stage.recording()
    stage.flow.stop()
    await stage.until(lambda state: not state.busy)
    assert stage.taken == []
    assert await stage.takes.takes() == ()


async def test_the_tab_can_be_left_while_recording(stage: Stage) -> None:
    await stage.recording()
    stage.flow.leave()
    stage.recorder.give(1.0)
    stage.flow.stop()
    await stage.until(lambda state: not state.busy)
    assert len(stage.taken) == 1
    await stage.until(lambda _: stage.recorder.open is None)


async def test_the_end_of_the_program_keeps_the_take(stage: Stage) -> None:
    take = await stage.recording()
    stage.recorder.give(2.0)
    await stage.flow.aclose()
    assert stage.takes.kept[take.take_id].seconds == 2.0


# -- the command -----------------------------------------------------------------------------------------------------


async def test_a_command_records_so_many_seconds(stage: Stage) -> None:
    heard: list[Meter] = []

    def tell(meter: Meter) -> None:
        heard.append(meter)
        stage.recorder.give(1.0)

    taken = await stage.flow.take("desk micro", 3.0, tell)
    assert (taken.seconds, stage.recorder.listened) == (3.0, ["desk"])
    assert [meter.seconds for meter in heard] == [0.0, 1.0, 2.0]


async def test_a_command_that_loses_the_microphone_keeps_the_take(stage: Stage) -> None:
    def tell(_: Meter) -> None:
        stage.recorder.give(1.0)
        stage.recorder.lose()

    with pytest.raises(StudioError) as caught:
        await stage.flow.take("", 30.0, tell)
    assert caught.value.reason is Reason.INPUT_LOST
    (taken,) = await stage.takes.takes()
    assert taken.seconds >= 1.0


@pytest.mark.parametrize("device", ["Theremin", "e"])
async def test_a_device_that_is_no_one_is_refused(stage: Stage, device: str) -> None:
    stage.recorder.listed = (*DEVICES, InputDevice("lap", "Laptop"))
    with pytest.raises(StudioError) as caught:
        await stage.flow.take(device, 1.0, lambda _: None)
    assert caught.value.reason is Reason.NO_INPUT_DEVICE
    assert not stage.takes.kept


def test_a_state_is_busy_from_the_click_to_the_end() -> None:
    assert not BoothState().busy
    assert all(replace(BoothState(), step=step).busy for step in Step if step is not Step.IDLE)
