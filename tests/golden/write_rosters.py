"""Write the corpus of rosters: `python -m tests.golden.write_rosters`.

One file a trap, the same bytes every time; `expected.json` says what reading each must give, and
`--expect` writes that file anew from what reading gives now, to be looked through by a person.
"""

import json
import os
import sys
from pathlib import Path

from tests.golden import books, traps_of_tables, traps_of_values

FOLDER = Path(__file__).with_name("rosters")
EXPECTED = FOLDER / "expected.json"


def write(folder: Path = FOLDER) -> dict[str, str]:
    """Write every file; what each is about, by its name."""
    about = {}
    for name, why, made in [*traps_of_tables.traps(), *traps_of_values.traps()]:
        about[name] = why
        if isinstance(made, bytes):
            (folder / name).write_bytes(made)
        else:
            books.write(folder / name, made)
    about["refused-password.xls"] = "a locked workbook of the old kind"
    (folder / "refused-password.xls").write_bytes(
        books.locked((folder / "table-clean.xls").read_bytes())
    )
    for name, why, entries in traps_of_values.packed():
        about[name] = why
        books.pack(folder / name, entries)
    return about


def main() -> None:
    """Write the files, and with `--expect` what reading them gives."""
    about = write()
    if "--expect" in sys.argv:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaderjamsos.settings")
        import django

        django.setup()
        from tests.golden.reading import outcome

        told = {name: {"about": why, **outcome(FOLDER / name)} for name, why in about.items()}
        lines = [f"{json.dumps(name)}: {json.dumps(told[name])}" for name in sorted(told)]
        EXPECTED.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
