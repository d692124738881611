"""A sample of `make fuzz`: mutilated rosters and bombs end in a stated code or in people."""

import pytest

from core import sheets
from tests.fuzz import bombs, mutations, running

FILES = 150


@pytest.mark.parametrize("first", range(0, FILES, 50))
def test_mutilated_rosters_end_in_a_code_or_in_people(first, tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "parse", running.forked)
    figures = running.Figures()
    for number in range(first, first + 50):
        way, data = mutations.mutilated(number, running.SEED)
        path = tmp_path / "roster"
        path.write_bytes(data)
        figures.count(f"{number} {way}", path)
    assert not figures.errors
    assert figures.ends.total() == 50
    assert figures.ends[running.PEOPLE] < 50


QUICK = (bombs.lying_zip, bombs.far_cell, bombs.laughs, bombs.quoting)  # to make; the rest: fuzz


@pytest.mark.parametrize("make", QUICK, ids=lambda make: make.__name__)
def test_a_bomb_is_refused_and_the_memory_stays(make, tmp_path):
    path = tmp_path / make.__name__
    path.write_bytes(make())
    figures = running.Figures()
    figures.count(make.__name__, path)
    assert not figures.errors
    assert running.PEOPLE not in figures.ends


def test_the_same_number_and_seed_give_the_same_file():
    assert mutations.mutilated(3, 1) == mutations.mutilated(3, 1)
    assert mutations.mutilated(3, 1) != mutations.mutilated(4, 1)
