"""Where a local sample goes for CosyVoice, which takes addresses only: Model Studio's temporary store.

Two steps (api/dashscope.md 2.3): a policy is asked for with the key, then the sample is posted to the store that it
names, without the key. What lies there is gone after 48 hours.
"""

from __future__ import annotations

from uuid import uuid4

from studio.domain.errors import Reason, StudioError
from studio.domain.samples import Sample
from studio.providers import reading
from studio.providers.reading import Record
from studio.providers.transport import PAID_READ_S, Call, Line

POLICIES = "/uploads"
SCHEME = "oss://"
RESOLVE = {"X-DashScope-OssResourceResolve": "enable"}
"""Goes along with a request that names such an address."""

_THERE_ALREADY = "409"
"""The answer to the first attempt was lost: nobody else has a key like ours, and the store forbids overwriting."""

_NEEDED = ("upload_host", "upload_dir", "oss_access_key_id", "signature", "policy")


async def uploaded(line: Line, account: str, model: str, sample: Sample) -> str:
    """The address of the sample in the store, good for requests of `model` alone. Raises StudioError."""
    answer = await line.send(account, Call("GET", POLICIES, query={"action": "getPolicy", "model": model}))
    policy = reading.record(answer.record(), "data")
    if missing := [name for name in _NEEDED if not reading.text(policy, name)]:
        raise answer.error(Reason.UNREADABLE, detail=f"an upload policy without {', '.join(missing)}")
    name = f"{uuid4().hex}{sample.media.suffix}"  # the person's own name for the file is nobody's business
    key = f"{reading.text(policy, 'upload_dir').strip('/')}/{name}"
    call = Call(
        "POST",
        "",
        form=_form(policy, key, sample),
        files={"file": (name, sample.data, sample.media.value)},
        read_s=PAID_READ_S,
    )
    try:
        await line.post_elsewhere(reading.text(policy, "upload_host"), call)
    except StudioError as error:
        if error.code != _THERE_ALREADY:
            raise
    return SCHEME + key


def _form(policy: Record, key: str, sample: Sample) -> dict[str, str]:
    """In this order, and before the file: the store reads no field behind it."""
    return {
        "OSSAccessKeyId": reading.text(policy, "oss_access_key_id"),
        "Signature": reading.text(policy, "signature"),
        "policy": reading.text(policy, "policy"),
        "key": key,
        "x-oss-object-acl": reading.text(policy, "x_oss_object_acl") or "private",
        "x-oss-forbid-overwrite": reading.text(policy, "x_oss_forbid_overwrite") or "true",
        "success_action_status": "200",
        "x-oss-content-type": sample.media.value,
    }
