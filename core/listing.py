"""What list pages share: chips of the filters in use, each with the address that removes it."""

from urllib.parse import urlencode

from django.forms import BoundField, Form


def shown(bound: BoundField, value: str) -> str:
    """The words of a choice, or the value itself."""
    for key, words in getattr(bound.field, "choices", ()):
        if str(key) == value:
            return str(words)
    return value


def chips(
    form: Form, query: dict[str, list[str]], *, ignore: tuple[str, ...] = ("page", "sort")
) -> list[dict[str, str]]:
    """One chip `{label, url}` per filter value in the query string.

    `query` is `dict(request.GET.lists())`; the address of a chip keeps every other filter and the
    sort, and goes back to the first page.
    """
    found = []
    rest = {name: values for name, values in query.items() if name != "page"}
    for bound in form.visible_fields():
        name = bound.html_name
        for value in query.get(name, []):
            if not value or name in ignore:
                continue
            others = {**rest, name: [other for other in rest[name] if other != value]}
            found.append(
                {
                    "label": f"{bound.label}: {shown(bound, value)}",
                    "url": "?" + urlencode(others, doseq=True),
                }
            )
    return found
