"""What the trail says about bills, payments and budgets."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "invoice_run.started": _("%(actor)s memulai penagihan %(month)s untuk %(people)s orang."),
    "invoice_run.finished": _(
        "Penagihan %(month)s selesai: %(invoices)s tagihan, %(people)s orang, %(total)s."
    ),
    "invoice_run.failed": _("Penagihan %(month)s berhenti (%(code)s)."),
    "invoice.issued": _("Tagihan %(number)s terbit untuk %(payer)s: %(people)s orang, %(total)s."),
    "invoice.paid": _("%(actor)s mencatat pembayaran %(amount)s dengan SP2D %(sp2d)s (%(on)s)."),
    "budget.created": _("%(actor)s mencatat pagu %(year)s: JKK %(jkk)s dan JKM %(jkm)s."),
    "budget.created_with_jht": _(
        "%(actor)s mencatat pagu %(year)s: JKK %(jkk)s, JKM %(jkm)s, dan JHT %(jht)s."
    ),
    "budget.revised_with_jht": _(
        "%(actor)s mengubah pagu menjadi JKK %(jkk)s, JKM %(jkm)s, dan JHT %(jht)s: %(note)s."
    ),
    "budget.revised": _("%(actor)s mengubah pagu menjadi JKK %(jkk)s dan JKM %(jkm)s: %(note)s."),
}
