"""What the source itself must look like; each checker returns its findings."""

import ast
import re
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "core",
    "regions",
    "accounts",
    "audit",
    "cadres",
    "enrollment",
    "budgets",
    "claims",
    "reports",
)
ORDER = {name: place for place, name in enumerate((*APPS, "demo"))} | {"budgets": 6, "claims": 6}
LIMIT = 400


def python_files() -> list[Path]:
    """Our own modules, migrations left out."""
    return [
        path
        for name in (*APPS, "demo", "kaderjamsos", "tests", "bench")
        for path in sorted((ROOT / name).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def templates() -> list[Path]:
    """Our own templates; those in `allauth` and `django` only dress other people's pages."""
    return sorted((ROOT / "templates").rglob("*.html"))


def too_long(files: list[Path]) -> Iterator[str]:
    """Files of more than 400 lines."""
    for path in files:
        lines = len(path.read_text().splitlines())
        if lines > LIMIT:
            yield f"{path.relative_to(ROOT)}: {lines} lines"


# Filtering by regency is the wall's work; these read tables outside it.
REGENCY_FILTER = re.compile(r"\b(?:filter|exclude|get)\([^()]*\bregency(?:_id)?=")
OUTSIDE = re.compile(
    r"\b(?:Village|District|HealthCentre|Membership|Invitation|Branch|Regency)\.objects"
)


def regency_filters(files: list[Path]) -> Iterator[str]:
    """Queries that name the regency where the wall already does."""
    for path in files:
        text = path.read_text()
        for found in REGENCY_FILTER.finditer(text):
            before = text[max(0, found.start() - 260) : found.start()].rpartition("\n\n")[2]
            if not OUTSIDE.search(before):
                yield f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, found.start()) + 1}"


def silent_excepts(files: list[Path]) -> Iterator[str]:
    """Handlers that catch and say nothing."""
    for path in files:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ExceptHandler):
                only_pass = len(node.body) == 1 and isinstance(node.body[0], ast.Pass)
                if node.type is None or only_pass:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}"


def loose_actions(files: list[Path]) -> Iterator[str]:
    """Public functions of actions modules that are not keyword-only or take no `by`."""
    for path in files:
        in_actions = path.name.endswith("actions.py") or path.parent.name == "actions"
        if not in_actions or "tests" in path.parts:
            continue
        for node in ast.parse(path.read_text()).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            name = f"{path.relative_to(ROOT)}:{node.name}"
            if node.args.args or node.args.posonlyargs:
                yield f"{name}: takes positions"
            elif "by" not in {each.arg for each in node.args.kwonlyargs}:
                yield f"{name}: no by="


def inline_parts(files: list[Path]) -> Iterator[str]:
    """Templates with styles or scripts in them, which the security policy refuses."""
    wrong = re.compile(
        r"\sstyle=|<script(?![^>]*\bsrc=)(?![^>]*application/json)|\son[a-z]+=[\"']|hx-on"
    )
    for path in files:
        if path.is_relative_to(ROOT / "templates" / "pdf"):
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if wrong.search(line):
                yield f"{path.relative_to(ROOT)}:{number}"


def outside_addresses(files: list[Path]) -> Iterator[str]:
    """Templates that load something from another host."""
    wrong = re.compile(r"(?:src|href)=[\"'](?:https?:)?//")
    for path in files:
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if wrong.search(line):
                yield f"{path.relative_to(ROOT)}:{number}"


def badly_named_migrations() -> Iterator[str]:
    """Migrations whose name does not say what they do."""
    for path in sorted(ROOT.glob("*/migrations/0*.py")):
        if re.search(r"_auto_|_alter_.*_and_more|\d{8}_\d{4}", path.stem):
            yield str(path.relative_to(ROOT))


def upstream_keys() -> Iterator[str]:
    """Foreign keys that point down the line of apps, which the import contracts cannot see."""
    for model in apps.get_models(include_auto_created=True):
        mine = ORDER.get(model._meta.app_label)
        for field in model._meta.get_fields():
            if mine is None or not isinstance(field, models.ForeignKey | models.ManyToManyField):
                continue
            theirs = ORDER.get(field.related_model._meta.app_label, -1)
            same = field.related_model._meta.app_label == model._meta.app_label
            if theirs > mine or (theirs == mine and not same):
                yield f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"


def undeclared_imports(files: list[Path], declared: set[str]) -> Iterator[str]:
    """Imports of packages that are installed here but that `declared` distributions lack."""
    owners = packages_distributions()
    for path in files:
        for node in ast.walk(ast.parse(path.read_text())):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in names:
                found = {_plain_name(each) for each in owners.get(name.split(".")[0], [])}
                if found and not found & declared:
                    yield f"{path.relative_to(ROOT)}: {name}"


def declared_in(requirements: Path) -> set[str]:
    """The names of the distributions in a pinned list."""
    lines = requirements.read_text().splitlines()
    return {_plain_name(line.split("==")[0].split("[")[0]) for line in lines if "==" in line}


def _plain_name(distribution: str) -> str:
    return distribution.strip().lower().replace("_", "-").replace(".", "-")
