"""The audit trail as a list to take along."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.roles import Perm
from audit import queries
from audit.exporting import Asking, Listed, register
from audit.forms import TrailFilter
from audit.models import Seal
from audit.timeline import role_label
from audit.words import sentence
from core.exports import Column, Sheet, moment


def find_events(asking: Asking) -> tuple[QuerySet, TrailFilter]:
    """Events, newest first, within the filters."""
    form = TrailFilter(asking.GET)
    return queries.search(form.cleaned_data if form.is_valid() else {}), form


def _find_sealed(asking: Asking) -> tuple[QuerySet, TrailFilter]:
    found, form = find_events(asking)
    seal = Seal.objects.filter(event=OuterRef("pk"))
    return found.annotate(
        seal_number=Subquery(seal.values("number")[:1]),
        seal_digest=Subquery(seal.values("digest")[:1]),
    ), form


class TrailSheet(Sheet):
    """One row an event, with the seal that holds it."""

    at = Column(_("Waktu"), "at", show=moment)
    text = Column(_("Kejadian"), "kind", "actor_name", "facts", show=sentence)
    actor = Column(_("Pelaku"), "actor_name")
    role = Column(_("Peran"), "actor_role", show=role_label)
    village = Column(_("Desa"), "village__name")
    kind = Column(_("Kode kejadian"), "kind")
    object = Column(_("Objek"), "object_type", "object_id", show=lambda kind, pk: f"{kind}:{pk}")
    seal = Column(_("Segel"), "seal_number")
    digest = Column(_("SHA-256 segel"), "seal_digest")


TRAIL = register(Listed("jejak-audit", _("jejak audit"), Perm.AUDIT_VIEW, TrailSheet, _find_sealed))
