"""English is complete: every sentence that a screen may show has its translation."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "var", "node_modules", "tests", "docs", "bench", "static", "__pycache__"
)


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> polib.POFile:
    """The catalogue as `makemessages` would write it from the present code."""
    copy = tmp_path_factory.mktemp("source") / "tree"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "--locale", "en", "--no-location"],
        cwd=copy,
        check=True,
        capture_output=True,
    )
    return polib.pofile(str(copy / "locale" / "en" / "LC_MESSAGES" / "django.po"))


def test_every_sentence_has_an_english_one(extracted: polib.POFile) -> None:
    assert len(extracted) > 200
    missing = [entry.msgid for entry in extracted if not entry.translated() and not entry.obsolete]
    assert not missing, f"{len(missing)} without English (make messages): {missing[:10]}"


def test_placeholders_are_the_same_in_both_languages(extracted: polib.POFile) -> None:
    holder = re.compile(r"%\((\w+)\)[sd]")
    wrong = [
        entry.msgid
        for entry in extracted
        if entry.msgstr and set(holder.findall(entry.msgid)) != set(holder.findall(entry.msgstr))
    ]
    assert not wrong, wrong


def test_the_compiled_catalogue_is_the_written_one() -> None:
    written = {
        (entry.msgctxt, entry.msgid): entry.msgstr
        for entry in polib.pofile(str(CATALOGUE))
        if entry.msgstr
    }
    compiled = {
        (entry.msgctxt, entry.msgid): entry.msgstr
        for entry in polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    }
    assert {key: compiled.get(key) for key in written} == written
