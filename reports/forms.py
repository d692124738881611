"""Forms of reports."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.form_fields import DayField
from regions.models import Village


class DayForm(forms.Form):
    """The day that is asked about."""

    day = DayField(
        label=_("Tanggal yang ditanyakan"),
        help_text=_("Hari kecelakaan, hari meninggal, atau hari lain."),
    )


class QuestionForm(forms.Form):
    """A list of people, pasted or as a file, and the day that is asked about."""

    text = forms.CharField(
        label=_("Tempel NIK atau nama"),
        help_text=_(
            "Satu orang satu baris: NIK, nama, atau keduanya, dengan urutan bebas. Sel dari Excel "
            "boleh ditempel beserta judul kolomnya."
        ),
        required=False,
        strip=False,
        max_length=3_000_000,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Atau pilih berkas"),
        help_text=_("Excel (.xlsx, .xls), ODS, atau CSV. Paling banyak 100.000 baris."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={
                "accept": ".xlsx,.csv,.xls,.ods",
                "data-max": settings.KJ_ROSTER_MAX_BYTES,
                "data-max-message": _("Berkas ini lebih besar dari 20 MB."),
            }
        ),
    )
    day = DayField(
        label=_("Tanggal yang ditanyakan"),
        help_text=_("Hari ini, kecuali Anda menanyakan hari lain."),
    )

    def clean(self) -> dict[str, Any]:
        """Exactly one of text and file."""
        told = super().clean() or {}
        pasted = bool((told.get("text") or "").strip())
        if "file" not in self.errors and "text" not in self.errors:
            if pasted and told.get("file"):
                self.add_error("file", _("Pilih salah satu: tempel daftarnya, atau berkasnya."))
            elif not pasted and not told.get("file"):
                self.add_error("text", _("Tempel daftarnya, atau pilih berkasnya."))
        return told


class RiskFilter(forms.Form):
    """What narrows a list of the risk radar."""

    district = forms.ChoiceField(label=_("Kecamatan"), required=False)
    village = forms.ChoiceField(label=_("Desa"), required=False)

    def __init__(self, *args, villages: QuerySet[Village], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        rows = list(
            villages.order_by("district__name", "name").values_list(
                "code", "name", "district__code", "district__name"
            )
        )
        every = ("", _("Semua"))
        districts = dict.fromkeys((code, name) for _c, _n, code, name in rows)
        self.fields["district"].choices = [every, *districts]
        self.fields["village"].choices = [
            every,
            *((code, f"{name}, {district}") for code, name, _c, district in rows),
        ]

    def narrow(self, villages: QuerySet[Village]) -> QuerySet[Village]:
        """The villages that the filter leaves; none when it says something unknown."""
        if not self.is_valid():
            return villages.none()
        told = self.cleaned_data
        if told["district"]:
            villages = villages.filter(district__code=told["district"])
        return villages.filter(code=told["village"]) if told["village"] else villages
