"""Row history as people read it: who changed which column from what to what."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import User
from audit.words import FIELDS, value_in_words
from core.formats import moment

HIDDEN = {"id", "regency"}
NEVER_SHOWN = ("_sealed", "_digest", "_key")


@dataclass(frozen=True)
class Change:
    """One column before and after, in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Row:
    """One change of the row: when, by whom, which columns."""

    when: str
    who: str
    label: str
    changes: list[Change]


def event_model_of(model: type[models.Model]) -> type[models.Model] | None:
    """The history table of a tracked model, or None."""
    for each in apps.get_app_config(model._meta.app_label).get_models():
        if getattr(each, "pgh_tracked_model", None) is model:
            return each
    return None


def rows_for(obj: models.Model, *, limit: int = 100) -> list[Row]:
    """The latest changes of a row, newest first; sealed values and digests are left out."""
    events = event_model_of(type(obj))
    if events is None:
        return []
    found = list(events.objects.filter(pgh_obj_id=obj.pk).order_by("-pgh_id")[: limit + 1])
    people = _people(found)
    related = _related(type(obj), found)
    fields = [field for field in type(obj)._meta.concrete_fields if _shown(field)]
    labels = {
        "insert": gettext("dibuat"),
        "update": gettext("diubah"),
        "delete": gettext("dihapus"),
    }
    rows = []
    for place, event in enumerate(found[:limit]):
        before = found[place + 1] if place + 1 < len(found) else None
        changes = [
            Change(
                str(_name(field)),
                _words(field, before, people, related) if before else "–",
                "–" if event.pgh_label == "delete" else _words(field, event, people, related),
            )
            for field in fields
            if _differs(field, before, event)
        ]
        by = (event.pgh_context or {}).get("by")
        rows.append(
            Row(
                moment(timezone.localtime(event.pgh_created_at)),
                people.get(by) or gettext("Sistem"),
                labels.get(event.pgh_label, event.pgh_label),
                changes,
            )
        )
    return rows


def _shown(field: models.Field) -> bool:
    return (
        field.name not in HIDDEN
        and not field.name.endswith(NEVER_SHOWN)
        and not isinstance(field, models.BinaryField)
        and not field.generated
    )


def _bare(field: models.Field) -> str:
    return field.name.removesuffix("_id")


def _name(field: models.Field) -> Any:
    return FIELDS.get(_bare(field)) or field.verbose_name


def _differs(field: models.Field, before: models.Model | None, event: models.Model) -> bool:
    now = getattr(event, field.attname)
    if event.pgh_label == "delete":
        return now not in (None, "")
    if before is None or event.pgh_label == "insert":
        return now not in (None, "", {}, [])
    return getattr(before, field.attname) != now


def _is_person(field: models.Field) -> bool:
    return field.name.endswith("_by_id")


def _people(events: list[Any]) -> dict[int, str]:
    """Names of everybody who changed the row or stands in one of its `..._by_id` columns."""
    ids = {(event.pgh_context or {}).get("by") for event in events}
    for event in events:
        ids |= {
            getattr(event, field.attname)
            for field in type(event)._meta.concrete_fields
            if _is_person(field)
        }
    ids.discard(None)
    return dict(User.objects.filter(id__in=ids).values_list("id", "name")) if ids else {}


def _related(model: type[models.Model], events: list[Any]) -> dict[str, dict[Any, str]]:
    """For each foreign key, the names behind the ids, one query for each."""
    found = {}
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.ForeignKey) or not _shown(field):
            continue
        ids = {getattr(event, field.attname) for event in events} - {None}
        target = field.related_model
        named = next(
            (name for name in ("name", "number") if name in _columns(target)),
            None,
        )
        if ids and named:
            values = target._default_manager.filter(pk__in=ids).values_list("pk", named)
            found[field.name] = {pk: str(text) for pk, text in values}
    return found


def _columns(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}


def _words(
    field: models.Field, event: Any, people: dict[int, str], related: dict[str, dict[Any, str]]
) -> str:
    value = getattr(event, field.attname)
    if value is not None and isinstance(field, models.ForeignKey):
        return related.get(field.name, {}).get(value, f"#{value}")
    if value is not None and _is_person(field):
        return people.get(value, f"#{value}")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value) or "–")
    if isinstance(field, models.FileField) or field.name == "file":
        return gettext("ada") if value else "–"
    if isinstance(value, dict | list):
        return gettext("tercatat") if value else "–"
    if isinstance(value, dt.time):
        return f"{value:%H.%M}"
    return value_in_words(
        field.name, timezone.localtime(value) if isinstance(value, dt.datetime) else value
    )
