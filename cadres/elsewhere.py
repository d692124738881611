"""Whether people are covered in another regency, as the app that knows covers tells.

That app offers `COVERED_ELSEWHERE` in its own `roster_checks.py`: the name of a database function
of (digests, asking regency, day) that looks over the wall and answers (nik_digest, programme,
segment) and nothing else.
"""

from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule


def function_name() -> str | None:
    """The function to ask, or None when no installed app knows covers."""
    for config in apps.get_app_configs():
        if config.module and module_has_submodule(config.module, "roster_checks"):
            found: str = import_module(f"{config.name}.roster_checks").COVERED_ELSEWHERE
            return found
    return None
