"""What became of an order."""

from __future__ import annotations

from dataclasses import dataclass

from studio.domain.briefs import Order
from studio.domain.errors import StudioError
from studio.domain.voices import Designed, Voice


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an order: `voice` is in the library, or `error` says why there is none.

    `open` orders are asked for again; of the others nothing is left. `designed` brings the preview, `degraded` is
    the vendor's word on a clone of lesser quality.
    """

    order: Order
    voice: Voice | None = None
    designed: Designed | None = None
    degraded: str = ""
    request_id: str = ""
    error: StudioError | None = None
    open: bool = False
