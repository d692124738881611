"""What people may take along as a file: what each is, who asked, and the long way as a run.

An app names its lists in its `resources.py`: `PEOPLE = exporting.register(Listed(...))`. A page
and its file ask the same `find`, so that the file holds what the page shows. A file that is no
list, such as one that is made of an uploaded one, is a `Document`.
"""

import base64
import datetime as dt
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Protocol

from django.core.cache import cache
from django.db.models import QuerySet
from django.forms import BoundField, CharField, Form
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from accounts.models import Membership
from accounts.roles import Perm, allows
from core import exports, private_files
from core.errors import DomainError
from core.listing import shown
from core.models import Run, RunPart
from core.sealed import seal, unseal
from core.tenancy import scope
from regions.models import Regency

KIND = "export"
DIRECT = 2_000  # rows that are worth no waiting
KEPT = dt.timedelta(hours=24)
BLOCK = 1024 * 1024
NOT_FILTERS = ("page", "sort")


class Asking(Protocol):
    """Who asks for a list and how: a request behind the door, or an `Asked`."""

    @property
    def GET(self) -> QueryDict:
        """Filters and sorting, as in the address of the page."""

    @property
    def regency(self) -> Regency:
        """Whose list."""

    @property
    def actor(self) -> Actor:
        """Who asks."""

    @property
    def membership(self) -> Membership:
        """The membership that the actor stands on."""


@dataclass(frozen=True)
class Asked:
    """As much of a request as finding a list needs."""

    regency: Regency
    actor: Actor
    GET: QueryDict = field(default_factory=QueryDict)

    @property
    def membership(self) -> Membership:
        """The membership that the actor stands on."""
        return self.actor.membership


Find = Callable[..., tuple[exports.Rows, Form]]
Told = Callable[[int], None]


@dataclass(frozen=True)
class Listed:
    """One list: its name in addresses and events, title, permission, columns and rows.

    `find(asking, **ids)` gives the filtered rows and the form that filtered them; `sorted_by`
    makes the page's table of them, whose sorting the file keeps.
    """

    name: str
    title: str | Promise
    perm: Perm
    sheet: type[exports.Sheet]
    find: Find
    sorted_by: Callable[[exports.Rows, list[str] | None], Any] | None = None

    def rows(self, asking: Asking, ids: dict[str, Any]) -> tuple[exports.Rows, Form]:
        """The rows as the page shows them, and the form that filtered them."""
        found, form = self.find(asking, **ids)
        if self.sorted_by is not None:
            found = self.sorted_by(found, asking.GET.getlist("sort") or None).data.data
        return found, form

    def write(self, out: BinaryIO, form: str, asked: Asked, ids: dict[str, Any], told: Told) -> int:
        """Write the whole list and return the number of its rows, telling it on the way.

        Raises DomainError `list_gone` when what it belongs to is no longer there.
        """
        try:
            rows = self.rows(asked, ids)[0]
        except Http404 as error:
            raise DomainError("list_gone", _("Daftar ini sudah tidak ada.")) from error
        return exports.write(out, form, self.sheet(), rows, title=str(self.title), told=told)

    def file_name(self, ids: dict[str, Any], form: str) -> str:
        """What the file is called: only the list and the day."""
        return f"{self.name}-{timezone.localdate():%Y-%m-%d}.{form}"

    def page(self, regency: Regency, ids: dict[str, Any]) -> str:
        """Where the list is; a filtered one has no address of its own."""
        return ""


@dataclass(frozen=True)
class Document:
    """A file about one object: `writer(out, asked, told, **ids)` writes it and counts its rows.

    `shown_at` names the page of the object; its only argument beside the regency is `ids[key]`.
    """

    name: str
    title: str | Promise
    perm: Perm
    writer: Callable[..., int]
    shown_at: str
    key: str

    def write(self, out: BinaryIO, form: str, asked: Asked, ids: dict[str, Any], told: Told) -> int:
        """Write the file and return the number of its rows, telling it on the way."""
        return self.writer(out, asked, told, **ids)

    def file_name(self, ids: dict[str, Any], form: str) -> str:
        """What the file is called: what it is and of which object."""
        return f"{self.name}-{ids[self.key]}.{form}"

    def page(self, regency: Regency, ids: dict[str, Any]) -> str:
        """Where the object is."""
        return reverse(self.shown_at, args=[regency.slug, ids[self.key]])


_lists: dict[str, Listed] = {}
_documents: dict[str, Document] = {}


def register(listed: Listed) -> Listed:
    """Make a list known; its name is stored with runs and events."""
    _lists[listed.name] = listed
    return listed


def register_document(document: Document) -> Document:
    """Make a document known; its name is stored with runs."""
    _documents[document.name] = document
    return document


def list_named(name: str) -> Listed:
    """A registered list; looks into every app's `resources.py` when it is not known yet."""
    if name not in _lists:
        autodiscover_modules("resources")
    return _lists[name]


def named(name: str) -> Listed | Document:
    """A registered document or list."""
    if name not in _documents and name not in _lists:
        autodiscover_modules("resources")
    return _documents.get(name) or _lists[name]


