"""Joins the player strip to what sounds, and both to what is remembered of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.ui.window import Window
    from studio.ui.wiring import Flows


def join_player(window: Window, flows: Flows) -> None:
    audition, speaking, desk, strip = flows.audition, flows.speaking, flows.desk, window.strip

    def stop() -> None:
        """Nobody pays on for what nobody hears."""
        if audition.state.live is not None:
            speaking.stop()
        audition.stop()

    def loop(on: bool) -> None:
        audition.set_loop(on)
        desk.remember(loop=on)

    def pick_volume(volume: float) -> None:
        audition.set_volume(volume)
        desk.remember(volume=round(volume * 100))

    def pick_device(device_id: str) -> None:
        audition.choose_device(device_id)
        desk.remember(output_device=device_id)

    window.playhead.position_s = audition.position_s
    strip.play_asked.connect(audition.play)
    strip.stop_asked.connect(stop)
    strip.previous_asked.connect(audition.previous)
    strip.next_asked.connect(audition.next)
    strip.seek_asked.connect(audition.seek)
    strip.loop_asked.connect(loop)
    strip.volume_picked.connect(pick_volume)
    strip.device_picked.connect(pick_device)
    strip.devices_asked.connect(audition.find_devices)
    audition.show = window.render_audition
    audition.choose_device(desk.memory.output_device)
    audition.set_volume(desk.memory.volume / 100)
    audition.set_loop(desk.memory.loop)
