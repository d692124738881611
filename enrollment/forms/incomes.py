"""The form of a cover's reported pay or income."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_fields import RupiahField
from enrollment.models import Segment


class IncomeForm(forms.Form):
    """Rupiah a month, and where it is written."""

    income_base = RupiahField(
        label=_("Penghasilan sebulan"),
        required=False,
        min_value=1,
        help_text=_("Kosong berarti golongan terendah. Bulan yang sudah ditagih tidak berubah."),
    )
    note = forms.CharField(
        label=_("Dasar perubahan"),
        max_length=160,
        help_text=_("Misalnya nomor keputusan tentang penghasilan tetap. Laporkan juga ke cabang."),
    )

    def __init__(self, *args: Any, segment: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if segment == Segment.PU:
            pay = self.fields["income_base"]
            pay.label, pay.required = _("Upah yang dilaporkan sebulan"), True
            pay.help_text = _("Bulan yang sudah ditagih tidak berubah.")
