"""Joins what a person asks to the flows, and the flows' states to what is drawn: all of it here, to be seen at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.errors import StudioError
from studio.domain.voices import Status, Voice
from studio.flows.accounts import AccountsFlow
from studio.flows.audition import Audible, AuditionFlow
from studio.flows.booth import BoothFlow
from studio.flows.clone import CloneFlow
from studio.flows.deletion import DeletionFlow
from studio.flows.design import DesignFlow, DesignState
from studio.flows.desk import DeskFlow
from studio.flows.hearing import HearingFlow
from studio.flows.library import LibraryFlow
from studio.flows.moving import MovingFlow
from studio.flows.orders import OrdersFlow, OrdersState
from studio.flows.pitches import PitchFlow
from studio.flows.reviews import ReviewFlow
from studio.flows.saying import Saying
from studio.flows.speaking import SpeakingFlow
from studio.flows.takes import TakesFlow
from studio.flows.usage import UsageFlow
from studio.ui.tab_order import put_last
from studio.ui.window import Window
from studio.ui.wiring_clone import join_clone
from studio.ui.wiring_library import join_library
from studio.ui.wiring_parts import RegionTrial, ShownVoice, open_settings_at
from studio.ui.wiring_player import join_player

if TYPE_CHECKING:
    from studio.ui.clone.tab import CloneTab
    from studio.ui.design.tab import DesignTab
    from studio.ui.settings.dialog import SettingsDialog


@dataclass(frozen=True, slots=True)
class Flows:
    design: DesignFlow
    clone: CloneFlow
    booth: BoothFlow
    takes: TakesFlow
    hearing: HearingFlow
    library: LibraryFlow
    deletion: DeletionFlow
    speaking: SpeakingFlow
    pitches: PitchFlow
    usage: UsageFlow
    moving: MovingFlow
    accounts: AccountsFlow
    orders: OrdersFlow
    reviews: ReviewFlow
    audition: AuditionFlow
    desk: DeskFlow
    saying: Saying


def connect(window: Window, flows: Flows) -> None:
    """Starts no work before the loop runs: what is to be read at the start, `main` asks for."""
    window.remembered.connect(lambda name, value: flows.desk.remember(**{name: value}))
    join_player(window, flows)
    _join_news(window, flows)
    shown = ShownVoice(window, flows.library)
    trial = RegionTrial(window, flows.accounts)
    _join_design(window, flows, shown, trial)
    _join_orders(window, flows.orders)
    join_clone(window, flows, shown, trial)
    join_library(window, flows, shown)
    _join_settings(window, flows)
    window.when_clone_built(lambda _: put_last(window.strip))
    window.when_library_built(lambda _: put_last(window.strip))


# -- what one flow tells another -----------------------------------------------------------------------


def _join_news(window: Window, flows: Flows) -> None:
    def made(voice: Voice) -> None:
        flows.library.refresh()
        if voice.status is Status.IN_REVIEW:
            flows.reviews.follow()

    def reviewed(voice: Voice, status: Status) -> None:
        flows.library.refresh()
        window.announcer.hear_review(voice, status)

    flows.design.on_kept = made
    flows.clone.on_cloned = made
    flows.orders.on_arrived = made
    flows.reviews.on_ended = reviewed
    flows.design.on_left = flows.orders.follow
    flows.clone.on_left = flows.orders.follow
    flows.design.on_made = lambda one: flows.audition.prepare(Audible(one.preview, one.voice.name))
    flows.clone.on_spoken = flows.audition.play


# -- what each part of the window asks ------------------------------------------------------------------


def _join_design(window: Window, flows: Flows, shown: ShownVoice, trial: RegionTrial) -> None:
    tab, design = window.design_tab, flows.design
    without_preview: StudioError | None = None

    def show(state: DesignState) -> None:
        nonlocal without_preview
        window.render_design(state)
        if state.error and state.error.voice_id and state.error is not without_preview:
            without_preview = state.error  # its voice is in the library all the same
            flows.library.refresh()

    tab.generate_asked.connect(lambda brief: window.announcer.hear_asked(brief.system))
    tab.again_asked.connect(lambda candidate_id: window.announcer.hear_again(candidate_id))
    tab.generate_asked.connect(design.generate)
    tab.cancel_asked.connect(design.cancel)
    tab.retry_asked.connect(design.retry)
    tab.again_asked.connect(design.again)
    tab.keep_asked.connect(design.keep)
    tab.discard_asked.connect(design.discard)
    tab.undo_asked.connect(design.take_back)
    tab.play_asked.connect(flows.audition.toggle)
    tab.seek_asked.connect(flows.audition.seek)
    tab.show_asked.connect(shown.show)
    tab.settings_asked.connect(lambda: open_settings_at(window, tab, design.state.error))
    tab.other_region_asked.connect(lambda system, region: trial.start(tab, system, region))
    design.show = show
    window.render_design(design.state)


def _join_orders(window: Window, orders: OrdersFlow) -> None:
    """Those of clones are worked in the Clone tab, the others in Design."""

    def show(state: OrdersState) -> None:
        window.render_orders(state)
        if window.clone_tab:
            window.clone_tab.render_orders(state)

    def join(tab: DesignTab | CloneTab) -> None:
        tab.look_again_asked.connect(orders.look_again)
        tab.forget_asked.connect(orders.forget)
        tab.render_orders(orders.state)

    orders.show = show
    window.render_orders(orders.state)
    join(window.design_tab)
    window.when_clone_built(join)


def _join_settings(window: Window, flows: Flows) -> None:
    """A key that was set or an address that was changed sends nothing by itself."""
    accounts, moving = flows.accounts, flows.moving

    def join(dialog: SettingsDialog) -> None:
        dialog.save_key_asked.connect(lambda name, key, once: accounts.save_key(name, key, session_only=once))
        dialog.forget_key_asked.connect(accounts.forget_key)
        dialog.test_asked.connect(accounts.test)
        dialog.cancel_test_asked.connect(accounts.cancel_test)
        dialog.place_asked.connect(accounts.set_place)
        dialog.urls_asked.connect(accounts.set_urls)
        dialog.another_account_asked.connect(accounts.another_account)
        dialog.other_region_asked.connect(accounts.try_other_region)
        dialog.proxy_asked.connect(accounts.set_proxy)
        dialog.move_library_asked.connect(moving.move)
        dialog.cancel_moving_asked.connect(moving.cancel)
        dialog.render(accounts.state)
        dialog.render_moving(moving.state)

    window.when_settings_built(join)
    window.settings_shown.connect(accounts.load)
