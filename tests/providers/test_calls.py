"""What answers mean by themselves."""

from __future__ import annotations

import pytest

from studio.domain.errors import Reason, StudioError
from studio.providers.calls import Answer, Call, retry_after


def answer(data: bytes = b"{}", status: int = 200, *, paid: bool = False, **headers: str) -> Answer:
    return Answer("shop", status, data, {name.replace("_", "-"): value for name, value in headers.items()}, paid)


@pytest.mark.parametrize("data", [b'{"a": 1}', b'\xef\xbb\xbf{"a": 1}', ' {"a": 1}\n'.encode("utf-16")])
def test_a_record(data: bytes) -> None:
    assert answer(data).record() == {"a": 1}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.ANSWER_CUT),
        (b'{"a": ', Reason.ANSWER_CUT),
        (b"[1, 2", Reason.ANSWER_CUT),
        (b"  <html>", Reason.NOT_JSON),
        (b"upstream timed out", Reason.UNREADABLE),
        (b"\xff\xfe\x00", Reason.UNREADABLE),
        (b"[]", Reason.UNREADABLE),
        (b"null", Reason.UNREADABLE),
        (b'"ok"', Reason.UNREADABLE),
        (b"[" * 100_000, Reason.ANSWER_CUT),
    ],
)
@pytest.mark.parametrize("paid", [False, True])
def test_what_is_no_record(data: bytes, reason: Reason, paid: bool) -> None:
    with pytest.raises(StudioError) as caught:
        answer(data, paid=paid, x_request_id="r-1").record()
    error = caught.value
    assert (error.reason, error.maybe_done, error.system, error.request_id) == (reason, paid, "shop", "r-1")
    assert error.retryable == (reason is Reason.ANSWER_CUT and not paid)
    assert error.detail
    assert len(error.detail) <= 2_000


@pytest.mark.parametrize(
    ("status", "reason", "lost"),
    [
        (400, Reason.REFUSED, False),
        (401, Reason.KEY_REFUSED, False),
        (402, Reason.NO_CREDIT, False),
        (403, Reason.NOT_ALLOWED, False),
        (404, Reason.REFUSED, False),
        (408, Reason.TIMED_OUT, True),
        (429, Reason.RATE_LIMITED, False),
        (500, Reason.SERVER_FAILED, True),
        (504, Reason.SERVER_FAILED, True),
        (599, Reason.SERVER_FAILED, True),
    ],
)
def test_a_status_without_words(status: int, reason: Reason, lost: bool) -> None:
    error = answer(b"", status, paid=True).refusal()
    assert (error.reason, error.maybe_done, error.code) == (reason, lost, str(status))
    error = answer(b"", status).refusal()
    assert (error.reason, error.maybe_done) == (reason, False)


def test_the_systems_own_word_goes_first() -> None:
    error = answer(b"", 500, paid=True).refusal(Reason.QUOTA_FULL, code="Full", detail="no room", request_id="r")
    assert (error.reason, error.code, error.detail, error.request_id) == (Reason.QUOTA_FULL, "Full", "no room", "r")
    assert not error.maybe_done


@pytest.mark.parametrize(
    ("status", "code", "reason", "means", "lost"),
    [
        (500, "InternalError", None, Reason.SERVER_FAILED, True),
        (408, "Timeout", None, Reason.TIMED_OUT, True),
        (503, "Busy", Reason.RATE_LIMITED, Reason.RATE_LIMITED, True),
        (429, "Busy", Reason.RATE_LIMITED, Reason.RATE_LIMITED, False),
        (400, "Failed", Reason.SERVER_FAILED, Reason.SERVER_FAILED, False),
        (200, "Failed", Reason.SERVER_FAILED, Reason.SERVER_FAILED, True),
        (200, "503", None, Reason.SERVER_FAILED, True),
        (200, "402", None, Reason.NO_CREDIT, False),
        (200, "429", None, Reason.RATE_LIMITED, False),
        (200, "17", None, Reason.REFUSED, False),
        (401, "500", None, Reason.KEY_REFUSED, False),
    ],
)
def test_a_server_that_failed_may_have_done_it(
    status: int, code: str, reason: Reason | None, means: Reason, lost: bool
) -> None:
    error = answer(b"", status, paid=True).refusal(reason, code=code)
    assert (error.reason, error.maybe_done) == (means, lost)
    assert not (error.maybe_done and error.retryable)
    assert not answer(b"", status, paid=True).refusal(reason, code=code, final=True).maybe_done
    assert not answer(b"", status).refusal(reason, code=code).maybe_done


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("7", 7.0),
        ("0.5", 0.5),
        ("-3", 0.0),
        ("nan", 0.0),
        ("inf", float("inf")),
        ("", None),
        ("soon", None),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
        ("Wed, 99 Oct 2015 07:28:00 GMT", None),
        ("Fri, 31 Dec 99999 23:59:59 GMT", None),
    ],
)
def test_retry_after(said: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": said}) == seconds


def test_no_sample_and_no_clip_is_in_a_repr() -> None:
    call = Call("POST", "/x", form={"a": "secret"}, files={"f": ("a", b"secret", "audio/wav")})
    assert "secret" not in f"{call!r} {answer(b'secret', x='secret')!r}"


@pytest.mark.parametrize("data", [b"[" * 9_000_000, b'{"a": [' + b"{}," * 3_000_000 + b"{}]}"], ids=["deep", "long"])
def test_a_document_of_millions_of_values_is_not_read(data: bytes) -> None:
    with pytest.raises(StudioError) as caught:
        Answer("shop", 200, data, {}, paid=True).record()
    assert (caught.value.reason, caught.value.maybe_done) == (Reason.TOO_BIG, True)


def test_a_long_sound_in_a_document_is_read() -> None:
    assert len(Answer("shop", 200, b'{"a": "' + b"A" * (9 << 20) + b'"}', {}).record()["a"]) == 9 << 20
