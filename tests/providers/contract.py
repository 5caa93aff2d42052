"""What every system elsewhere must keep to. A test class per system inherits `ProviderContract` and says what it does.

    class TestAcme(ProviderContract):
        account, authorization, offers = "acme", f"Bearer {PLANTED_KEY}", frozenset({Designer, Speaker})
        deeds = (Deed("design", lambda acme: acme.design(BRIEF, nothing, forgotten), (Golden("POST", "/v1/make", {…}),),
                 paid=True, audio=("output", "audio")), …)

        def app(self) -> App: ...                                      # a fresh pretend server of the vendor
        def build(self, transport: Transport, codec: Codec) -> Acme: ...

An app that has an attribute `host` is told there where its links and stores are to lie: on another server.
"""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import AsyncIterator
from typing import Any, ClassVar

import pytest

from studio.audio.codec import SoundFileCodec
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Designed
from studio.ports import Codec
from studio.providers.transport import Transport
from tests.fakes.exchange import (
    Fault,
    Reply,
    altered,
    dropped,
    echoing,
    half,
    held,
    held_half,
    redirect,
    status,
    with_json,
)
from tests.fakes.gate import PLANTED_KEY, FixedGate, Pauses
from tests.fakes.server import App, PretendServer
from tests.providers.deeds import ANYTHING, Deed, Golden, broken, replaced
from tests.providers.stage import (
    AT_ONCE_S,
    EXPECTED,
    FITTING,
    LATER,
    METHODS,
    Expected,
    Stage,
    address_of_nobody,
    cancelled,
    json_of,
)

__all__ = ["ANYTHING", "Deed", "Golden", "ProviderContract", "forgotten", "nothing"]


def nothing(_: float | None) -> None: ...


async def forgotten(_: str) -> None: ...


