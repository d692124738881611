"""`python -m bench [name ...]`: run the benchmarks, print a table, write bench/results.json."""

import datetime as dt
import importlib
import importlib.util
import json
import os
import platform
import sys
from pathlib import Path

MODULES = (
    "rosters",
    "reconciliation",
    "invoicing",
    "cards",
    "wall",
    "elsewhere",
    "exports",
    "pages",
)
RESULTS = Path(__file__).with_name("results.json")


def _shown(value: object, unit: str = "") -> str:
    if isinstance(value, float):
        return f"{value:,.2f}{unit}"
    return "" if value is None else str(value)


def _print(rows: list[dict]) -> None:
    head = ("what", "ours", "baseline", "ratio", "peak MB", "goal")
    table = [head] + [
        (
            row["what"],
            _shown(row["ours"], row.get("unit", " s")),
            _shown(row.get("baseline"), row.get("unit", " s")),
            _shown(row.get("ratio")),
            _shown(row.get("peak_memory")),
            str(row.get("goal", "")),
        )
        for row in rows
    ]
    widths = [max(len(line[place]) for line in table) for place in range(len(head))]
    for line in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)))
    for row in rows:
        if row.get("note"):
            print(f"{row['what']}: {row['note']}")


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all that exist."""
    wanted = names or [
        name for name in MODULES if importlib.util.find_spec(f"bench.{name}") is not None
    ]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaderjamsos.settings")
    from kaderjamsos import servers

    found: dict[str, list[dict]] = {}
    with servers.in_use():
        import django

        django.setup()
        for name in wanted:
            print(f"-- {name}", flush=True)
            found[name] = importlib.import_module(f"bench.{name}").rows()
            _print(found[name])
    kept = json.loads(RESULTS.read_text())["figures"] if RESULTS.exists() else {}
    report = {
        "taken": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "figures": {**kept, **found},
    }
    RESULTS.write_text(json.dumps(report, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
