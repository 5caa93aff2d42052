from __future__ import annotations

import pytest

from studio.domain.errors import Reason
from studio.providers.lasting import lasting


@pytest.mark.parametrize(
    ("code", "words", "reason"),
    [
        ("429", "Too many requests", None),
        ("429", "", None),
        ("429", "Rate limit exceeded, retry in 20 seconds", None),
        ("429", "Quota of 60 requests per minute exceeded", None),
        ("quota_exceeded", "Too many requests per minute", None),
        ("Throttling.RateQuota", "Requests rate limit exceeded, please try again later.", None),
        ("429", "Too many requests of this voice, slow down", None),
        ("429", "Too many concurrent requests for voice quota", None),
        ("resource_exhausted", "Try again soon", None),
        ("429", "Insufficient capacity", None),
        ("429", "The monthly quota is used up", Reason.NO_CREDIT),
        ("rate_limited", "Your monthly quota is exhausted", Reason.NO_CREDIT),
        ("quota_exceeded", "", Reason.NO_CREDIT),
        ("429", "Insufficient credits to generate", Reason.NO_CREDIT),
        ("429", "Insufficient balance for this voice", Reason.NO_CREDIT),
        ("PostpaidBillOverdue", "", Reason.NO_CREDIT),
        ("429", "Your account is in arrears", Reason.NO_CREDIT),
        ("429", "Check your plan and billing details; rate limit reached", Reason.NO_CREDIT),
        ("429", "Voice quota exceeded", Reason.QUOTA_FULL),
        ("429", "Storage limit reached", Reason.QUOTA_FULL),
        ("429", "Please delete existing voices", Reason.QUOTA_FULL),
        ("429", "Maximum voice-clone voice limit exceeded.", Reason.QUOTA_FULL),
    ],
)
def test_what_lasts(code: str, words: str, reason: Reason | None) -> None:
    assert lasting(code, words) is reason
