"""The form of a target."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cadres.models import Category
from core.form_fields import DayField
from enrollment.actions.targets import MOST_PEOPLE


class TargetForm(forms.Form):
    """How many people are meant, by when, and from where the programme began."""

    category = forms.ChoiceField(label=_("Untuk"), choices=Category.choices)
    people = forms.IntegerField(
        label=_("Target"),
        help_text=_("Orang yang hendak dilindungi."),
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"class": "w-10"}),
    )
    until = DayField(label=_("Tercapai paling lambat"))
    source = forms.CharField(
        label=_("Sumber target"),
        max_length=160,
        help_text=_("Misalnya: Keputusan Bupati 560/12/2026, RPJMD, atau surat dinas."),
    )
    baseline = forms.IntegerField(
        label=_("Data awal"),
        help_text=_("Orang yang sudah terlindungi sebelum program. Isi 0 bila belum ada."),
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"class": "w-10"}),
    )
    baseline_on = DayField(label=_("Tanggal data awal"), required=False)
    baseline_source = forms.CharField(label=_("Sumber data awal"), max_length=160, required=False)
