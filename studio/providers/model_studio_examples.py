"""Speaking with voices of Model Studio from elsewhere: over HTTP where a model has it, else over a WebSocket."""

from __future__ import annotations

import shlex

from studio.domain.accounts import Region, account_info
from studio.domain.voices import Voice
from studio.ports import CodeKind
from studio.providers import examples
from studio.providers.examples import ANSWER, CURL, LINK, OUTPUT, Door, literal
from studio.providers.model_studio import account_of
from studio.providers.model_studio_inference import Inference
from studio.providers.model_studio_realtime import Realtime
from studio.providers.model_studio_routes import Route, can_be_reached, route_of
from studio.providers.model_studio_session import RATE_HZ, address
from studio.providers.model_studio_speech import GENERATION, language_type, speech_body
from studio.providers.reading import Record
from studio.providers.transport import Auth, Line

SYNTHESIZER = "/services/audio/tts/SpeechSynthesizer"
HTTP_MAX, SOCKET_MAX = 600, 2_000

_NO_CURL = "no curl speaks over a WebSocket"


def kinds(line: Line, voice: Voice) -> tuple[CodeKind, ...]:
    """No curl speaks over a WebSocket."""
    if not can_be_reached(voice):
        return ()
    over_http = route_of(voice) is Route.HTTP or (route_of(voice) is Route.INFERENCE and _has_synthesizer(line, voice))
    return tuple(CodeKind) if over_http else (CodeKind.PYTHON,)


async def example(line: Line, voice: Voice, text: str, kind: CodeKind) -> str:
    """Raises NOT_OFFERED where curl can't, CANNOT_SPEAK or NO_ROUTE_YET as `route_of`."""
    route = route_of(voice)
    door = await examples.door(line, account_of(line, voice.region), Auth.BEARER)
    said = examples.words(voice, text, HTTP_MAX if route is Route.HTTP else SOCKET_MAX)
    language = language_type(voice.language, said)
    if route is Route.HTTP:
        body = speech_body(voice, said, language)
        return (_curl if kind is CodeKind.CURL else _python)(door, GENERATION, body)
    if route is Route.REALTIME:
        if kind is CodeKind.CURL:
            raise examples.not_offered(voice, _NO_CURL)
        return _realtime(door, Realtime(voice, said, language), said)
    if kind is CodeKind.PYTHON:
        return _inference(door, Inference(voice, said), said)
    if not _has_synthesizer(line, voice):
        raise examples.not_offered(voice, f"{_NO_CURL}, and HTTP is there in Beijing only")
    fields = {"text": said, "voice": voice.voice_id, "format": "wav", "sample_rate": RATE_HZ}
    return _curl(door, SYNTHESIZER, {"model": voice.target_model, "input": fields})


def _has_synthesizer(line: Line, voice: Voice) -> bool:
    """Beijing only (api/dashscope.md 3.4)."""
    return account_info(account_of(line, voice.region)).region is Region.CN


def _curl(door: Door, path: str, body: Record) -> str:
    asked = [
        f"{CURL} --output {ANSWER}",
        *door.shell_headers(examples.JSON_TYPE),
        shlex.quote(door.base_url + path),
        examples.here(body, then=" &&"),
    ]
    fetched = f'{CURL} --location --output {OUTPUT} "$({LINK})" ||\n  cat {ANSWER}\n'
    return f"# The answer has a link to the sound, which is good for 24 hours.\n{examples.shell(asked)}{fetched}"


def _python(door: Door, path: str, body: Record) -> str:
    headers = door.python_headers('"Content-Type": "application/json"')
    return f"""{door.python_start("json")}
URL = {literal(door.base_url + path)}
HEADERS = {headers}
BODY = {literal(body)}

told = json.loads(send(URL, HEADERS, json.dumps(BODY).encode()))
with open("{OUTPUT}", "wb") as file:
    file.write(send(told["output"]["audio"]["url"], {{}}))
"""


_BASE64 = "import base64\n"

_SOCKET = f"""\
# pip install websockets
{_BASE64}import json
import os
import uuid
import wave

from websockets.sync.client import connect
"""

_WRITE = f"""
with wave.open("{OUTPUT}", "wb") as file:
    file.setnchannels(1)
    file.setsampwidth(2)
    file.setframerate({RATE_HZ})
    file.writeframes(bytes(sound))
"""


def _realtime(door: Door, dialogue: Realtime, text: str) -> str:
    session = dialogue.opening()[0]["session"]
    return f"""{_SOCKET}
URL = {literal(address(door.base_url, dialogue.path))}
HEADERS = {door.python_headers()}
SESSION = {literal(session)}
TEXT = {literal(text)}


def event(kind, **more):
    return json.dumps({{"event_id": "event_" + uuid.uuid4().hex, "type": kind, **more}})


sound = bytearray()
with connect(URL, additional_headers=HEADERS, max_size=None) as socket:
    socket.send(event("session.update", session=SESSION))
    socket.send(event("input_text_buffer.append", text=TEXT))
    socket.send(event("session.finish"))
    for message in socket:
        told = json.loads(message)
        if told["type"] == "response.audio.delta":
            sound += base64.b64decode(told["delta"])
        elif told["type"] == "error":
            raise SystemExit(message)
        elif told["type"] == "session.finished":
            break
    else:
        raise SystemExit("The connection ended before the speech did.")
{_WRITE}"""


def _inference(door: Door, dialogue: Inference, text: str) -> str:
    task = dialogue.opening()[0]["payload"]
    return f"""{_SOCKET.replace(_BASE64, "")}
URL = {literal(address(door.base_url, dialogue.path))}
HEADERS = {door.python_headers()}
TASK = {literal(task)}
TEXT = {literal(text)}
TASK_ID = uuid.uuid4().hex


def message(action, payload):
    header = {{"action": action, "task_id": TASK_ID, "streaming": "duplex"}}
    return json.dumps({{"header": header, "payload": payload}})


sound = bytearray()
with connect(URL, additional_headers=HEADERS, max_size=None) as socket:
    socket.send(message("run-task", TASK))
    for told in socket:
        if isinstance(told, bytes):
            sound += told
            continue
        event = json.loads(told)["header"]["event"]
        if event == "task-started":
            socket.send(message("continue-task", {{"input": {{"text": TEXT}}}}))
            socket.send(message("finish-task", {{"input": {{}}}}))
        elif event == "task-failed":
            raise SystemExit(told)
        elif event == "task-finished":
            break
    else:
        raise SystemExit("The connection ended before the speech did.")
{_WRITE}"""
