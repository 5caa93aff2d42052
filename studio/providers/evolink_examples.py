"""Speaking with a voice of EvoLink from elsewhere: a task is made, asked after until it ends, and fetched."""

from __future__ import annotations

import shlex

from studio.ports import CodeKind
from studio.providers import examples
from studio.providers.evolink_tasks import CREATE
from studio.providers.examples import ANSWER, CURL, LINK, OUTPUT, Door, literal
from studio.providers.reading import Record

EVERY_S = 3


def example(door: Door, body: Record, kind: CodeKind) -> str:
    return (_curl if kind is CodeKind.CURL else _python)(door, body)


def _curl(door: Door, body: Record) -> str:
    make = [
        f"{CURL} --output {ANSWER}",
        *door.shell_headers(examples.JSON_TYPE),
        shlex.quote(door.base_url + CREATE),
        examples.here(body, then=" &&"),
    ]
    ask = [f"{CURL} --output {ANSWER}", *door.shell_headers(), f"{shlex.quote(door.base_url + '/tasks/')}$task"]
    return f"""\
# Makes a task, asks after it every {EVERY_S} seconds, and fetches the sound; its link is good for 24 hours.
{examples.shell(make)}\
task=$(grep -Eo '"id" *: *"[^"]*"' {ANSWER} | head -n 1 | cut -d '"' -f 4) &&
while
  {examples.shell(ask)} &&
  ! grep -Eq '"status" *: *"(completed|failed|cancelled)"' {ANSWER}
do sleep {EVERY_S}; done &&
grep -Eq '"status" *: *"completed"' {ANSWER} &&
{CURL} --location --output {OUTPUT} "$({LINK})" ||
  cat {ANSWER}
"""


def _python(door: Door, body: Record) -> str:
    headers = door.python_headers('"Content-Type": "application/json"')
    return f"""{door.python_start("json", "re", "time")}
BASE_URL = {literal(door.base_url)}
HEADERS = {headers}
BODY = {literal(body)}

task = json.loads(send(BASE_URL + "{CREATE}", HEADERS, json.dumps(BODY).encode()))
while task["status"] not in ("completed", "failed", "cancelled"):
    time.sleep({EVERY_S})
    task = json.loads(send(BASE_URL + "/tasks/" + task["id"], HEADERS))
links = re.findall(r'https?://[^"]+', json.dumps(task))
if task["status"] != "completed" or not links:
    raise SystemExit(json.dumps(task))
with open("{OUTPUT}", "wb") as file:
    file.write(send(links[0], {{}}))
"""
