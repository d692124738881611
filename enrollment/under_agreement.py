"""What a batch must keep to when it rests on an agreement."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cadres.models import Cadre, Category
from core import formats
from core.errors import DomainError
from enrollment.models import Agreement, BatchRow
from enrollment.queries.agreements import places_taken
from enrollment.validity import holds_in, last_day


def lock(agreement: Agreement | None) -> Agreement | None:
    """The agreement as it is now, locked: two batches do not take the same last places."""
    if agreement is None:
        return None
    return Agreement.objects.select_for_update().get(pk=agreement.pk)


def check_against(agreement: Agreement | None, values: Mapping[str, Any]) -> None:
    """Refuse terms that go beyond the agreement of the batch."""
    if agreement is None:
        return
    if values.get("segment", agreement.segment) != agreement.segment:
        message = _("Perjanjian %(number)s untuk segmen %(segment)s.") % {
            "number": agreement.number,
            "segment": agreement.get_segment_display(),
        }
        raise DomainError("agreement_segment", message, {"segment": message})
    if values.get("with_jht") and not agreement.with_jht:
        message = _("Perjanjian %(number)s tidak memuat JHT.") % {"number": agreement.number}
        raise DomainError("agreement_without_jht", message, {"with_jht": message})


def check_batch(
    agreement: Agreement, *, segment: str, with_jht: bool, first_month: dt.date
) -> None:
    """Refuse a segment, a programme or a first month that the agreement does not hold."""
    check_against(agreement, {"segment": segment, "with_jht": with_jht})
    if not holds_in(agreement.valid_from, agreement.valid_until, agreement.ended_on, first_month):
        last = last_day(agreement.valid_until, agreement.ended_on)
        language = translation.get_language()
        message = _("Perjanjian %(number)s berlaku %(begins)s sampai %(last)s.") % {
            "number": agreement.number,
            "begins": formats.day(agreement.valid_from, language),
            "last": formats.day(last, language),
        }
        raise DomainError("agreement_not_in_force", message, {"agreement": message})


def check_choice(
    agreement: Agreement,
    people: QuerySet[Cadre],
    *,
    segment: str,
    with_jht: bool,
    first_month: dt.date,
    count: int,
) -> None:
    """Everything at once for people who are not put forward yet; `count` is how many they are."""
    check_batch(agreement, segment=segment, with_jht=with_jht, first_month=first_month)
    check_people(agreement, people)
    check_quota(agreement, first_month, count)


def check_people(agreement: Agreement, people: QuerySet) -> None:
    """Refuse people (with their `row_category`) for whom the agreement was not made."""
    found = set(people.order_by().values_list("row_category", flat=True).distinct())
    foreign = sorted(found - set(agreement.categories))
    if foreign:
        message = _(
            "Perjanjian %(number)s hanya untuk: %(kinds)s. Yang dipilih memuat juga: %(others)s. "
            "Pilih satu jenis kader."
        ) % {
            "number": agreement.number,
            "kinds": _kinds(agreement.categories),
            "others": _kinds(foreign),
        }
        raise DomainError("agreement_category", message, {"category": message})
    if agreement.village_id and people.exclude(village_id=agreement.village_id).exists():
        message = _("Perjanjian %(number)s hanya untuk %(village)s. Pilih desa itu.") % {
            "number": agreement.number,
            "village": agreement.village.full_name if agreement.village else "",
        }
        raise DomainError("agreement_village", message, {"village": message})


def check_rows(agreement: Agreement, rows: QuerySet[BatchRow]) -> None:
    """Refuse people who moved away since from the one village of the agreement."""
    if agreement.village_id is None:
        return
    elsewhere = rows.exclude(village_id=agreement.village_id).count()
    if elsewhere:
        message = _(
            "%(people)s orang sudah pindah dari %(village)s, satu-satunya desa dalam perjanjian "
            "%(number)s. Keluarkan dari rancangan ini dahulu."
        ) % {
            "people": formats.thousands(elsewhere),
            "village": agreement.village.full_name if agreement.village else "",
            "number": agreement.number,
        }
        raise DomainError("agreement_village", message)


def check_quota(agreement: Agreement, first_month: dt.date, more: int = 0) -> None:
    """Refuse when people put forward, with `more` of them, are beyond the quota."""
    if not agreement.quota:
        return
    beyond = places_taken(agreement, first_month) + more - agreement.quota
    if beyond > 0:
        message = _(
            "Kuota perjanjian %(number)s %(quota)s orang terlampaui %(beyond)s orang. Kurangi "
            "pilihan, atau perbarui kuota sesudah perjanjiannya diubah."
        ) % {
            "number": agreement.number,
            "quota": formats.thousands(agreement.quota),
            "beyond": formats.thousands(beyond),
        }
        raise DomainError("agreement_quota", message, {"agreement": message})


def _kinds(codes: list[str]) -> str:
    return ", ".join(str(Category(each).label) for each in codes)
