"""Names of any script as the plain prefixes that vendors put into their voice ids."""

from __future__ import annotations

import re

from studio.domain.limits import Handle

FALLBACK = "voice"


def handle_from(name: str, handle: Handle) -> str:
    """What a vendor's voice id will carry of a name: transliterated, cut to the pattern, never empty."""
    from anyascii import anyascii  # late: its tables are read from the package

    plain = anyascii(" ".join(name.split()))
    if handle.lower_case:
        plain = plain.lower()
    joined = "_".join(re.findall(r"[A-Za-z0-9]+", plain))
    fitting = "".join(re.findall(f"[{handle.characters}]", joined))
    if handle.starts_with_letter:
        fitting = fitting.lstrip("_0123456789")
    return fitting[: handle.longest].strip("_") or FALLBACK[: handle.longest]
