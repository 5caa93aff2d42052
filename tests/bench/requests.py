"""What the transport adds to a free request, beside bare httpx in the same run, taken in turn."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import time
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from studio.providers.transport import Answer, Auth, Call, Transport
from tests.bench.report import Row
from tests.fakes.gate import PLANTED_KEY, FixedGate

ROUNDS = 31
IN_A_ROUND = 60
AIM = "ratio 1.3"

SHORT = {"output": {"voice": {"voice_id": "voice-1", "status": "OK"}}}
LONG = {"output": {"voice_list": [{"voice_id": f"voice-{number}", "status": "OK"} for number in range(1_000)]}}


def measure() -> list[Row]:
    return [_row("a look-up, its answer read", SHORT), _row("a list of 1,000 voices, read", LONG)]


def _row(name: str, told: object) -> Row:
    with _server(json.dumps(told).encode()) as url:
        figures, floor = asyncio.run(_figures(url))
    return Row(name, "ms", figures, floor, AIM)


async def _figures(url: str) -> tuple[list[float], list[float]]:
    import httpx

    transport = Transport(FixedGate(url))
    line = transport.line("bench", Auth.BEARER, lambda _: None)
    call = Call("POST", "/voices", json={"input": {"action": "list_voice", "page_index": 0}})

    async def ours() -> Answer:
        answer = await line.send("bench", call)
        answer.record()
        return answer

    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {PLANTED_KEY}"}) as client:

        async def bare() -> object:
            return (await client.post(f"{url}/voices", json=call.json)).json()

        await ours()
        await bare()
        figures: list[float] = []
        floor: list[float] = []
        for _ in range(ROUNDS):
            floor.append(await _each_ms(bare))
            figures.append(await _each_ms(ours))
    await transport.aclose()
    return figures, floor


async def _each_ms(ask: Callable[[], Awaitable[object]]) -> float:
    started = time.perf_counter()
    for _ in range(IN_A_ROUND):
        await ask()
    return (time.perf_counter() - started) * 1_000 / IN_A_ROUND


@contextmanager
def _server(told: bytes) -> Generator[str, None, None]:
    """In a process of its own: on a thread here it would count as part of both sides."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(told, there), daemon=True)
    process.start()
    yield f"http://127.0.0.1:{here.recv()}"
    here.send(None)
    process.join(10)


def _serve(told: bytes, pipe: Connection) -> None:
    asyncio.run(_serving(told, pipe))


async def _serving(told: bytes, pipe: Connection) -> None:
    head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(told)}\r\n\r\n".encode()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                asked = (await reader.readuntil(b"\r\n\r\n")).lower()
                await reader.readexactly(int(asked.partition(b"content-length:")[2].split()[0]))
                writer.write(head + told)
        except asyncio.IncompleteReadError:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1")
    pipe.send(server.sockets[0].getsockname()[1])
    await asyncio.to_thread(pipe.recv)
    server.close()
