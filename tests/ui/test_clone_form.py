"""What is asked of a clone: every field by what its system has, remembered, and said no more than is shown."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.domain.accounts import COSYVOICE, NOIZ, QWEN
from studio.domain.briefs import ON_DEVICE, CloneBrief
from studio.domain.languages import Language
from studio.domain.limits import CloneModel, SampleLimits, Speech
from studio.domain.memory import Memory
from studio.domain.samples import Right
from studio.ui.clone.form import CloneForm

from . import states_clone as states

OWN = Right(own=True)
OTHER = replace(states.TAKE, take_id=UUID(int=4711), transcript="Other words.")


def made(qtbot: QtBot, memory: Memory | None = None) -> CloneForm:
    form = CloneForm(memory or Memory())
    qtbot.addWidget(form)
    form.target.render_systems(states.EVERY)
    form.show()
    return form


@pytest.fixture
def form(qtbot: QtBot, light: None) -> CloneForm:
    return made(qtbot)


def heard(form: CloneForm) -> dict[str, object]:
    """What is to be remembered from now on."""
    out: dict[str, object] = {}
    form.changed.connect(lambda name, value: out.update({name: value}))
    return out


def test_each_field_has_its_name(form: CloneForm) -> None:
    combos = (form.target.system, form.target.region, form.target.model, form.language, form.denoise, form.whose.whose)
    assert [one.title.text() for one in combos] == ["System", "Region", "Model", "Language", "Denoise", "Whose voice"]
    assert all(one.title.buddy() is one for one in combos)
    fields = (form.voice_name, form.handle, form.sample_url.field, form.transcript, form.first_words.field)
    names = ["Voice name", "Voice id prefix", "Sample URL", "Transcript", "First words"]
    assert [one.editor.accessibleName() for one in fields] == names
    assert form.strength.slider.accessibleName() == "Strength"
    assert form.first_words.box.text() == "Speak once it is made"


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        (QWEN, (True, True, True, True, True, True, False, False)),
        (COSYVOICE, (True, False, True, True, False, False, False, False)),
        (NOIZ, (False, False, False, True, False, True, True, False)),
        (ON_DEVICE, (False, False, False, False, False, True, False, True)),
    ],
)
def test_a_system_shows_what_it_has(form: CloneForm, system: str, expected: tuple[bool, ...]) -> None:
    form.target.system.choose(system)
    parts = (
        form.target.region, form.target.model, form.handle, form.sample_url, form.transcript, form.language,
        form.denoise, form.strength.slider,
    )  # fmt: skip
    assert tuple(part.isVisibleTo(form) for part in parts) == expected
    assert form.word_for_word.isVisibleTo(form) is form.transcript.isVisibleTo(form)


def test_models_tell_their_price_and_whether_they_speak(form: CloneForm) -> None:
    model = form.target.model
    assert [model.itemText(row) for row in range(model.count())] == [
        "qwen3-tts-vc-2026-01-22 · $0.01",
        "qwen3-tts-vc-realtime-2026-01-15 · $0.01 · no speaking yet",
    ]


def test_words_that_help(form: CloneForm) -> None:
    assert form.word_for_word.text() == (
        "A wrong word and Qwen refuses the sample (Audio.PreprocessError). Leave it empty if in doubt."
    )
    assert form.language.itemText(0) == "Not said"
    assert [form.denoise.itemText(row) for row in range(3)] == ["The vendor decides", "On", "Off"]


def test_the_prefix_follows_the_name(form: CloneForm) -> None:
    form.voice_name.set_text("小雨")
    assert form.handle.editor.placeholderText() == "XiaoYu"
    form.target.system.choose(COSYVOICE)
    assert form.handle.editor.placeholderText() == "xiaoyu"


# -- what goes out ------------------------------------------------------------------------------------


def test_all_that_was_said_goes_out(form: CloneForm) -> None:
    form.voice_name.set_text(" Ilse ")
    form.target.choose_region("cn")
    form.handle.set_text("ilse_1")
    form.render_take(states.TAKE)
    form.transcript.set_text("So it goes.\n")
    form.language.choose("de")
    assert form.brief(has_right=True) == CloneBrief(
        QWEN,
        "Ilse",
        transcript="So it goes.",
        language=Language.DE,
        has_right=True,
        region="cn",
        model="qwen3-tts-vc-2026-01-22",
        handle="ilse_1",
        right=OWN,
    )


def test_fields_that_are_hidden_are_left_out(form: CloneForm) -> None:
    form.voice_name.set_text("Ilse")
    form.handle.set_text("ilse_1")
    form.sample_url.put(states.URL)
    form.transcript.set_text("So it goes.")
    form.target.system.choose(NOIZ)
    form.denoise.choose("off")
    expected = CloneBrief(NOIZ, "Ilse", sample_url=states.URL, denoise=False, has_right=True, right=OWN)
    assert form.brief(has_right=True) == expected
    form.target.system.choose(ON_DEVICE)
    form.strength.slider.setValue(45)
    expected = CloneBrief(ON_DEVICE, "Ilse", model="timbre-match-1", right=OWN, strength=0.45)
    assert form.brief(has_right=False) == expected


def test_strength_ends_where_a_match_breaks_up(qtbot: QtBot, light: None) -> None:
    form = made(qtbot, Memory(clone_system=ON_DEVICE, clone_strength=400))
    assert (form.strength.strength(), form.strength.figure.text()) == (0.9, "90 %")
    out = heard(form)
    form.strength.slider.setValue(30)
    assert (form.strength.figure.text(), out) == ("30 %", {"clone_strength": 30})


def test_the_wheel_in_passing_changes_no_strength(form: CloneForm) -> None:
    form.target.system.choose(ON_DEVICE)
    slider = form.strength.slider
    middle = QPointF(slider.rect().center())
    wheel = QWheelEvent(
        middle,
        slider.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(slider, wheel)
    assert slider.value() == 70


# -- the transcript -----------------------------------------------------------------------------------


def test_the_transcript_is_the_chosen_takes(form: CloneForm) -> None:
    noted: list[str] = []
    form.transcribed.connect(noted.append)
    out = heard(form)
    form.render_take(states.TAKE)
    assert form.transcript.text() == states.TAKE.transcript
    form.render_take(OTHER)
    assert form.transcript.text() == "Other words."
    assert noted == []
    form.transcript.set_text("Typed words.")
    form.render_take(replace(OTHER, transcript="Typed words."))
    assert (noted, form.transcript.text()) == (["Typed words."], "Typed words.")
    assert "clone_transcript" not in out


def test_an_address_has_a_transcript_of_its_own(qtbot: QtBot, light: None) -> None:
    form = made(qtbot, Memory(clone_transcript="Of the address."))
    out = heard(form)
    assert form.transcript.text() == "Of the address."
    form.render_take(states.TAKE)
    assert form.transcript.text() == states.TAKE.transcript
    form.sample_url.put(states.URL)
    assert form.transcript.text() == "Of the address."
    form.transcript.set_text("Better words.")
    form.sample_url.put("")
    assert form.transcript.text() == states.TAKE.transcript
    assert out["clone_transcript"] == "Better words."


def test_an_address_says_that_no_take_is_used(form: CloneForm) -> None:
    field = form.sample_url
    assert field.instead.isHidden()
    field.put(states.URL)
    assert field.instead.text() == "The sample is fetched from this address; no report can be made of it."
    form.render_take(states.TAKE)
    assert field.instead.text() == "The sample is fetched from this address. The chosen take isn't used."
    form.target.system.choose(ON_DEVICE)
    assert field.url() == ""
    form.target.system.choose(QWEN)
    assert field.url() == states.URL


# -- first words --------------------------------------------------------------------------------------


def test_first_words_follow_the_language_until_others_are_written(form: CloneForm) -> None:
    out = heard(form)
    first = form.first_words
    assert first.words().startswith("Hello.")
    form.language.choose("de")
    assert first.words().startswith("Hallo.")
    assert out["clone_first_words"] == ""
    first.field.set_text("Moin.")
    form.language.choose("fr")
    assert (first.words(), out["clone_first_words"]) == ("Moin.", "Moin.")
    first.field.set_text("")
    form.language.choose("zh")
    assert first.words().startswith("你好")


def test_first_words_are_said_only_if_wanted(form: CloneForm) -> None:
    out = heard(form)
    form.first_words.box.click()
    assert (form.first_words.words(), form.first_words.price(), out) == ("", 0.0, {"clone_speaks": False})
    assert form.first_words.field.isHidden()


def test_a_model_that_cant_be_spoken_with_says_why(form: CloneForm) -> None:
    first = form.first_words
    form.target.model.choose("qwen3-tts-vc-realtime-2026-01-15")
    assert (first.words(), first.box.isEnabled(), first.field.isHidden()) == ("", False, True)
    assert not first.box.isChecked()
    assert first.obstacle.text() == "Qwen offers no way to speak with voices of this model from here."
    form.target.model.choose("qwen3-tts-vc-2026-01-22")
    assert (first.box.isEnabled(), first.box.isChecked(), first.obstacle.isHidden()) == (True, True, True)


def test_first_words_are_priced_by_their_model(form: CloneForm) -> None:
    info = replace(states.EVERY[0], speech=Speech(part_max=600, by_model=(("dear-1", 20.0),)))
    for model, price in (("dear-1", 0.02), ("new-1", None)):
        form.first_words.render_target(info, CloneModel(model, SampleLimits(), 0.01), "en")
        form.first_words.field.set_text("a" * 10)
        assert form.first_words.price() == price


# -- remembered ---------------------------------------------------------------------------------------


def test_what_is_typed_is_remembered(form: CloneForm) -> None:
    out = heard(form)
    form.voice_name.set_text(" Ilse ")
    form.transcript.set_text("So it goes.")
    form.sample_url.put(states.URL)
    form.target.choose_region("cn")
    form.target.model.choose("qwen3-tts-vc-realtime-2026-01-15")
    form.language.choose("de")
    form.target.system.choose(NOIZ)
    assert out == {
        "clone_name": " Ilse ",
        "clone_transcript": "So it goes.",
        "clone_url": states.URL,
        "clone_region": "cn",
        "clone_model": "qwen3-tts-vc-realtime-2026-01-15",
        "clone_language": "de",
        "clone_first_words": "",
        "clone_system": NOIZ,
    }
