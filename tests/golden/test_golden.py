"""The gate: no figure of the golden corpus falls, and no reading changes without a new generation."""

import pytest

from tests.golden.measure import measure, pinned, worse

UPDATE = "python -m tests.golden --update"


@pytest.fixture(scope="module")
def figures():
    return measure()


def test_the_corpus_is_the_one_that_was_pinned(figures):
    assert figures["corpus"] == pinned()["corpus"], (
        f"the generator prints other documents; if on purpose: {UPDATE}"
    )


def test_no_figure_is_worse_than_pinned(figures):
    assert worse(pinned(), figures) == [], (
        "see python -m tests.golden; to lower a floor, name it with --allow-lower"
    )


def test_nothing_is_wrong_in_silence(figures):
    assert figures["silently_wrong"] == 0


def test_readings_and_generation_change_together(figures):
    old = pinned()
    if figures["corpus"] != old["corpus"]:
        pytest.skip("the corpus itself is another")
    changed = figures["readings"] != old["readings"]
    raised = figures["generation"] != old["generation"]
    assert not (changed and not raised), f"readings changed: raise parsers.GENERATION, then {UPDATE}"
    assert not (raised and not changed), (
        f"GENERATION was raised and no reading changed: lower it, or {UPDATE}"
    )


@pytest.mark.parametrize("name", ["cells_right", "metadata_right"])
def test_a_lower_floor_is_named(name):
    old = pinned()
    assert worse(old, {**old, name: old[name] - 1}) == [name]
    assert worse(old, {**old, "silently_wrong": 1}) == ["silently_wrong"]
