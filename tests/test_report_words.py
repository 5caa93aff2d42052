from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import pytest

from studio.domain import judging
from studio.domain.report import Check, Finding, Flaw, Verdict
from studio.report_words import ADVICE, CHECKS, REFUSALS, advice, check_label, figure_words, limit_words, value_words


def given() -> set[tuple[Check, Flaw, bool]]:
    """Every check and flaw that judging can give, and whether refused, read from its source."""
    tree, pairs = ast.parse(Path(judging.__file__).read_text("utf-8")), set()
    for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
        names = [node.attr for node in ast.walk(function) if isinstance(node, ast.Attribute)]
        checks = [Check[name] for name in names if name in Check.__members__]
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            if getattr(call.func, "id", "") not in ("_warned", "_failed"):
                continue
            refused = any(word.arg == "refused" for word in call.keywords)
            flaws = _flaws(call.args[4], function)
            assert flaws, ast.unparse(call)
            pairs |= {(checks[0], flaw, refused) for flaw in flaws}
    return pairs


def _flaws(argument: ast.expr, function: ast.FunctionDef) -> list[Flaw]:
    """Named in the call, or where the variable that is handed over was set."""
    nodes: list[ast.AST] = [argument]
    if isinstance(argument, ast.Name):
        nodes = [node for node in ast.walk(function) if isinstance(node, ast.Assign)]
    named = [part.attr for node in nodes for part in ast.walk(node) if isinstance(part, ast.Attribute)]
    return [Flaw[name] for name in named if name in Flaw.__members__]


def test_every_flaw_that_judging_gives_has_words():
    pairs = given()
    assert len(pairs) > 30
    assert {(check, flaw) for check, flaw, refused in pairs if refused} == set(REFUSALS)
    unrefused = {(check, flaw) for check, flaw, refused in pairs if not refused} | {(Check.SPEECH, Flaw.MISSING)}
    assert unrefused == set(ADVICE)


def test_every_check_has_a_name():
    assert set(CHECKS) == set(Check)
    assert check_label(Check.NOISE_FLOOR) == "Noise floor"


@pytest.mark.parametrize("words", [*ADVICE.values(), *REFUSALS.values()])
def test_one_or_two_sentences_with_fields_that_are_filled_in(words: str):
    assert {name for _, name, _, _ in Formatter().parse(words) if name} <= {"value", "limit", "system"}
    assert words.endswith(".")
    assert 1 <= words.count(". ") + 1 <= 2
    assert "!" not in words


@pytest.mark.parametrize(
    ("figure", "unit", "words"),
    [
        (12.44, "s", "12.4 s"),
        (-18.2, "dBFS", "-18.2 dBFS"),
        (-0.04, "dBFS", "0.0 dBFS"),
        (1.0, "runs", "1 run"),
        (3.0, "runs", "3 runs"),
        (0.03, "%", "0.03 %"),
        (3_400.0, "Hz", "3.4 kHz"),
        (48_000.0, "Hz", "48 kHz"),
        (800.0, "Hz", "800 Hz"),
        (16.0, "bits", "16 bits"),
        (2.0, "channels", "2 channels"),
        (2_400_000.0, "bytes", "2.4 MB"),
        (44.0, "bytes", "44 bytes"),
        (1_440.0, "bytes", "1.4 kB"),
    ],
)
def test_figures_as_a_person_reads_them(figure: float, unit: str, words: str):
    assert figure_words(figure, unit) == words


def test_no_value_is_a_dash():
    assert value_words(Finding(Check.SNR, Verdict.WARN, None, "dB")) == "–"
    assert limit_words(Finding(Check.SNR, Verdict.WARN, None, "dB")) == ""


def test_limits_say_in_which_direction():
    assert limit_words(Finding(Check.SNR, Verdict.PASS, 40.0, "dB", 25.0)) == "at least 25.0 dB"
    assert limit_words(Finding(Check.LENGTH, Verdict.FAIL, 61.0, "s", 60.0, Flaw.TOO_MUCH)) == "at most 60.0 s"
    assert limit_words(Finding(Check.LENGTH, Verdict.FAIL, 1.0, "s", 3.0, Flaw.TOO_LITTLE)) == "at least 3.0 s"


def test_of_a_broken_file_the_length_that_could_be_read_is_told():
    finding = Finding(Check.LENGTH, Verdict.WARN, 12.7, "s", None, Flaw.BROKEN)
    assert advice(finding).endswith("Check that nothing is missing in these 12.7 s.")
    assert limit_words(finding) == ""


def test_what_passes_needs_no_advice():
    assert advice(Finding(Check.SNR, Verdict.PASS, 40.0, "dB", 25.0), "Qwen") == ""


def test_a_refusal_names_the_system_and_the_figures():
    finding = Finding(Check.SPEECH, Verdict.FAIL, 2.1, "s", 3.0, Flaw.TOO_LITTLE, refused=True)
    assert advice(finding, "Qwen") == (
        "Qwen needs at least 3.0 s of continuous speech; the longest stretch has 2.1 s. "
        "Read on without pauses of more than 2 seconds."
    )


def test_words_go_through_the_translator():
    finding = Finding(Check.DROPOUTS, Verdict.WARN, 2.0, "drop-outs", 0.0, Flaw.SOME)
    german = {"{count} drop-outs": "{count} Aussetzer"}
    assert advice(finding, "Qwen", lambda words: german.get(words, words)).startswith("2 Aussetzer: ")
