"""Papers of operations say what the code does: every variable, every queue, every version."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
READERS = ["kaderjamsos/*.py", "core/**/*.py", "accounts/**/*.py", "deploy/*.py", "bin/*"]
READERS += ["tests/*.py", "deploy/**/*.sh", "docker-compose.yml", "deploy/Caddyfile"]
READ = re.compile(
    r"""environ(?:\.get\(|\.pop\(|\[)\s*["']([A-Z_]+)["']|\$\{([A-Z_]+)[:}?-]|\{\$([A-Z_]+)\}"""
    r"""|"\$(KJ_[A-Z_]+)"|_NAMES[^\n]*?"(KJ_[A-Z_]+)\""""
)
# Set by the tools themselves, or between our own programs.
NOT_FOR_PEOPLE = {
    "KJ_UNDER_MAKE",
    "KJ_WAIT_FOR",
    "POSTGRES_USER",
    "PYTEST_XDIST_WORKER",
    "DJANGO_SETTINGS_MODULE",
    "PATH",
}


def _read_names() -> set[str]:
    found: set[str] = set()
    for pattern in READERS:
        for path in ROOT.glob(pattern):
            if path.is_file():
                for groups in READ.findall(path.read_text()):
                    found.update(name for name in groups if name)
    return found - NOT_FOR_PEOPLE


def _example_names() -> set[str]:
    text = (ROOT / ".env.example").read_text()
    return set(re.findall(r"^(?:# )?([A-Z][A-Z_]+)=", text, re.MULTILINE))


def _compose() -> dict:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_every_variable_is_in_the_example_and_nothing_else():
    read, shown = _read_names(), _example_names()
    assert len(read) > 25, "the search for variables finds too little"
    assert read - shown == set(), "missing from .env.example"
    assert shown - read == set(), "in .env.example, but nobody reads it"


def test_the_example_gives_no_secret_away():
    text = (ROOT / ".env.example").read_text()
    for name in re.findall(r"^([A-Z_]*(?:KEY|PASSWORD)[A-Z_]*)=", text, re.MULTILINE):
        assert re.search(rf"^{name}=$", text, re.MULTILINE), f"{name} has a value"


def test_containers_and_make_run_listen_to_the_same_queues():
    worker = _compose()["services"]["worker"]["command"]
    queues = re.search(r"--queues (\S+)", worker)
    assert queues is not None
    assert f'"--queues", "{queues[1]}"' in (ROOT / "bin" / "run").read_text()


def test_the_application_container_never_gets_the_superuser():
    services = _compose()["services"]
    for name in ("web", "worker", "beat", "migrate"):
        environment = services[name]["environment"]
        assert not any("SUPERUSER" in str(value) for value in environment.values()), name
        assert "pgbouncer:6432" in environment["DATABASE_URL"]
        assert "@db:5432" in environment["DATABASE_OWNER_URL"]


def test_every_requirement_is_pinned_with_a_hash_and_names_no_host():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        blocks = re.findall(r"^([A-Za-z0-9][^\n]*?)((?:\\\n[^\n]*)+|$)", text, re.MULTILINE)
        assert len(blocks) > 50, name
        for requirement, hashes in blocks:
            assert "==" in requirement, requirement
            assert "--hash=sha256:" in hashes, requirement
        assert "://" not in text


def test_every_direct_requirement_says_why():
    for name in ("requirements.in", "requirements-dev.in"):
        for line in (ROOT / name).read_text().splitlines():
            if line and line[0] not in "#-":
                assert re.search(r"\S\s+# \S", line), line
