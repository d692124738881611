"""Guards over the source; each is also shown something broken."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from audit.words import sentences, value_in_words
from tests.guards import source

# Functions of actions modules that are not actions themselves, and why.
NOT_ACTIONS = {
    "audit/actions.py:record: takes positions": "the event's kind and subject read as a sentence",
    "audit/actions.py:record_many: takes positions": "as record, for many objects at once",
    "cadres/actions/rosters.py:check_roster: no by=": "a step of a run, which knows who began",
    "cadres/actions/rosters.py:fail_roster: no by=": "a step of a run, which knows who began",
    "cadres/actions/rosters.py:refuse_roster: no by=": "a step of a run, which knows who began",
    "cadres/actions/applying.py:can_be_undone: takes positions": "reads",
    "cadres/actions/rosters.py:ask_for_columns: no by=": "a step of a run, which knows who began",
    "cadres/actions/rosters.py:start: takes positions": "a part of the actions that start a run",
    "claims/actions/common.py:locked: takes positions": "a part of each step",
    "claims/actions/common.py:record_step: takes positions": "a part of each step",
    "claims/actions/common.py:refuse_field: takes positions": "a part of each step",
    "claims/actions/steps.py:needed: takes positions": "reads",
    "enrollment/actions/review.py:invalid: takes positions": "reads",
    "enrollment/card_actions.py:bind_order: takes positions": "a step of a run",
    "enrollment/card_actions.py:issue_cards: takes positions": "a step of a run",
    "enrollment/card_actions.py:merge: takes positions": "a step of a run",
    "enrollment/card_actions.py:print_part: takes positions": "a step of a run",
    "accounts/actions.py:find_invitation: takes positions": "reads; shared by page and action",
    "accounts/actions.py:require_revocable: takes positions": "reads; shared by page and action",
    "reports/actions.py:check_day: takes positions": "reads; shared by page and action",
}
FILTERS_ALLOWED: dict[str, str] = {}
VARIABLE = re.compile(r"environ(?:\.get|\.pop)?[(\[]\s*[\"']((?:KJ_|DATABASE|REDIS|PORT|HOST)\w*)")


def test_imports_point_one_way():
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program], cwd=source.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_foreign_keys_point_one_way():
    assert list(source.upstream_keys()) == []


def test_no_file_is_too_long():
    assert len(source.python_files()) > 80
    assert list(source.too_long(source.python_files() + source.templates())) == []


def test_the_wall_alone_knows_the_regency():
    found = source.regency_filters(
        [path for path in source.python_files() if path.parts[-3] != "tests"]
    )
    ours = [each for each in found if not each.startswith(("tests/", "bench/"))]
    assert [each for each in ours if each.split(":")[0] not in FILTERS_ALLOWED] == []


def test_the_product_needs_only_what_it_installs():
    declared = source.declared_in(source.ROOT / "requirements.txt")
    product = [
        path
        for path in source.python_files()
        if path.relative_to(source.ROOT).parts[0] not in ("tests", "bench")
    ]
    assert list(source.undeclared_imports(product, declared)) == []
    assert list(source.undeclared_imports([Path(__file__)], declared)) != []


def test_no_failure_is_swallowed():
    product = [path for path in source.python_files() if "tests" not in path.parts]
    assert list(source.silent_excepts(product)) == []


def test_actions_are_keyword_only_and_know_who_acts():
    found = set(source.loose_actions(source.python_files()))
    assert found - NOT_ACTIONS.keys() == set()
    assert NOT_ACTIONS.keys() - found == set(), "stale"


def test_templates_carry_no_style_script_or_foreign_address():
    assert len(source.templates()) > 60
    assert list(source.inline_parts(source.templates())) == []
    assert list(source.outside_addresses(source.templates())) == []


def test_migrations_say_what_they_do():
    assert list(source.badly_named_migrations()) == []


def test_every_event_has_a_sentence_that_can_be_filled():
    assert len(sentences()) > 4
    for kind, text in sentences().items():
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", kind), kind
        assert not re.search(r"%\(\w+\)[^s]", str(text)), kind


def test_every_kind_that_is_recorded_has_a_sentence():
    recorded = set()
    for path in source.python_files():
        if "tests" not in path.parts:
            recorded |= set(re.findall(r"record\(\s*\"([a-z_]+\.[a-z_]+)\"", path.read_text()))
    assert recorded - sentences().keys() == set()


def test_facts_are_shown_in_words():
    assert value_in_words("amount", 193166400) == "Rp193.166.400"
    assert value_in_words("people", 11498) == "11.498"
    assert value_in_words("month", "2026-11-01") == "November 2026"
    assert value_in_words("role", "auditor") == "auditor"
    assert value_in_words("note", "") == "–"


def test_every_variable_is_in_the_example():
    example = source.ROOT / ".env.example"
    named = set(re.findall(r"^#?\s*([A-Z][A-Z0-9_]+)=", example.read_text(), re.MULTILINE))
    product = [path for path in source.python_files() if not {"tests", "bench"} & {*path.parts}]
    used = {name for path in product for name in VARIABLE.findall(path.read_text())}
    assert len(used) > 8
    assert used - named - {"KJ_UNDER_MAKE"} == set()


def test_the_readme_names_only_commands_that_exist():
    targets = set(re.findall(r"^([a-z]+):", (source.ROOT / "Makefile").read_text(), re.MULTILINE))
    readme = (source.ROOT / "README.md").read_text()
    named = set(re.findall(r"(?:`|^)make (?:-s )?([a-z]+)\b", readme, re.MULTILINE))
    assert {"run", "test"} <= named
    assert named - targets == set()
    for path in re.findall(r"\]\((?!https?:|#)([^)#]+)", readme):
        assert (source.ROOT / path).exists(), path


@pytest.mark.parametrize(
    ("check", "name", "text"),
    [
        (source.too_long, "long.py", "x = 1\n" * 401),
        (source.regency_filters, "a.py", "Cadre.objects.filter(regency=regency)"),
        (source.silent_excepts, "a.py", "try:\n    x()\nexcept ValueError:\n    pass\n"),
        (source.loose_actions, "actions.py", "def pay(invoice, *, by): ..."),
        (source.loose_actions, "actions.py", "def pay(*, invoice): ..."),
        (source.inline_parts, "a.html", '<p style="color:red">'),
        (source.inline_parts, "a.html", "<script>alert(1)</script>"),
        (source.inline_parts, "a.html", '<a onclick="x()">'),
        (source.outside_addresses, "a.html", '<script src="https://cdn.example/x.js">'),
    ],
)
def test_the_guard_sees(tmp_path, monkeypatch, check, name, text):
    monkeypatch.setattr(source, "ROOT", tmp_path)
    path = tmp_path / name
    path.write_text(text)
    assert list(check([path]))
