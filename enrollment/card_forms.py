"""The form that orders cards."""

from collections.abc import Sequence
from itertools import groupby

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.formats import thousands
from enrollment.card_queries import VillageCards
from enrollment.models import CardOrder
from regions.models import Regency, Village

WHOLE = "all"


class CardOrderForm(forms.Form):
    """For whom and on which paper; choices carry how many cards they are."""

    village = forms.ChoiceField(label=_("Kartu untuk"))
    layout = forms.ChoiceField(
        label=_("Bentuk cetakan"),
        choices=[(value, capfirst(label)) for value, label in CardOrder.Layout.choices],
        initial=CardOrder.Layout.A4,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args, places: Sequence[VillageCards], regency: Regency, whole: bool, **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        self._villages = {str(place.village.pk): place.village for place in places}
        choices: list = []
        if whole:
            everybody = _("Seluruh %(regency)s (%(count)s kartu)") % {
                "regency": regency.full_name,
                "count": thousands(sum(place.people for place in places)),
            }
            choices.append((WHOLE, everybody))
        for district, group in groupby(places, key=lambda place: place.village.district.name):
            choices.append(
                (
                    _("Kecamatan %(name)s") % {"name": district},
                    [
                        (str(each.village.pk), f"{each.village.full_name} ({each.people})")
                        for each in group
                    ],
                )
            )
        self.fields["village"].choices = choices

    def chosen_village(self) -> Village | None:
        """The village that was chosen; None for the whole regency."""
        return self._villages.get(self.cleaned_data["village"])
