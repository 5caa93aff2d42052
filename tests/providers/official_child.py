"""The vendor's own client at work, in a process of its own: told where, it does every deed and prints what came of it.

It has its own logging, threads and warnings, and takes seconds to load; none of that is for the process of the tests.
"""

from __future__ import annotations

import base64
import json
import sys
import threading
from collections.abc import Callable
from typing import Any

import dashscope
from dashscope.audio.http_tts import HttpSpeechSynthesizer
from dashscope.audio.qwen_tts_realtime import AudioFormat as RealtimeFormat
from dashscope.audio.qwen_tts_realtime import QwenTtsRealtime, QwenTtsRealtimeCallback
from dashscope.audio.tts_v2 import AudioFormat, ResultCallback, SpeechSynthesizer, VoiceEnrollmentService
from dashscope.common.error import RequestFailure

WAIT_S = 30.0
TEXT = "Good evening. How are you today?"


class Listener(QwenTtsRealtimeCallback):
    def __init__(self) -> None:
        self.sound, self.events, self.done = b"", [], threading.Event()

    def on_event(self, response: Any) -> None:
        told = response if isinstance(response, dict) else json.loads(response)
        self.events.append(told["type"])
        if told["type"] == "response.audio.delta":
            self.sound += base64.b64decode(told["delta"])
        if told["type"] in ("session.finished", "error"):
            self.done.set()


class Collector(ResultCallback):
    def __init__(self) -> None:
        self.sound, self.heard, self.failed = b"", threading.Event(), ""

    def on_data(self, data: bytes) -> None:
        self.sound += data
        self.heard.set()

    def on_error(self, message: Any) -> None:
        self.failed = str(message)


class Deeds:
    def __init__(self, url: str, told: dict[str, str]) -> None:
        dashscope.base_http_api_url = f"{url}/api/v1"
        dashscope.base_websocket_api_url = f"ws{url.removeprefix('http')}/api-ws/v1/inference"
        self.realtime_url = f"ws{url.removeprefix('http')}/api-ws/v1/realtime"
        dashscope.api_key = told["key"]
        self.client = dashscope.Client(api_key=told["key"], base_url=f"{url}/api/v1")
        self.told = told

    def realtime(self, mode: str = "server_commit") -> Any:
        listener = Listener()
        model, voice = self.told["realtime_model"], self.told["realtime_voice"]
        speaker = QwenTtsRealtime(model=model, callback=listener, url=self.realtime_url)
        speaker.connect()
        pcm = RealtimeFormat.PCM_24000HZ_MONO_16BIT
        speaker.update_session(voice=voice, response_format=pcm, mode=mode, language_type="English")
        for sentence in ("Good evening. ", "How are you today?"):
            speaker.append_text(sentence)
            if mode == "commit":
                speaker.commit()
        speaker.finish()
        assert listener.done.wait(WAIT_S)
        speaker.close()
        return {"sound": base64.b64encode(listener.sound).decode(), "events": listener.events}

    def realtime_commit(self) -> Any:
        return self.realtime("commit")

    def inference(self, **more: Any) -> Any:
        speaker = SpeechSynthesizer(model=self.told["model"], voice=self.told["voice"], **more)
        return {"sound": base64.b64encode(speaker.call(TEXT)).decode(), "request_id": speaker.get_last_request_id()}

    def inference_pcm(self) -> Any:
        return self.inference(format=AudioFormat.PCM_24000HZ_MONO_16BIT)

    def inference_streaming(self) -> Any:
        collector = Collector()
        pcm = AudioFormat.PCM_24000HZ_MONO_16BIT
        speaker = SpeechSynthesizer(self.told["model"], self.told["voice"], format=pcm, callback=collector)
        for sentence in ("Good evening. ", "How are you today?"):
            speaker.streaming_call(sentence)
        speaker.streaming_complete()
        return {"sound": base64.b64encode(collector.sound).decode(), "failed": collector.failed}

    def inference_cancelled(self) -> Any:
        collector = Collector()
        speaker = SpeechSynthesizer(self.told["model"], self.told["voice"], callback=collector)
        speaker.streaming_call(TEXT)
        speaker.streaming_cancel()
        return {"sound": base64.b64encode(collector.sound).decode(), "failed": collector.failed}

    def inference_refused(self) -> Any:
        speaker = SpeechSynthesizer(model=self.told["model"], voice="nobody", format=AudioFormat.PCM_24000HZ_MONO_16BIT)
        try:
            return {"sound": speaker.call(TEXT)}
        except RequestFailure as error:
            return {"failed": str(error)}

    def second_client(self) -> Any:
        ws_url = dashscope.base_websocket_api_url
        named = {"model": self.told["model"], "voice": self.told["voice"], "format": "pcm", "sample_rate": 24_000}
        with self.client.audio.tts.connect(ws_url=ws_url, **named) as session:
            session.send_text(TEXT)
            session.stop()
            return {"sound": base64.b64encode(b"".join(session.audio_chunks())).decode()}

    def http(self) -> Any:
        told = dashscope.MultiModalConversation.call(
            model=self.told["http_model"], text=TEXT, voice=self.told["http_voice"], language_type="English"
        )
        return {"status": told.status_code, "url": told.output.audio.url, "message": told.message}

    def http_events(self) -> Any:
        pieces = dashscope.MultiModalConversation.call(
            model=self.told["http_model"],
            text=TEXT,
            voice=self.told["http_voice"],
            language_type="English",
            stream=True,
        )
        sound = b"".join(base64.b64decode(one.output.audio.get("data") or "") for one in pieces)
        return {"sound": base64.b64encode(sound).decode()}

    def http_of_cosyvoice(self) -> Any:
        told = HttpSpeechSynthesizer.call(model=self.told["model"], text=TEXT, voice=self.told["voice"])
        return {"status": told.status_code, "url": told.audio_url, "message": told.message}

    def second_client_http(self) -> Any:
        named = {"model": self.told["http_model"], "voice": self.told["http_voice"], "language_type": "English"}
        whole = self.client.audio.tts.http.synthesize(TEXT, **named)
        pieces = [one.audio or b"" for one in self.client.audio.tts.http.stream(TEXT, **named)]
        return {"url": str(whole), "sound": base64.b64encode(b"".join(pieces)).decode()}

    def voices(self) -> Any:
        service = VoiceEnrollmentService()
        listed = service.list_voices(page_size=10)
        return {"listed": listed, "queried": service.query_voice(self.told["voice"])}


def tried(deed: Callable[[], Any]) -> Any:
    try:
        return deed()
    except Exception as error:  # noqa: BLE001 - what the client makes of the server is what is looked at
        return {"error": f"{type(error).__name__}: {error}"}


def main() -> None:
    url, told = sys.argv[1], json.loads(sys.argv[2])
    deeds = Deeds(url, told)
    names = [name for name, one in vars(Deeds).items() if callable(one) and not name.startswith("_")]
    print(json.dumps({name: tried(getattr(deeds, name)) for name in names}))


if __name__ == "__main__":
    main()
