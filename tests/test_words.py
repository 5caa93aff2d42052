"""Every reason has words, and they keep to the voice of the program."""

from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem
from studio.words import FAULTS, FIELDS, SENTENCES, sentence


def test_every_reason_fault_and_field_has_words() -> None:
    assert set(SENTENCES) == set(Reason)
    assert set(FAULTS) == set(Fault)
    assert set(FIELDS) == set(Field)


def test_no_exclamation_no_code_and_a_full_stop() -> None:
    for words in (*SENTENCES.values(), *FAULTS.values()):
        assert "!" not in words
        assert words.endswith(".")


def test_problems_are_said_by_field_with_their_figures() -> None:
    found = (Problem(Field.DESCRIPTION, Fault.TOO_LONG, 100, 101), Problem(Field.PREVIEW_TEXT, Fault.MISSING))
    assert sentence(StudioError(Reason.BAD_INPUT, problems=found)) == (
        "The voice description has 101 characters; 100 are allowed. The preview text is empty. Write it first."
    )


def test_a_reason_is_said_in_a_sentence_and_its_detail_is_not() -> None:
    error = StudioError(Reason.NO_OUTPUT_DEVICE, detail="-9996 PaInvalidDevice")
    assert sentence(error) == "No loudspeaker or headphones found. Connect one and play again."
    assert "-9996" in str(error)
