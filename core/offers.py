"""What apps offer each other by the name of a module: who asks never imports who answers."""

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from django.apps import apps
from django.utils.module_loading import module_has_submodule


def modules(name: str) -> Iterator[ModuleType]:
    """The module `<app>.<name>` of every installed app that has one, in the order of apps."""
    for config in apps.get_app_configs():
        if config.module and module_has_submodule(config.module, name):
            yield import_module(f"{config.name}.{name}")
