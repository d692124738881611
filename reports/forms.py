"""Forms of reports."""

from django import forms
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
