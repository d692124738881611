"""Every address of the product, found by walking the URL patterns."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from accounts.rest import DoorView
from accounts.roles import Perm

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Place:
    """One address: its route, view, arguments and what it declares."""

    route: str
    view: Callable[..., Any]
    args: tuple[str, ...]

    @property
    def api(self) -> type[DoorView] | None:
        """The API view class, when it is one of ours."""
        found = getattr(self.view, "cls", None)
        return found if found is not None and issubclass(found, DoorView) else None

    @property
    def door(self) -> Perm | None:
        """The permission of a page."""
        return getattr(self.view, "door", None)

    @property
    def in_regency(self) -> bool:
        """Whether the address lies inside one regency."""
        return "regency" in self.args

    @property
    def objects(self) -> tuple[str, ...]:
        """The arguments beside the regency."""
        return tuple(name for name in self.args if name != "regency")

    def methods(self) -> dict[str, Perm]:
        """Each method that may be asked, with the permission that it needs."""
        if self.api:
            return dict(self.api.perms)
        return {"GET": self.door, "POST": self.door} if self.door else {}

    def path(self, values: dict[str, Any]) -> str:
        """The address with its arguments filled in; raises KeyError for one that is not known."""
        return "/" + ARGUMENT.sub(lambda found: str(values[found[1]]), self.route)


def _walk(patterns: list[Any], before: str) -> Iterator[Place]:
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, route)
        elif isinstance(each, URLPattern):
            yield Place(route, each.callback, tuple(ARGUMENT.findall(route)))


def places() -> list[Place]:
    """Every address, in the order of the patterns."""
    return list(_walk(get_resolver().url_patterns, ""))


def regency_places() -> list[Place]:
    """Those inside a regency."""
    return [each for each in places() if each.in_regency]
