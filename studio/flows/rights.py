"""What is kept of a person's word on the right to a sample."""

from __future__ import annotations

import json

from studio.domain.briefs import Brief, CloneBrief

WORDS = "I have the right to clone this voice"


def statement_of(brief: Brief | CloneBrief) -> str:
    """As JSON, with what names the sample, and whose voice it is; empty for a design."""
    if isinstance(brief, Brief) or not brief.has_right:
        return ""
    said = {
        "said": WORDS,
        "own": brief.right.own,
        "whose": " ".join(brief.right.whose.split()),
        "since": brief.right.since,
        "consent_sha256": brief.right.consent_sha256,
        "sample_sha256": brief.sample.sha256 if brief.sample else "",
        "sample_name": brief.sample.name if brief.sample else "",
        "sample_url": brief.sample_url,
    }
    return json.dumps(said, ensure_ascii=False)
