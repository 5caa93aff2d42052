"""A voice of another system as the library meets it: looked up, checked for use and deleted there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from studio.domain.accounts import KeySource, account_name
from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem
from studio.domain.voices import ClipKind, Origin, Status, Voice
from studio.ports import Accounts, Catalogue, Shelf, System


class RemoteVoices:
    """Shared by the library's window and commands; holds nothing but its parts."""

    def __init__(self, systems: Mapping[str, System], accounts: Accounts, shelf: Shelf) -> None:
        self._systems = systems
        self._accounts = accounts
        self._shelf = shelf

    async def find(self, handle: str, region: str = "") -> Voice:
        """By library id or `system:voice_id`; one that isn't here is asked for at its system, and comes in.

        Raises NO_SUCH_VOICE, or why the system can't be asked.
        """
        try:
            voice = await self._shelf.find(handle)
        except StudioError as error:
            if error.reason is not Reason.NO_SUCH_VOICE:
                raise
            return await self._found_elsewhere(handle, region, error)
        return await self._in_region(voice, handle, region)

    async def look(self, handle: str, region: str = "") -> tuple[Voice, StudioError | None]:
        """As its system knows the voice now; or as the library has it, with why the system could not be asked."""
        try:
            voice = await self._shelf.find(handle)
        except StudioError:
            return await self.find(handle, region), None
        voice = await self._in_region(voice, handle, region)
        try:
            return await self.current(voice), None
        except StudioError as error:
            return voice, error

    async def _found_elsewhere(self, handle: str, region: str, missing: StudioError) -> Voice:
        system, colon, voice_id = handle.partition(":")
        catalogue = self._systems.get(system)
        if not colon or not voice_id or not isinstance(catalogue, Catalogue):
            raise missing
        region = catalogue.info.region(region)
        account = await self._accounts.current(account_name(system, region))
        found = await catalogue.look_up(voice_id, region)
        return await self._shelf.add(replace(found, account=account, region=region), None, ClipKind.PREVIEW, "")

    async def _in_region(self, voice: Voice, handle: str, region: str) -> Voice:
        """The voice, if it is in the region that the command means; a key of the environment goes to no other."""
        system = self._systems.get(voice.system)
        if not voice.region or system is None or voice.region == system.info.region(region):
            return voice
        if ":" in handle:
            wanted = StudioError(Reason.NO_SUCH_VOICE, system=voice.system, detail=handle[:200])
            return await self._found_elsewhere(handle, region, wanted)
        standing = await self._accounts.standing(account_name(voice.system, voice.region))
        if region or standing.source is KeySource.ENVIRONMENT:
            problem = Problem(Field.REGION, Fault.NOT_OFFERED)
            raise StudioError(Reason.BAD_INPUT, system=voice.system, detail=voice.region, problems=(problem,))
        return voice

    async def current(self, voice: Voice) -> Voice:
        """As its system knows it now, brought into the library; one that is gone there is marked so.

        Raises StudioError where the system can't be asked.
        """
        catalogue = self._systems.get(voice.system)
        if not isinstance(catalogue, Catalogue):
            return voice
        await self.check_account(voice)
        try:
            found = await catalogue.look_up(voice.voice_id, voice.region)
        except StudioError as error:
            if error.reason is not Reason.NO_SUCH_VOICE:
                raise
            await self._shelf.mark(voice.library_id, Status.GONE)
            return replace(voice, status=Status.GONE)
        found = replace(found, account=voice.account, region=voice.region)
        await self._shelf.merge(voice.system, voice.account, (found,), ())
        return await self._shelf.find(str(voice.library_id))

    def deletes(self, voice: Voice) -> bool:
        """Whether deleting it does something outside this computer, or can't do what one would expect."""
        return voice.system != ON_DEVICE and voice.system in self._systems and voice.status is not Status.GONE

    def deletion_note(self, voice: Voice) -> str:
        """What stays behind when the voice is deleted; empty if nothing does."""
        system = self._systems.get(voice.system)
        return system.info.deletion if system else ""

    async def remove(self, voice: Voice) -> None:
        """At once, at its system and here. Raises NOT_DELETABLE, OTHER_ACCOUNT or why it could not be asked."""
        await self.delete_there(voice)
        await self._shelf.delete(voice.library_id)

    async def delete_there(self, voice: Voice) -> None:
        """One that is gone already is no error; raises as `remove`."""
        catalogue = self._systems.get(voice.system)
        if not isinstance(catalogue, Catalogue) or voice.status is Status.GONE:
            return
        if voice.origin is Origin.BUILT_IN:
            raise StudioError(Reason.NOT_DELETABLE, system=voice.system)
        await self.check_account(voice)
        await catalogue.delete(voice)

    async def check_account(self, voice: Voice) -> None:
        """Raises OTHER_ACCOUNT if the key in use isn't that of the voice's account."""
        current = await self._accounts.current(account_name(voice.system, voice.region))
        if voice.system != ON_DEVICE and voice.account != current:
            raise StudioError(Reason.OTHER_ACCOUNT, system=voice.system)