class ProviderContract:
    account: ClassVar[str]
    authorization: ClassVar[str | None]
    offers: ClassVar[frozenset[type]]
    deeds: ClassVar[tuple[Deed, ...]]
    base_path: ClassVar[str] = ""

    def app(self) -> App:
        raise AssertionError("the subclass gives its pretend server")

    def build(self, transport: Transport, codec: Codec) -> Any:
        raise AssertionError("the subclass builds its system")

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        deeds = type(self).deeds
        if "late" in metafunc.fixturenames:
            late = [(one, step) for one in deeds for step in range(len(one.golden)) if step != one.main]
            metafunc.parametrize(("deed", "late"), late, ids=[f"{one}-{step}" for one, step in late])
        elif "deed" in metafunc.fixturenames:
            metafunc.parametrize("deed", deeds, ids=str)

    @pytest.fixture
    async def stage(self, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Stage]:
        caplog.set_level(logging.DEBUG)
        app = self.app()
        async with PretendServer(app) as server, PretendServer(app) as elsewhere:
            gate = FixedGate(server.url + self.base_path, PLANTED_KEY if self.authorization else "")
            pauses = Pauses()
            transport = Transport(gate, pauses)
            stage = Stage(self.app, server, elsewhere, gate, pauses, self.build(transport, SoundFileCodec()))
            stage.refresh()
            yield stage
            await transport.aclose()
            for request in elsewhere.requests:
                assert PLANTED_KEY not in repr((request.path, request.query, request.headers, request.body))
        for record in caplog.get_records("call"):
            assert PLANTED_KEY not in f"{record.getMessage()} {record.args} {record.exc_info} {record.exc_text}"

    # -- what is sent ---------------------------------------------------------------------------------------------

    async def test_it_offers_what_it_says(self, stage: Stage) -> None:
        done = {deed.name.split()[0] for deed in self.deeds}
        for port, methods in METHODS.items():
            assert isinstance(stage.system, port) == (port in self.offers), port.__name__
            assert port not in self.offers or methods <= done, f"no deed for {port.__name__}"

    async def test_requests_are_the_documents_own(self, stage: Stage, deed: Deed) -> None:
        outcome = await stage.attempt(deed)
        assert not isinstance(outcome, StudioError), f"{outcome}; {stage.server.complaints}"
        assert stage.server.complaints == []
        for keyed, server in ((True, stage.server), (False, stage.elsewhere)):
            goldens = [golden for golden in deed.golden if golden.keyed is keyed]
            assert len(server.requests) == len(goldens), [f"{one.method} {one.path}" for one in server.requests]
            for golden, request in zip(goldens, server.requests, strict=True):
                assert golden.differences(request) == []
                assert request.headers.get("authorization") == (self.authorization if keyed else None)

    # -- what can go wrong ----------------------------------------------------------------------------------------

    @pytest.mark.parametrize("expected", EXPECTED, ids=str)
    async def test_each_failure_has_its_reason(self, stage: Stage, deed: Deed, expected: Expected) -> None:
        stage.fail(expected.fault, since=deed.main)
        outcome = await stage.attempt(deed)
        reason = deed.reasons.get(str(expected), expected.paid if deed.paid else expected.free)
        assert stage.sent(deed) <= (1 if deed.paid else 3)
        if reason is None:
            assert not isinstance(outcome, StudioError), outcome
            return
        assert isinstance(outcome, StudioError), outcome
        assert (outcome.reason, outcome.maybe_done) == (reason, expected.maybe_done and deed.paid and deed.makes)
        assert not (outcome.maybe_done and outcome.retryable)

    async def test_a_redirect_is_not_followed(self, stage: Stage, deed: Deed) -> None:
        if not deed.golden[deed.main].keyed:
            return
        stage.fail(redirect(f"{stage.elsewhere.url}/there"), since=deed.main)
        error = await stage.refused(deed)
        assert (error.reason, error.maybe_done) == (Reason.REDIRECTED, False)
        assert all(request.path != "/there" for request in stage.requests)

    async def test_nobody_answers(self, stage: Stage, deed: Deed) -> None:
        stage.gate.base_url = await address_of_nobody() + self.base_path
        error = await stage.refused(deed)
        assert (error.reason, error.maybe_done, error.retryable) == (Reason.UNREACHABLE, False, True)
        assert len(stage.pauses.taken) == (3 if deed.paid and deed.main == 0 else 2)

    async def test_no_key_no_request(self, stage: Stage, deed: Deed) -> None:
        if self.authorization is None:
            return
        stage.gate.trouble = Reason.KEY_MISSING
        assert (await stage.refused(deed)).reason is Reason.KEY_MISSING
        stage.gate.trouble, stage.gate.base_url = None, "http://voices.example"
        assert (await stage.refused(deed)).reason is Reason.INSECURE_ADDRESS
        assert stage.requests == []

    async def test_waiting_as_the_server_asks(self, stage: Stage, deed: Deed) -> None:
        stage.fail(status(429, retry_after="7"), since=deed.main, times=2)
        outcome = await stage.attempt(deed)
        assert not isinstance(outcome, StudioError), outcome
        assert stage.pauses.taken[:2] == [7.0, 7.0]
        assert stage.sent(deed) == 3

    async def test_too_many_requests_for_good(self, stage: Stage, deed: Deed) -> None:
        if "429" in deed.reasons:
            return
        stage.fail(status(429), since=deed.main)
        error = await stage.refused(deed)
        assert (error.reason, error.maybe_done, error.retryable) == (Reason.RATE_LIMITED, False, True)
        assert stage.sent(deed) == (4 if deed.paid else 3)
        stage.refresh()
        stage.fail(status(429, retry_after="61"), since=deed.main)
        await stage.refused(deed)
        assert not deed.paid or stage.sent(deed) == 1

    async def test_only_what_is_free_is_repeated(self, stage: Stage, deed: Deed) -> None:
        for fault in (status(500), status(408), dropped(), half()):
            stage.refresh()
            stage.fail(fault, since=deed.main, times=2)
            outcome = await stage.attempt(deed)
            assert isinstance(outcome, StudioError) == deed.paid, outcome
            assert stage.sent(deed) == (1 if deed.paid else 3)

    async def test_broken_answers_are_no_bugs(self, stage: Stage, deed: Deed) -> None:
        for what, told in broken(await self._told(stage, deed)):
            stage.refresh()
            stage.fail(altered(what, lambda reply, told=told: with_json(reply, told)), since=deed.main, times=1)
            outcome = await stage.attempt(deed)
            assert not deed.paid or stage.sent(deed) == 1, what
            if isinstance(outcome, StudioError):
                assert outcome.reason in FITTING, f"{what}: {outcome}"
                assert outcome.detail or outcome.code, f"{what}: {outcome}"

    async def test_later_failures_lose_nothing(self, stage: Stage, deed: Deed, late: int) -> None:
        for fault in LATER:
            stage.refresh()
            stage.fail(fault, since=late)
            outcome = await stage.attempt(deed)
            assert not deed.paid or stage.sent(deed) <= 1, fault
            if deed.paid and deed.makes and late > deed.main and isinstance(outcome, StudioError):
                assert outcome.maybe_done or outcome.voice_id, fault

    async def test_a_preview_that_is_no_sound(self, stage: Stage, deed: Deed) -> None:
        if not deed.audio:
            return
        told = await self._told(stage, deed)
        for said in (
            "%%%",
            "",
            "QUJD",
            base64.b64encode(b"<html>no</html>").decode(),
            base64.b64encode(b"RIFF").decode(),
        ):
            stage.refresh()
            wrong = replaced(told, deed.audio, said)
            stage.fail(altered(said, lambda reply, wrong=wrong: with_json(reply, wrong)), since=deed.main, times=1)
            outcome = await stage.attempt(deed)
            trouble = outcome.trouble if isinstance(outcome, Designed) else outcome
            assert isinstance(trouble, StudioError), f"{said}: {outcome}"
            assert trouble.reason in {Reason.UNREADABLE, Reason.UNREADABLE_AUDIO, Reason.EMPTY_AUDIO}
            assert not isinstance(outcome, Designed) or outcome.preview is None

    # -- keys, and the end ----------------------------------------------------------------------------------------

    @pytest.mark.parametrize("code", [200, 400, 401, 403, 429, 500])
    async def test_a_key_that_is_said_back_is_not_repeated(self, stage: Stage, deed: Deed, code: int) -> None:
        if self.authorization is None:
            return
        stage.fail(echoing(PLANTED_KEY, code), since=deed.main)
        await stage.attempt(deed)  # which looks through all that came of it

    @pytest.mark.parametrize("fault", [held(), held_half()], ids=str)
    async def test_cancelling_stops_at_once(self, stage: Stage, deed: Deed, fault: Fault) -> None:
        stage.fail(fault, since=deed.main)
        deeds = asyncio.ensure_future(stage.attempt(deed))
        golden = deed.golden[deed.main]
        server = stage.server if golden.keyed else stage.elsewhere
        await server.arrived(sum(one.keyed is golden.keyed for one in deed.golden[: deed.main + 1]))
        await cancelled(deeds)
        assert stage.sent(deed) == 1
        async with asyncio.timeout(AT_ONCE_S):
            await server.left_alone()

    async def test_cancelling_ends_a_pause(self, stage: Stage, deed: Deed) -> None:
        stage.pauses.endless = True
        stage.fail(status(429), since=deed.main)
        deeds = asyncio.ensure_future(stage.attempt(deed))
        await stage.pauses.begun.wait()
        sent = len(stage.requests)
        await cancelled(deeds)
        assert len(stage.requests) == sent

    async def _told(self, stage: Stage, deed: Deed) -> object:
        """The good answer to the main request; an empty object where it is no JSON."""
        seen: list[object] = []

        def look(reply: Reply) -> Reply:
            seen.append(json_of(reply))
            return reply

        stage.fail(altered("looked at", look), since=deed.main, times=1)
        outcome = await stage.attempt(deed)
        assert not isinstance(outcome, StudioError), outcome
        return seen[0]
