"""Which "too many requests" no waiting helps: a full store of voices, and an account without money."""

from __future__ import annotations

import re

from studio.domain.errors import Reason
from studio.providers.calls import Answer

_RATE = re.compile(
    r"per[ _-](second|minute|hour)|/ ?(s|sec|min|h)\b|(?<![a-z])rate(?![a-z])|ratequota|concurren|throttl"
    r"|(retry|again) (in|after) \d"
)
_MONEY = re.compile(
    r"billing|bill_?\s?overdue|overdue|arrear|payment|top[ -]?up|recharge"
    r"|(insufficient|not enough|no|out of)[ _](\w+[ _])?(credit|balance|fund)"
)
_FULL = re.compile(r"(voice|storage|slot)s?[^\n]*(limit|maximum|full)|delete (existing|some|old|unused)")
_USED_UP = re.compile(r"quota|(?<!resource[ _])exhausted|insufficient(?![ _](capacity|resource))")
_OF_VOICES = re.compile(r"voice|storage|slot")


def in_the_end(answer: Answer, reason: Reason | None, code: str, words: str) -> Reason | None:
    """The judge's reason, or a better one where "too many requests" is not the whole truth."""
    if (reason or answer.reason_by(code)) is not Reason.RATE_LIMITED:
        return reason
    return lasting(code, words or answer.text) or reason


def lasting(code: str, words: str) -> Reason | None:
    """QUOTA_FULL or NO_CREDIT; None for what passes by itself. The words go before the code."""
    code, words = code.lower(), words.lower()
    both = f"{code}\n{words}"
    if _MONEY.search(both):
        return Reason.NO_CREDIT
    told = words if _USED_UP.search(words) or _FULL.search(words) else both
    if _RATE.search(told):
        return None
    if _FULL.search(told):
        return Reason.QUOTA_FULL
    if _USED_UP.search(told):
        return Reason.QUOTA_FULL if _OF_VOICES.search(told) else Reason.NO_CREDIT
    return None
