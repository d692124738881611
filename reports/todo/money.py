"""What bills and budgets ask of a person."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import Actor
from accounts.roles import Perm
from budgets.queries import Figures
from core.formats import rupiah, thousands
from regions.models import Regency
from reports.todo.item import Item


def items(actor: Actor, regency: Regency, money: Figures | None) -> list[Item]:
    """Late bills, and ceilings that are missing or passed; nothing for who may not read bills."""
    found: list[Item] = []
    if money and actor.may(Perm.PAYMENT_RECORD):
        found += _late_bills(regency, money)
    if money and actor.may(Perm.BUDGET_EDIT):
        found += _budgets(regency, money)
    return found


def _late_bills(regency: Regency, money: Figures) -> list[Item]:
    if not money.overdue:
        return []
    return [
        Item(
            "r",
            _("%(n)s tagihan lewat jatuh tempo, %(sum)s")
            % {"n": thousands(money.overdue), "sum": rupiah(money.overdue_rest)},
            _(
                "%(people)s iuran orang-bulan belum lunas. Tiga bulan berturut-turut tanpa iuran "
                "membuat kepesertaan nonaktif."
            )
            % {"people": thousands(money.overdue_people)},
            reverse("budgets:invoices", args=[regency.slug]) + "?status=open",
            _("Catat pembayaran"),
        )
    ]


def _budgets(regency: Regency, money: Figures) -> list[Item]:
    address = reverse("budgets:budgets", args=[regency.slug])
    found = []
    if money.exceeded_by:
        found.append(
            Item(
                "r",
                _("Tagihan melampaui pagu %(sum)s") % {"sum": rupiah(money.exceeded_by)},
                _("Ubah pagunya, atau pindahkan pembayar ke sumber dana lain."),
                address,
                _("Lihat pagu"),
            )
        )
    if money.without_budget:
        found.append(
            Item(
                "y",
                _("%(n)s pembayar ditagih tanpa pagu") % {"n": thousands(money.without_budget)},
                _("Catat pagu JKK dan JKM supaya tagihannya diperhitungkan."),
                address,
                _("Catat pagu"),
            )
        )
    return found
