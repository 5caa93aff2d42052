from __future__ import annotations

import json

import pytest

from studio.domain.errors import Reason, StudioError
from studio.providers.model_studio_refusals import NO_VOICE_IS_MADE, NOTHING_SENT_TO_COMPARE, judging
from studio.providers.transport import Answer

judge = judging(NOTHING_SENT_TO_COMPARE)


def answer(status: int, code: object = None, message: str = "", *, paid: bool = False, **headers: str) -> Answer:
    body = {} if code is None else {"code": code, "message": message, "request_id": "r-1"}
    return Answer("qwen", status, json.dumps(body, ensure_ascii=False).encode(), headers, paid)


def refused(status: int, code: object = None, message: str = "", *, paid: bool = False, **headers: str) -> StudioError:
    error = judge(answer(status, code, message, paid=paid, **headers))
    assert error is not None
    return error


MEANT = [
    (401, "InvalidApiKey", "Invalid API-key provided.", Reason.KEY_REFUSED),
    (401, "invalid_api_key", "Incorrect API key provided.", Reason.KEY_REFUSED),
    (401, None, "", Reason.KEY_REFUSED),
    (401, "NOT AUTHORIZED", "Access denied: not authorized to access this workspace.", Reason.NOT_ALLOWED),
    (403, "AccessDenied.Unpurchased", "Access to model denied.", Reason.NOT_ALLOWED),
    (403, "Model.AccessDenied", "Model access denied.", Reason.NOT_ALLOWED),
    (403, "Workspace.AccessDenied", "Workspace access denied.", Reason.NOT_ALLOWED),
    (404, "WorkSpaceNotFound", "WorkSpace can not be found.", Reason.NOT_ALLOWED),
    (403, "AllocationQuota.FreeTierOnly", "The free tier of the model has been exhausted.", Reason.NO_CREDIT),
    (400, "Arrearage", "Access denied, please make sure your account is in good standing.", Reason.NO_CREDIT),
    (429, "PostpaidBillOverdue", "The postpaid bill is overdue.", Reason.NO_CREDIT),
    (429, "PrepaidBillOverdue", "The prepaid bill is overdue.", Reason.NO_CREDIT),
    (429, "CommodityNotPurchased", "Commodity has not purchased yet.", Reason.NO_CREDIT),
    (429, "Throttling.AllocationQuota", "Free allocated quota exceeded.", Reason.NO_CREDIT),
    (429, "Throttling.AllocationQuota", "Maximum voice-clone voice limit exceeded.", Reason.QUOTA_FULL),
    (400, "Throttling.AllocationQuota", "您当前的配额为1000", Reason.QUOTA_FULL),
    (
        400,
        "InvalidParameter",
        "Maximum voice storage limit exceeded, please delete existing voices.",
        Reason.QUOTA_FULL,
    ),
    (429, "Throttling", "Requests throttling triggered.", Reason.RATE_LIMITED),
    (429, "Throttling.RateQuota", "Requests rate limit exceeded, please try again later.", Reason.RATE_LIMITED),
    (429, "limit_burst_rate", "Request rate increased too quickly.", Reason.RATE_LIMITED),
    (429, None, "", Reason.RATE_LIMITED),
    (400, "DataInspectionFailed", "Input data may contain inappropriate content.", Reason.CONTENT_REFUSED),
    (400, "data_inspection_failed", "Output data may contain inappropriate content.", Reason.CONTENT_REFUSED),
    (400, "InvalidParameter.DataInspection", "Unable to download the media resource.", Reason.SAMPLE_REFUSED),
    (400, "BadRequest.InputDownloadFailed", "Failed to download the input file.", Reason.SAMPLE_REFUSED),
    (400, "BadRequest.UnsupportedFileFormat", "File format unsupported.", Reason.SAMPLE_REFUSED),
    (400, "Audio.DecoderError", "Decoder audio file failed.", Reason.SAMPLE_REFUSED),
    (430, "Audio.FileSizeExceed", "File too large", Reason.SAMPLE_REFUSED),
    (400, "Audio.PreprocessError", "Audio preprocess error.", Reason.SAMPLE_REFUSED),
    (400, "InvalidParameter", "Model not exist.", Reason.MODEL_NOT_HERE),
    (404, "ModelNotFound", "The model does not exist.", Reason.MODEL_NOT_HERE),
    (404, "model_not_found", "", Reason.MODEL_NOT_HERE),
    (400, "InvalidParameter", "preprocess service not found", Reason.MODEL_NOT_HERE),
    (400, "BadRequest.VoiceNotFound", "Voice 'v' not found.", Reason.NO_SUCH_VOICE),
    (400, "BadRequest.ResourceNotExist", "The Required resource not exist.", Reason.NO_SUCH_VOICE),
    (404, "NotFound", "voice v does not exist", Reason.NO_SUCH_VOICE),
    (404, "NotFound", "Not found", Reason.REFUSED),
    (400, "InvalidParameter", "Range of input length should be [1, 600]", Reason.REFUSED),
    (400, None, "", Reason.REFUSED),
    (500, "InternalError", "Internal server error!", Reason.SERVER_FAILED),
    (503, "ServiceUnavailable", "", Reason.SERVER_FAILED),
    (500, "RequestTimeOut", "Request timed out.", Reason.TIMED_OUT),
    (200, "InvalidApiKey", "Invalid API-key provided.", Reason.KEY_REFUSED),
    (200, "InternalError.Algo", "audio preprocess server error", Reason.SERVER_FAILED),
    (200, "Strange", "", Reason.REFUSED),
    (200, 401, "no", Reason.KEY_REFUSED),
    (200, 402, "no", Reason.NO_CREDIT),
    (200, "403", "no", Reason.NOT_ALLOWED),
    (200, 429, "no", Reason.RATE_LIMITED),
    (200, 429, "The bill is overdue", Reason.NO_CREDIT),
    (200, 500, "no", Reason.SERVER_FAILED),
    (429, "Throttling", "Your voice quota is used up", Reason.QUOTA_FULL),
]


