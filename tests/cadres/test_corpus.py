"""The corpus of rosters: one trap a file, each read as its expected findings say."""

import json

import pytest

from cadres import findings
from tests.golden import write_rosters
from tests.golden.reading import outcome

EXPECTED = json.loads(write_rosters.EXPECTED.read_text())


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_roster_is_read_as_a_clerk_needs(name):
    expected = {key: value for key, value in EXPECTED[name].items() if key != "about"}
    assert outcome(write_rosters.FOLDER / name) == expected


def test_the_corpus_is_what_its_script_writes(tmp_path):
    about = write_rosters.write(tmp_path)
    assert about.keys() == EXPECTED.keys()
    kept = {path.name for path in write_rosters.FOLDER.iterdir()} - {"expected.json"}
    assert kept == about.keys()
    differing = [
        name
        for name in sorted(kept)
        if (tmp_path / name).read_bytes() != (write_rosters.FOLDER / name).read_bytes()
    ]
    assert not differing


def test_the_corpus_is_large_and_has_every_kind():
    assert len(EXPECTED) >= 60
    assert {name.rpartition(".")[2] for name in EXPECTED} >= {"xlsx", "xls", "ods", "csv"}


def test_every_code_of_the_corpus_has_its_sentence():
    for told in EXPECTED.values():
        if "refused" in told:
            assert told["refused"] in findings.REFUSALS
        for _sheet, _number, _column, code in told.get("findings", ()):
            assert code in findings.KINDS
