"""The commands against systems elsewhere, from outside: real processes, real sockets, exit codes and exact words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import soundfile

from tests.app.elsewhere import DESCRIPTION, TEXT, Commands, design, kill, until
from tests.fakes.evolink import EvoLink
from tests.fakes.exchange import Request, dropped, held, page, redirect, status
from tests.fakes.gate import PLANTED_KEY
from tests.fakes.model_studio import ModelStudio
from tests.fakes.noiz import Noiz
from tests.fakes.opentalking import OpenTalking
from tests.fakes.server import PretendServer, ThreadedServer
from tests.fakes.speech import write_speech

Made = dict[str, object]
SHAPE = {
    *("system", "region", "voice_id", "model", "status", "clip", "sample_rate", "seconds", "library_id", "request_id")
}


@dataclass
class World:
    commands: Commands
    intl: ModelStudio
    cn: ModelStudio
    evolink: EvoLink
    noiz: Noiz
    opentalking: OpenTalking
    servers: dict[str, PretendServer]

    def asked(self, name: str, words: bytes = b"") -> list[Request]:
        return [request for request in self.servers[name].requests if words in request.body]


@pytest.fixture
def world(home: Path) -> Iterator[World]:
    intl, cn = ModelStudio(PLANTED_KEY), ModelStudio(PLANTED_KEY)
    evolink, noiz, opentalking = EvoLink(PLANTED_KEY), Noiz(PLANTED_KEY), OpenTalking("/api")
    apps = {"MODEL_STUDIO_INTL": intl, "MODEL_STUDIO_CN": cn, "EVOLINK": evolink, "NOIZ": noiz}
    with ExitStack() as running:
        servers = {name: running.enter_context(ThreadedServer(app)) for name, app in apps.items()}
        servers["OPENTALKING"] = running.enter_context(ThreadedServer(opentalking))
        urls = {f"VOICE_STUDIO_{name}_URL": server.url for name, server in servers.items()}
        urls["VOICE_STUDIO_OPENTALKING_URL"] += "/api"
        for name, app in (("MODEL_STUDIO_INTL", intl), ("MODEL_STUDIO_CN", cn), ("EVOLINK", evolink)):
            app.host = servers[name].url
        yield World(Commands(urls), intl, cn, evolink, noiz, opentalking, servers)
        for server in servers.values():
            assert server.complaints == []
    library = (home / "library.db").read_bytes() if (home / "library.db").exists() else b""
    assert PLANTED_KEY.encode() not in library


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return write_speech(tmp_path / "me.wav", 12.0)


# -- the main journeys ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("system", "model", "standing"),
    [
        ("cosyvoice", "cosyvoice-v3.5-plus", "in-review"),
        ("qwen", "qwen3-tts-vd-2026-01-26", "ready"),
        ("evolink", "qwen3-tts-vd-2026-01-26", "ready"),
    ],
)
def test_a_designed_voice_is_in_the_library_at_once(
    world: World, tmp_path: Path, system: str, model: str, standing: str
) -> None:
    output = tmp_path / "made.wav"
    made: Made = world.commands.document(*design(system, output, "--name", "Announcer"))
    assert set(made) >= SHAPE
    assert (made["system"], made["model"], made["status"], made["clip"]) == (system, model, standing, str(output))
    assert made["region"] == ("" if system == "evolink" else "intl")
    with soundfile.SoundFile(output) as file:
        assert file.samplerate == made["sample_rate"] == 24_000
        assert file.frames / file.samplerate == pytest.approx(made["seconds"], abs=0.001)
    (voice,) = world.commands.document("voices")
    assert voice["library_id"] == made["library_id"]
    assert (voice["voice_id"], voice["name"], voice["origin"]) == (made["voice_id"], "Announcer", "designed")
    assert (voice["language"], voice["description"], voice["preview_text"]) == ("en", DESCRIPTION, TEXT)


@pytest.mark.parametrize(
    ("system", "model"),
    [
        ("qwen", "qwen3-tts-vc-2026-01-22"),
        ("cosyvoice", "cosyvoice-v3.5-plus"),
        ("noiz", ""),
        ("opentalking", "qwen3-tts-vc-realtime-2026-01-15"),
    ],
)
def test_a_cloned_voice_is_listed_shown_and_deleted(world: World, sample: Path, system: str, model: str) -> None:
    words = ("clone", "--system", system, "--sample", sample, "--name", "My voice", "--i-have-the-right")
    made: Made = world.commands.document(*words)
    assert set(made) >= SHAPE
    assert (made["system"], made["clip"], made["seconds"]) == (system, str(sample), 12.0)
    if model:
        assert made["model"] == model
    handle = f"{system}:{made['voice_id']}"
    (listed,) = world.commands.document("voices", "--system", system, "--refresh")
    assert (listed["voice_id"], listed["origin"], listed["name"]) == (made["voice_id"], "cloned", "My voice")
    assert world.commands.document("show", handle)["library_id"] == made["library_id"]
    assert world.commands.document("delete", handle)["voice_id"] == made["voice_id"]
    assert world.commands.document("voices", "--system", system, "--refresh") == []
    assert world.commands.failure(6, "show", handle)["reason"] == "no-such-voice"


@pytest.mark.parametrize("system", ["qwen", "evolink", "noiz", "opentalking"])
def test_any_text_is_spoken_with_a_kept_voice(world: World, sample: Path, tmp_path: Path, system: str) -> None:
    if system == "evolink":
        made = world.commands.document(*design(system, tmp_path / "made.wav"))
    else:
        words = ("clone", "--system", system, "--sample", sample, "--name", "Mine", "--i-have-the-right")
        made = world.commands.document(*words)
    output = tmp_path / "said.mp3"
    text = "A long text. " * (20 if system == "evolink" else 80)  # each part is a task there, looked at every 3 s
    said = world.commands.document("say", "--voice", made["library_id"], text, "--output", output)
    assert said["seconds"] == pytest.approx(soundfile.info(output).duration, abs=0.1)
    assert said["seconds"] > 1


def test_a_voice_in_review_is_told_before_anything_is_sent(world: World, tmp_path: Path) -> None:
    made = world.commands.document(*design("cosyvoice", tmp_path / "made.wav"))
    before = len(world.servers["MODEL_STUDIO_INTL"].requests)
    said = ("say", "--voice", made["library_id"], "Hello.", "--output", tmp_path / "said.wav")
    assert world.commands.failure(5, *said)["reason"] == "in-review"
    assert len(world.servers["MODEL_STUDIO_INTL"].requests) == before


def test_built_in_voices_are_a_kind_of_their_own(world: World) -> None:
    world.noiz.add("Mine")
    assert [voice["name"] for voice in world.commands.document("voices", "--system", "noiz", "--refresh")] == ["Mine"]
    built_in = world.commands.document("voices", "--system", "noiz", "--kind", "built-in", "--refresh")
    assert sorted(voice["name"] for voice in built_in) == ["Nova", "Orion"]
    assert {voice["origin"] for voice in built_in} == {"built-in"}
    failure = world.commands.failure(5, "delete", f"noiz:{built_in[0]['voice_id']}")
    assert failure["message"] == "This voice belongs to the system and can't be deleted."


def test_beijing_is_asked_only_where_it_is_named(world: World, tmp_path: Path) -> None:
    world.commands.document(*design("qwen", tmp_path / "a.wav"))
    world.commands.document("voices", "--refresh")
    assert world.servers["MODEL_STUDIO_CN"].requests == []
    made = world.commands.document(*design("cosyvoice", tmp_path / "b.wav", "--region", "cn"))
    assert made["region"] == "cn"
    assert len(world.cn.cosyvoices) == 1
    assert [voice["region"] for voice in world.commands.document("voices")] == ["intl"]
    assert [voice["region"] for voice in world.commands.document("voices", "--region", "cn")] == ["cn"]
    handle = f"cosyvoice:{made['voice_id']}"
    assert world.commands.failure(6, "show", handle)["reason"] == "no-such-voice"
    assert world.commands.document("delete", handle, "--region", "cn")["voice_id"] == made["voice_id"]
    assert world.cn.cosyvoices == {}


def test_a_system_without_a_list_shows_what_is_remembered_here(world: World, tmp_path: Path) -> None:
    made = world.commands.document(*design("evolink", tmp_path / "made.wav"))
    ended = world.commands.run("voices", "--system", "evolink", "--refresh", "--json")
    assert [voice["voice_id"] for voice in json.loads(ended.stdout)] == [made["voice_id"]]
    assert "--refresh is left out: EvoLink has no list of voices." in ended.stderr


def test_what_a_system_does_not_do_is_said(world: World, sample: Path, tmp_path: Path) -> None:
    assert world.commands.failure(2, *design("noiz", tmp_path / "a.wav"))["message"] == "Noiz doesn't offer this."
    words = ("clone", "--system", "qwen", "--name", "Mine", "--i-have-the-right", "--url", "file:///etc/passwd")
    failure = world.commands.failure(2, *words)
    assert failure["message"] == "The sample's address must begin with https:// or http://."


def test_options_without_a_field_are_left_out_with_a_word(world: World, sample: Path) -> None:
    words = ("clone", "--system", "noiz", "--sample", sample, "--name", "Mine", "--i-have-the-right")
    ended = world.commands.run(*words, "--transcript", "Hello.", "--region", "cn", "--denoise", "--json")
    assert ended.returncode == 0
    said = [line for line in ended.stderr.splitlines() if " is left out: " in line]
    assert said[:2] == [
        "--region is left out: Noiz has no field for it.",
        "--transcript is left out: Noiz has no field for it.",
    ]
    json.loads(ended.stdout)


# -- bad input and refusals ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--description", "x" * 501), "The voice description has 501 characters; 500 are allowed."),
        (("--text", "x" * 201), "The preview text has 201 characters; 200 are allowed."),
        (("--rate", "8000"), "This sample rate isn't offered here."),
        (("--format", "opus"), "This format isn't offered here."),
        (("--language", "de"), "This language isn't offered here."),
    ],
)
def test_what_the_system_would_refuse_is_not_sent(
    world: World, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    failure = world.commands.failure(2, *design("cosyvoice", tmp_path / "made.wav"), *words)
    assert failure["message"] == said
    assert world.servers["MODEL_STUDIO_INTL"].requests == []


def test_cloning_takes_the_persons_word_and_a_sample(world: World, sample: Path, tmp_path: Path) -> None:
    words = ("clone", "--system", "qwen", "--name", "Mine")
    failure = world.commands.failure(2, *words, "--sample", sample)
    assert failure["message"] == "Say first that you have the right to clone this voice."
    missing = world.commands.failure(2, *words, "--i-have-the-right", "--sample", tmp_path / "nothing.wav")
    assert missing["message"] == "There is no such file, or it can't be opened."
    noise = tmp_path / "noise.wav"
    noise.write_text("This is no sound." * 100)
    unreadable = world.commands.failure(2, *words, "--i-have-the-right", "--sample", noise)
    assert unreadable["message"] == "The sample can't be read."
    assert all(server.requests == [] for server in world.servers.values())


def test_without_a_key_nothing_is_sent(world: World, tmp_path: Path) -> None:
    keyless = Commands(world.commands.urls, keys={})
    failure = keyless.failure(3, *design("qwen", tmp_path / "made.wav"))
    assert failure["message"] == "No key is set for Qwen. Add one in Settings → Accounts."
    assert world.servers["MODEL_STUDIO_INTL"].requests == []


def test_a_refused_key_may_be_the_other_regions(world: World, tmp_path: Path) -> None:
    world.intl.key = "sk-another"
    ended = world.commands.run(*design("qwen", tmp_path / "made.wav"))
    assert ended.returncode == 3
    assert "Keys belong to a region: it may be the other one's. Try --region cn, or --region intl." in ended.stderr
    assert world.servers["MODEL_STUDIO_CN"].requests == []


def test_a_failure_is_told_with_code_and_request(world: World, tmp_path: Path) -> None:
    world.servers["MODEL_STUDIO_INTL"].fail(
        status(400, json={"code": "DataInspectionFailed", "message": "inappropriate", "request_id": "r-7"}),
        when=lambda request: b'"create"' in request.body,
    )
    failure = world.commands.failure(5, *design("qwen", tmp_path / "made.wav"))
    assert (failure["reason"], failure["code"], failure["request_id"]) == (
        "content-refused",
        "DataInspectionFailed",
        "r-7",
    )
    assert (failure["system"], failure["retryable"]) == ("qwen", False)


@pytest.mark.parametrize(
    ("fault", "code", "reason"),
    [
        (page(502), 5, "server-failed"),
        (page(200), 5, "not-json"),
        (redirect("https://example.org/"), 5, "redirected"),
        (dropped(), 4, "unreachable"),
    ],
    ids=str,
)
def test_a_list_that_fails_is_asked_for_three_times_at_most(
    world: World, fault: object, code: int, reason: str
) -> None:
    world.servers["NOIZ"].fail(fault, times=3)
    assert world.commands.failure(code, "voices", "--system", "noiz", "--refresh")["reason"] == reason
    assert len(world.servers["NOIZ"].requests) == (3 if reason in ("server-failed", "unreachable") else 1)


# -- paid once -----------------------------------------------------------------------------------------------------


def creating(request: Request) -> bool:
    return b'"create"' in request.body


def test_a_lost_answer_is_adopted_and_named(world: World, tmp_path: Path) -> None:
    world.servers["MODEL_STUDIO_INTL"].fail(dropped(handled=True), when=creating)
    failure = world.commands.failure(4, *design("qwen", tmp_path / "made.wav", "--name", "Lost"))
    (voice_id,) = world.intl.designs
    assert (failure["reason"], failure["voice_id"]) == ("preview-lost", voice_id)
    assert [voice["voice_id"] for voice in world.commands.document("voices")] == [voice_id]
    assert len(world.asked("MODEL_STUDIO_INTL", b'"create"')) == 1


def test_an_order_of_a_killed_program_is_adopted_by_the_next(world: World, tmp_path: Path) -> None:
    server = world.servers["MODEL_STUDIO_INTL"]
    server.fail(held(handled=True), when=creating)
    process = world.commands.start(*design("qwen", tmp_path / "made.wav", "--name", "Killed"))
    until(lambda: world.intl.designs)
    kill(process)
    (voice,) = world.commands.document("voices")
    assert (voice["voice_id"], voice["name"]) == (next(iter(world.intl.designs)), "Killed")
    assert len(world.asked("MODEL_STUDIO_INTL", b'"create"')) == 1


def test_a_task_of_a_killed_program_is_picked_up_with_its_sound(world: World, tmp_path: Path) -> None:
    world.servers["EVOLINK"].fail(held(), when=lambda request: request.path.startswith("/v1/tasks/"))
    process = world.commands.start(*design("evolink", tmp_path / "made.wav", "--name", "Killed"))
    until(lambda: any(request.path.startswith("/v1/tasks/") for request in world.servers["EVOLINK"].requests))
    kill(process)
    ended = world.commands.run("voices", "--json")
    (voice,) = json.loads(ended.stdout)
    assert voice["name"] == "Killed"
    assert "An order of an earlier start has arrived: Killed." in ended.stderr
    assert len(world.evolink.asked) == 1


def test_an_order_whose_answer_was_lost_for_good_is_kept_and_told(world: World, tmp_path: Path) -> None:
    world.servers["EVOLINK"].fail(dropped(handled=True))
    failure = world.commands.failure(4, *design("evolink", tmp_path / "made.wav"))
    assert failure["reason"] == "answer-lost"
    ended = world.commands.run("voices")
    assert "About an order of an earlier start: The answer of EvoLink was lost" in ended.stderr
    assert len(world.evolink.asked) == 1


def test_an_order_in_beijing_waits_until_beijing_is_named(world: World, tmp_path: Path) -> None:
    world.servers["MODEL_STUDIO_CN"].fail(dropped(handled=False), when=creating)
    failure = world.commands.failure(4, *design("qwen", tmp_path / "made.wav", "--region", "cn"))
    assert failure["reason"] == "answer-lost"
    before = len(world.servers["MODEL_STUDIO_CN"].requests)
    world.commands.document("voices")
    assert len(world.servers["MODEL_STUDIO_CN"].requests) == before
    world.commands.document("voices", "--region", "cn")
    assert len(world.servers["MODEL_STUDIO_CN"].requests) > before


# -- keys ----------------------------------------------------------------------------------------------------------


def test_a_key_is_set_used_tested_and_forgotten(world: World) -> None:
    keyless = Commands(world.commands.urls, keys={})
    set_key = keyless.run("accounts", "set-key", "noiz", given=f"  {PLANTED_KEY}\n")
    assert (set_key.returncode, set_key.stdout) == (0, "The key of Noiz is in the keyring.\n")
    try:
        told = {one["account"]: one["key"] for one in keyless.document("accounts")}
        assert told["noiz"] == "keyring"
        assert told["evolink"] == "none"
        assert keyless.run("accounts", "test", "noiz").stdout == "Noiz answers: 0 voices.\n"
    finally:
        assert keyless.run("accounts", "forget", "noiz").stdout == "The key of Noiz is forgotten.\n"
    assert keyless.failure(3, "accounts", "test", "noiz")["reason"] == "key-missing"


def test_a_test_tells_credits_or_refusal(world: World) -> None:
    assert world.commands.document("accounts", "test", "evolink")["credits"] == pytest.approx(1095.3996)
    world.noiz.key = "another"
    assert world.commands.failure(3, "accounts", "test", "noiz")["reason"] == "key-refused"
    assert world.commands.failure(2, "accounts", "test", "acme")["message"] == "There is no account of that name."


def test_a_key_with_a_line_break_is_refused(world: World) -> None:
    ended = world.commands.run("accounts", "set-key", "noiz", "--json", given="one\ntwo")
    assert ended.returncode == 2
    assert json.loads(ended.stdout)["error"]["message"] == "The API key has a character that isn't allowed in it."


def test_a_key_never_goes_over_plain_http_to_another_host(world: World) -> None:
    insecure = Commands({**world.commands.urls, "VOICE_STUDIO_NOIZ_URL": "http://voices.example.org/v1"})
    failure = insecure.failure(2, "voices", "--system", "noiz", "--refresh")
    assert failure["reason"] == "insecure-address"
    refused = world.commands.failure(2, "accounts", "set-url", "model-studio-intl", "http://voices.example.org")
    assert refused["message"] == (
        "The base URL is plain http to another computer, and no key is sent there. Use an https address."
    )
    told = ("accounts", "set-url", "speech-server", "http://gpu.lan:8091", "--role", "clone")
    assert world.commands.document(*told)["url"] == "http://gpu.lan:8091"