@pytest.mark.parametrize(("status", "code", "message", "reason"), MEANT)
def test_a_refusal_has_its_reason(status: int, code: object, message: str, reason: Reason) -> None:
    error = refused(status, code, message)
    assert error.reason is reason
    assert error.system == "qwen"
    assert error.code == str(code or status)
    if code:
        assert error.request_id == "r-1"
        assert message in error.detail
    assert error.retryable == (reason in (Reason.RATE_LIMITED, Reason.SERVER_FAILED, Reason.TIMED_OUT))
    assert not error.maybe_done


@pytest.mark.parametrize("code", ["", None, 200, "200", "Success"])
def test_a_good_answer_may_carry_an_empty_code(code: object) -> None:
    assert judge(Answer("qwen", 200, json.dumps({"code": code, "output": {}}).encode(), {})) is None
    assert judge(Answer("qwen", 200, b'{"output": {}}', {})) is None


def test_a_timeout_behind_the_front_may_have_made_the_voice() -> None:
    for status, code in ((500, "RequestTimeOut"), (504, "GatewayTimeout"), (200, "InternalError.Timeout")):
        error = refused(status, code, "late", paid=True)
        assert (error.reason, error.maybe_done, error.retryable) == (Reason.ANSWER_LOST, True, False)


def test_a_server_that_failed_may_have_made_the_voice_whatever_it_says() -> None:
    for status, code in ((500, "InternalError"), (503, "Throttling"), (200, "InternalError.Algo"), (200, "500")):
        error = refused(status, code, "failed", paid=True)
        assert (error.maybe_done, error.retryable) == (True, False)
    for status, code in (
        (500, "InvalidApiKey"),
        (500, "Arrearage"),
        (503, "DataInspectionFailed"),
        (200, "Throttling"),
    ):
        assert not refused(status, code, paid=True).maybe_done


def test_a_request_that_waited_too_long_for_its_own_text_made_nothing() -> None:
    error = refused(400, "InvalidParameter", "request timeout after 23 seconds.", paid=True)
    assert (error.reason, error.maybe_done) == (Reason.REFUSED, False)


def test_what_waiting_costs_is_the_servers_word() -> None:
    assert refused(429, "Throttling", **{"retry-after": "7"}).wait_s == 7.0


def test_of_speech_a_quota_is_the_allowance_of_a_minute() -> None:
    speech = judging(NO_VOICE_IS_MADE)
    error = speech(answer(429, "Throttling.AllocationQuota", "Allocated quota exceeded."))
    assert error is not None
    assert error.reason is Reason.RATE_LIMITED


def test_with_a_transcript_the_transcript_may_be_wrong() -> None:
    error = judging({})(answer(400, "Audio.PreprocessError", "ASR text check failed"))
    assert error is not None
    assert error.reason is Reason.TRANSCRIPT_REFUSED


def test_a_page_of_a_gateway_keeps_its_words() -> None:
    error = judge(Answer("qwen", 502, b"<html>Bad Gateway</html>", {"x-request-id": "r-2"}))
    assert error is not None
    assert (error.reason, error.code, error.request_id) == (Reason.SERVER_FAILED, "502", "r-2")
    assert "Bad Gateway" in error.detail


def test_an_error_in_an_object_of_its_own_is_read_too() -> None:
    body = {"error": {"code": "invalid_api_key", "message": "Incorrect API key provided."}, "request_id": "r"}
    error = judge(Answer("qwen", 401, json.dumps(body).encode(), {}))
    assert error is not None
    assert (error.detail, error.request_id) == ("Incorrect API key provided.", "r")
