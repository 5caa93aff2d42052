"""The benchmark command: `packaging/bench [PART...]`."""

from __future__ import annotations

import sys

from tests.bench import (
    catalogue,
    darkroom,
    hearing,
    killing,
    library,
    matching,
    measuring,
    recording,
    requests,
    sounding,
    starting,
    waveform,
)
from tests.bench.report import print_rows

PARTS = {
    "starting": starting.measure,
    "sounding": sounding.measure,
    "hearing": hearing.measure,
    "requests": requests.measure,
    "matching": matching.measure,
    "waveform": waveform.measure,
    "recording": recording.measure,
    "measuring": measuring.measure,
    "darkroom": darkroom.measure,
    "library": library.measure,
    "catalogue": catalogue.measure,
    "killing": killing.measure,
}


def main() -> None:
    for name in sys.argv[1:] or PARTS:
        print_rows(name, PARTS[name]())


main()
