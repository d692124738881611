"""Forms of rules, exceptions and the list of who may be put forward."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadres.models import Category
from core import months
from core.form_fields import DayField, MonthField
from enrollment.eligibility_rules import Rule
from enrollment.eligibility_words import WEIGHTS
from enrollment.models import EligibilityOverride
from enrollment.queries import ELIGIBLE, Choice
from regions.models import District, Regency, Village

ALL = [("", _("semua"))]
UNITS = {"years": _("tahun"), "months": _("bulan")}
LEFT_OUT, TO_ASK = "left_out", "to_ask"


class RuleForm(forms.Form):
    """How the regency applies one rule, and on what that rests."""

    weight = forms.ChoiceField(
        label=_("Akibat"),
        choices=[(weight.value, words) for weight, words in WEIGHTS.items()],
        widget=forms.RadioSelect,
    )
    value = forms.IntegerField(label=_("Angka"), min_value=0, max_value=100)
    basis = forms.CharField(
        label=_("Dasar"),
        max_length=200,
        help_text=_("Misalnya: surat cabang nomor dan tanggal, atau Perbup."),
    )
    confirmed = forms.BooleanField(label=_("Sudah dikonfirmasi kantor cabang BPJS"), required=False)

    def __init__(self, *args: Any, rule: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if rule.value is None:
            del self.fields["value"]
        else:
            self.fields["value"].help_text = UNITS[rule.unit]


class AskForm(forms.Form):
    """Why a rule should be lifted for one person, and for how long."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dibaca oleh yang menyetujui, cabang BPJS dan auditor."),
    )
    valid_until = DayField(
        label=_("Berlaku sampai"),
        help_text=_("Bulan pertama pendaftarannya harus mulai sebelum atau pada hari ini."),
    )


class AnswerForm(forms.Form):
    """The answer of the second person."""

    answer = forms.ChoiceField(
        label=_("Jawaban"),
        choices=[("grant", _("Setujui")), ("decline", _("Tolak"))],
        widget=forms.RadioSelect,
    )
    valid_until = DayField(label=_("Berlaku sampai"), required=False)
    note = forms.CharField(
        label=_("Catatan"),
        max_length=300,
        required=False,
        help_text=_("Wajib bila ditolak."),
    )


class OverrideFilterForm(forms.Form):
    """Which exceptions to show."""

    status = forms.ChoiceField(
        label=_("Status"), choices=[*ALL, *EligibilityOverride.Status.choices], required=False
    )


class CandidateFilterForm(forms.Form):
    """Who is meant, from which month, and which of them to show."""

    first_month = MonthField(label=_("Bulan pertama iuran"), required=False)
    result = forms.ChoiceField(label=_("Hasil"), required=False)
    category = forms.ChoiceField(
        label=_("Jenis kader"), choices=[*ALL, *Category.choices], required=False
    )
    district = forms.ModelChoiceField(
        label=_("Kecamatan"),
        queryset=District.objects.none(),
        required=False,
        empty_label=_("semua"),
    )
    village = forms.ModelChoiceField(
        label=_("Desa"), queryset=Village.objects.none(), required=False, empty_label=_("semua")
    )
    posyandu = forms.IntegerField(
        required=False, min_value=1, max_value=10**15, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, regency: Regency, rules: dict[str, Rule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules
        reasons = [
            (code, rule.reason)
            for code, rule in rules.items()
            if rule.weight != "off" and code != "not_serving"
        ]
        self.fields["result"].choices = [
            *ALL,
            (ELIGIBLE, _("dapat didaftarkan")),
            (LEFT_OUT, _("tidak dapat didaftarkan")),
            (TO_ASK, _("dapat diajukan, perlu konfirmasi cabang")),
            *reasons,
        ]
        here = {"regency": regency, "valid_to": None}
        self.fields["district"].queryset = District.objects.filter(**here).order_by("name")
        villages = Village.objects.filter(**here).order_by("name")
        district = str(self.data.get("district", ""))
        if district.isdecimal() and len(district) < 10:
            villages = villages.filter(district_id=int(district))
        self.fields["village"].queryset = villages

    @property
    def month(self) -> dt.date:
        """The first month that was asked for, the next one without an answer."""
        found: dt.date | None = self.cleaned_data.get("first_month")
        return found or months.add_months(months.this_month(), 1)

    def choice(self) -> Choice:
        """Who is meant."""
        told = self.cleaned_data
        village, district = told.get("village"), told.get("district")
        return Choice(
            category=told.get("category") or "",
            district_id=district.pk if district else None,
            village_id=village.pk if village else None,
            posyandu_id=told.get("posyandu"),
        )
