"""The statement that is kept with a clone."""

from __future__ import annotations

import json
from dataclasses import replace

from studio.domain.samples import Right
from studio.flows.rights import WORDS, statement_of
from tests.flows.far import clone_brief, far_brief


def test_it_names_the_sample_and_whose_voice_it_is() -> None:
    right = Right("  Ann\n Lee ", "2026-11-01", "c0ffee")
    assert json.loads(statement_of(clone_brief(right=right))) == {
        "said": WORDS,
        "own": False,
        "whose": "Ann Lee",
        "since": "2026-11-01",
        "consent_sha256": "c0ffee",
        "sample_sha256": "5u0",
        "sample_name": "me.wav",
        "sample_url": "",
    }


def test_an_address_is_a_sample_too() -> None:
    brief = replace(clone_brief(), sample=None, sample_url="https://example.com/me.wav")
    said = json.loads(statement_of(brief))
    assert (said["sample_url"], said["sample_sha256"], said["whose"]) == ("https://example.com/me.wav", "", "")


def test_without_the_right_nothing_is_said() -> None:
    assert statement_of(clone_brief(has_right=False)) == ""
    assert statement_of(far_brief()) == ""
