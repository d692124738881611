"""Forms of proofs of cover."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_fields import DayField


class DayForm(forms.Form):
    """The day that is asked about."""

    day = DayField(
        label=_("Tanggal yang ditanyakan"),
        help_text=_("Hari kecelakaan, hari meninggal, atau hari lain."),
    )
