"""Trainings and skills of people."""

import datetime as dt
from collections.abc import Collection

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from audit.actions import record, record_many
from cadres import competencies, queries
from cadres.models import Cadre, Competence, Training
from cadres.models.training import Level
from core.errors import DomainError


def record_training(
    *,
    by: Actor,
    cadre_ids: Collection[int],
    title: str,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    organiser: str = "",
    certificate_number: str = "",
    level: str = "",
) -> int:
    """Record one training for people of the scope; returns for how many it is new.

    Who has a training of that title from that day already keeps it as it is. A certificate's
    number belongs to one person only. `ends_on` left out is a training of one day.
    """
    title, ends_on = " ".join(title.split()), ends_on or starts_on
    if not title:
        raise _refused("title_missing", "title", _("Isi nama pelatihan."))
    if starts_on > timezone.localdate():
        raise _refused("day_in_future", "starts_on", _("Tanggal ini belum tiba."))
    if ends_on < starts_on:
        raise _refused("day_too_early", "ends_on", _("Selesai sebelum mulai."))
    if level and level not in Level.values:
        raise _refused("level_unknown", "level", _("Pilih tingkat kecakapan."))
    if certificate_number and len(cadre_ids) != 1:
        message = _("Nomor sertifikat hanya untuk satu orang.")
        raise _refused("certificate_shared", "certificate_number", message)
    people = {
        each.pk: each
        for each in Cadre.objects.select_for_update()
        .filter(pk__in=cadre_ids, merged_into=None)
        .order_by("pk")
    }
    if not people:
        raise _refused("people_missing", "people", _("Pilih sedikitnya satu orang."))
    known = Training.objects.filter(cadre__in=people, title=title, starts_on=starts_on)
    fresh = people.keys() - set(known.values_list("cadre_id", flat=True))
    Training.objects.bulk_create(
        Training(
            cadre_id=pk,
            title=title,
            organiser=organiser.strip(),
            starts_on=starts_on,
            ends_on=ends_on,
            certificate_number=certificate_number.strip(),
            level=level,
        )
        for pk in sorted(fresh)
    )
    record_many(
        "training.recorded", ((people[pk], {"title": title}) for pk in sorted(fresh)), by=by
    )
    return len(fresh)


def set_competences(*, by: Actor, cadre: Cadre, codes: Collection[str]) -> Cadre:
    """The skills that a person masters, in place of those recorded; new ones count from today."""
    cadre = queries.held(cadre.pk)
    wanted = set(codes)
    if wanted - competencies.codes():
        raise _refused("competence_unknown", "codes", _("Keterampilan ini tidak ada di daftar."))
    known = Competence.objects.filter(cadre=cadre)
    there = set(known.values_list("code", flat=True))
    today = timezone.localdate()
    known.filter(code__in=there - wanted).delete()
    Competence.objects.bulk_create(
        Competence(cadre=cadre, code=code, confirmed_on=today) for code in sorted(wanted - there)
    )
    if wanted != there:
        record(
            "competence.set",
            cadre,
            by=by,
            village_id=cadre.village_id,
            facts={"number": len(wanted), "all": len(competencies.codes())},
        )
    return cadre


def _refused(code: str, field: str, message: str | Promise) -> DomainError:
    return DomainError(code, message, {field: message})