def title_of(name: str) -> str:
    """What a list is called; the name of one that is no more."""
    try:
        return str(named(name).title)
    except KeyError:
        return name


def offer(request: Any, url: str, count: int) -> dict[str, Any]:
    """What `<c-filter-bar :export>` shows: where to ask, the present filters, how many rows.

    For a long list also where its files are found later.
    """
    mine = reverse("audit:exports", args=[request.regency.slug]) if count > DIRECT else ""
    kept = [(name, value) for name, values in request.GET.lists() for value in values]
    return {
        "url": url,
        "count": count,
        "fields": [each for each in kept if each[0] != "page"],
        "mine": mine,
    }


def filters_told(form: Form, query: QueryDict) -> str:
    """The filters in use, for the audit trail: `Kecamatan: Muncar; Nama`.

    What somebody typed may name a person, so of free texts only the label is told.
    """
    told = [
        _told(form[name], value)
        for name in form.fields
        if name not in NOT_FILTERS
        for value in query.getlist(name)
        if value
    ]
    return "; ".join(told)


def _told(bound: BoundField, value: str) -> str:
    free = isinstance(bound.field, CharField) or bound.is_hidden
    return str(bound.label) if free else f"{bound.label}: {shown(bound, value)}"


def plan(
    listed: Listed | Document, asking: Asking, ids: dict[str, Any], form: str
) -> dict[str, Any]:
    """What a run needs to find the list again; filters may name people, so they are sealed."""
    return {
        "list": listed.name,
        "ids": ids,
        "query": base64.b64encode(seal(asking.GET.urlencode())).decode(),
        "format": form,
        "language": translation.get_language() or "id",
        "membership": asking.membership.pk,
    }


def progress_key(run: Run) -> str:
    """Where a run tells how many rows are written, since its one transaction cannot."""
    return f"kj:export:{run.pk}"


def done_of(run: Run) -> int:
    """How many rows of a long export are written so far."""
    return cache.get(progress_key(run), 0) if run.is_open else run.done


def write_part(run: Run, part: RunPart) -> None:
    """Write the whole file, within what the asker may see now, and keep it."""
    listed = named(run.plan["list"])
    asked = _asked(run, listed)
    form, village_ids = run.plan["format"], asked.membership.village_ids() or ()

    def told(count: int) -> None:
        if Run.objects.filter(pk=run.pk, status=Run.Status.CANCELLED).exists():
            raise DomainError("export_cancelled", _("Unduhan ini dibatalkan."))
        cache.set(progress_key(run), count, 3600)

    with (
        scope(run.regency_id, villages=village_ids, by=run.started_by_id),
        timezone.override(asked.regency.time_zone),
        translation.override(run.plan["language"]),
        tempfile.TemporaryFile() as out,
    ):
        count = listed.write(out, form, asked, run.plan["ids"], told)
        out.seek(0)
        file, _sha256, size = private_files.save(blocks(out), f".{form}")
    part.payload = {"file": file, "size": size, "rows": count}


def keep(run: Run) -> None:
    """What the part has made is the result."""
    run.result = run.parts.get().payload


def _asked(run: Run, listed: Listed | Document) -> Asked:
    """Who asked, as far as they may still see the list; raises DomainError `export_not_allowed`."""
    membership = (
        Membership.objects.current()
        .select_related("user", "village", "health_centre")
        .filter(pk=run.plan["membership"], user=run.started_by_id)
        .first()
    )
    if membership is None or not allows(membership.role, listed.perm):
        raise DomainError("export_not_allowed", _("Anda tidak lagi boleh melihat daftar ini."))
    query = unseal(base64.b64decode(run.plan["query"]))
    actor = Actor(membership.user, membership.role, membership)
    return Asked(Regency.objects.get(pk=run.regency_id), actor, QueryDict(query))


def blocks(file: BinaryIO) -> Iterator[bytes]:
    """A file in pieces of a megabyte."""
    while block := file.read(BLOCK):
        yield block


def file_of(run: Run) -> str | None:
    """The stored file of a long export while it is kept; None before it is made and afterwards."""
    if run.finished_at is None or run.finished_at + KEPT < timezone.now():
        return None
    return run.result.get("file")


def own_runs(actor: Actor) -> QuerySet[Run]:
    """The long exports of a person in this role, newest first, while their files are kept."""
    return Run.objects.filter(
        kind=KIND,
        started_by_id=actor.id,
        plan__membership=actor.membership.pk,
        created_at__gt=timezone.now() - 2 * KEPT,
    ).order_by("-id")


def forget_expired(now: dt.datetime) -> int:
    """Delete the files of the regency in scope that were kept long enough; how many."""
    over = Run.objects.filter(kind=KIND, finished_at__lt=now - KEPT, result__has_key="file")
    count = 0
    for run in over:
        private_files.path_of(run.result["file"]).unlink(missing_ok=True)
        run.result = {name: value for name, value in run.result.items() if name != "file"}
        run.save(update_fields=["result"])
        RunPart.objects.filter(run=run).update(payload={})
        count += 1
    return count
