"""What enrolment asks of a person: batches, rows, agreements, exceptions, replacements."""

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.access import Actor
from accounts.roles import Perm
from core import formats
from core.formats import thousands
from enrollment.models import BatchRow, EnrollmentBatch
from enrollment.queries import returned_rows
from enrollment.queries.agreements import ending_soon
from enrollment.queries.overrides import to_answer
from enrollment.queries.replacements import still_covered
from regions.models import Regency
from reports.todo.item import NAMED, Item, Numbers, Waiting

Status = EnrollmentBatch.Status


def waiting(actor: Actor) -> Waiting:
    """What the actor may have to do."""
    found: Waiting = {}
    states = [Status.DRAFT] if actor.may(Perm.BATCH_SUBMIT) else []
    states += EnrollmentBatch.AT_BRANCH if actor.may(Perm.BATCH_REVIEW) else []
    rows = BatchRow.objects.filter(status=BatchRow.Status.WAITING)
    for status in states:
        found[f"{status}_batches"] = EnrollmentBatch.objects.filter(status=status)
        found[f"{status}_people"] = rows.filter(batch__status=status)
    today = timezone.localdate()
    if actor.may(Perm.BATCH_PREPARE) or actor.may(Perm.BATCH_REVIEW):
        found["agreements"] = ending_soon(today)
    if actor.may(Perm.PEOPLE_EDIT):
        found["returned"] = returned_rows()
    if actor.may(Perm.ELIGIBILITY_DECIDE):
        found["overrides"] = to_answer(actor)
    if actor.may(Perm.BATCH_PREPARE):
        found["replaced"] = still_covered(today)
    return found


def items(actor: Actor, regency: Regency, n: Numbers) -> list[Item]:
    """The things to do, by their numbers."""
    return [
        *_batches(regency, n),
        *_agreements(regency, n.get("agreements", 0)),
        *_returned(actor, regency, n.get("returned", 0)),
        *_overrides(regency, n.get("overrides", 0)),
        *_replaced(regency, n.get("replaced", 0)),
    ]


def _batches(regency: Regency, n: Numbers) -> list[Item]:
    address = reverse("enrollment:batches", args=[regency.slug])
    at_branch = _("%(people)s orang belum terlindungi sampai Anda menerimanya.")
    steps = (
        (
            Status.DRAFT,
            _("%(n)s daftar pendaftaran menunggu persetujuan Anda"),
            _("%(people)s orang akan diajukan ke cabang BPJS."),
            _("Periksa"),
        ),
        (
            Status.SUBMITTED,
            _("%(n)s daftar pendaftaran menunggu tinjauan cabang"),
            at_branch,
            _("Tinjau"),
        ),
        (
            Status.IN_REVIEW,
            _("%(n)s daftar pendaftaran sedang Anda tinjau"),
            at_branch,
            _("Tinjau"),
        ),
    )
    return [
        Item(
            "y",
            title % {"n": thousands(n[f"{status}_batches"])},
            text % {"people": thousands(n.get(f"{status}_people", 0))},
            f"{address}?status={status}",
            action,
        )
        for status, title, text, action in steps
        if n.get(f"{status}_batches")
    ]


def _agreements(regency: Regency, number: int) -> list[Item]:
    """Agreements that end within sixty days, for those who have to sign anew."""
    if not number:
        return []
    language = translation.get_language()
    ending = list(ending_soon(timezone.localdate())[:NAMED])
    named = ", ".join(f"{each.number} ({formats.day(each.last_day, language)})" for each in ending)
    return [
        Item(
            "y",
            _("Perjanjian yang berakhir dalam 60 hari"),
            named + (" …" if number > NAMED else ""),
            reverse("enrollment:agreements", args=[regency.slug]) + "?standing=ending",
            _("Lihat"),
        )
    ]


def _returned(actor: Actor, regency: Regency, people: int) -> list[Item]:
    """People whom the branch sent back: the village corrects them, the officer helps."""
    if not people:
        return []
    own = bool(actor.membership.village_id)
    return [
        Item(
            "r" if own else "b",
            _("Cabang mengembalikan %(n)s orang") % {"n": thousands(people)},
            _("Mereka belum terlindungi. Perbaiki datanya, lalu kirim kembali ke cabang."),
            reverse("enrollment:returned", args=[regency.slug]),
            _("Perbaiki"),
        )
    ]


def _overrides(regency: Regency, waiting: int) -> list[Item]:
    """Exceptions that somebody else has asked for."""
    if not waiting:
        return []
    return [
        Item(
            "y",
            _("%(n)s permintaan pengecualian menunggu jawaban Anda") % {"n": thousands(waiting)},
            _("Orangnya tidak ikut dalam pendaftaran sampai Anda menyetujuinya."),
            reverse("enrollment:overrides", args=[regency.slug]) + "?status=asked",
            _("Jawab"),
        )
    ]


def _replaced(regency: Regency, people: int) -> list[Item]:
    if not people:
        return []
    return [
        Item(
            "y",
            _("%(n)s orang sudah digantikan dan masih terlindungi") % {"n": thousands(people)},
            _("Daftarkan penggantinya, supaya satu kursi tidak dibayar dua kali."),
            reverse("enrollment:replaced", args=[regency.slug]),
            _("Lihat"),
        )
    ]
