"""States of the Settings window, as its flow makes them."""

from __future__ import annotations

from dataclasses import replace

from studio.domain.accounts import ACCOUNTS, OPENTALKING, KeySource, Standing, account_info
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem
from studio.flows.accounts import AccountCard, AccountsState

INTL, CN, EVOLINK, NOIZ_ACCOUNT, LOCAL, SPEECH = (info.name for info in ACCOUNTS)

# -- accounts --------------------------------------------------------------------------------------------------------


def standing(name: str, source: KeySource = KeySource.NONE, ending: str = "", **changes: object) -> Standing:
    info = account_info(name)
    made = Standing(info=info, source=source, ending=ending, base_url=info.base_url)
    return replace(made, **changes)  # pyright: ignore[reportArgumentType]


def kept(name: str, ending: str = "3f9a") -> Standing:
    return standing(name, KeySource.KEYRING, ending)


def accounts(*cards: AccountCard, **changes: object) -> AccountsState:
    """With these cards, the others as they are at first."""
    given = {card.standing.info.name: card for card in cards}
    every = tuple(given.get(info.name, AccountCard(standing(info.name))) for info in ACCOUNTS)
    return replace(AccountsState(cards=every), **changes)  # pyright: ignore[reportArgumentType]


def refused(system: str) -> StudioError:
    return StudioError(
        Reason.KEY_REFUSED, system=system, code="InvalidApiKey", detail="Invalid API-key provided.", request_id="r-41"
    )


LOCKED = StudioError(Reason.KEYRING_LOCKED, detail="the collection is locked")
BAD_KEY = StudioError(Reason.BAD_INPUT, problems=(Problem(Field.API_KEY, Fault.NOT_PLAIN),))
BAD_URL = StudioError(Reason.BAD_INPUT, problems=(Problem(Field.BASE_URL, Fault.NOT_READABLE),))
INSECURE_URL = StudioError(Reason.BAD_INPUT, problems=(Problem(Field.BASE_URL, Fault.INSECURE),))
BAD_PROXY = StudioError(Reason.BAD_INPUT, problems=(Problem(Field.PROXY, Fault.NOT_READABLE),))
UNREACHABLE = StudioError(Reason.UNREACHABLE, system=OPENTALKING, detail="connection refused", retryable=True)
