"""A process of its own that listens or records, for the tests that kill it.

listen DEVICE      says "listening", ends at the next line that it reads
record FILE        says every 10 ms how many seconds of the take have come
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from studio.audio.recorder import PortAudioRecorder


async def listen(device_id: str) -> None:
    recorder = PortAudioRecorder()
    await recorder.listen(device_id)
    print("listening", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    await recorder.close()


async def record(path: str) -> None:
    recorder = PortAudioRecorder()
    await recorder.listen("")
    await recorder.record(Path(path))
    while True:
        print(recorder.meter().seconds, flush=True)
        await asyncio.sleep(0.01)


asyncio.run({"listen": listen, "record": record}[sys.argv[1]](sys.argv[2]))
