"""Bills in the words that people see."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from lokal.terbilang import terbilang

from budgets.contributions import WHOLE
from budgets.models import Invoice
from budgets.rule_files import OF_PAY, Rate
from core import formats
from core.models import Run

STATUS: dict[str, tuple[str, Promise]] = {
    "open": ("y", _("belum dibayar")),
    "partly_paid": ("b", _("dibayar sebagian")),
    "paid": ("g", _("lunas")),
}
RUN_TONES = {
    Run.Status.QUEUED: "y",
    Run.Status.RUNNING: "b",
    Run.Status.DONE: "g",
    Run.Status.FAILED: "r",
    Run.Status.CANCELLED: "",
}


def basis(invoice: Invoice, rates: Iterable[Rate]) -> str:
    """Of what the rupiah of a bill are taken; empty where nothing is taken of the pay."""
    found = [
        f"{rate.component} {formats.percent(rate.points, WHOLE, 2)}"
        for rate in rates
        if rate.of == OF_PAY and rate.points and getattr(invoice, rate.component.lower())
    ]
    if not found:
        return ""
    text = gettext("Dari upah yang dilaporkan: %(shares)s.") % {"shares": ", ".join(found)}
    if invoice.jht:
        text += " " + gettext("JHT memuat bagian pemberi kerja dan bagian pekerja.")
    return text


def status_choices() -> list[tuple[str, Promise]]:
    """The states of an invoice for a filter."""
    return [(code, words) for code, (_tone, words) in STATUS.items()]


def in_words(amount: int) -> str:
    """Rupiah as a paper spells them: `seratus juta rupiah`."""
    return f"{terbilang(amount)} rupiah"
