"""Bills in the words that people see."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from lokal.terbilang import terbilang

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


def status_choices() -> list[tuple[str, Promise]]:
    """The states of an invoice for a filter."""
    return [(code, words) for code, (_tone, words) in STATUS.items()]


def in_words(amount: int) -> str:
    """Rupiah as a paper spells them: `seratus juta rupiah`."""
    return f"{terbilang(amount)} rupiah"
