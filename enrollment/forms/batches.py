"""Forms of fund sources, batches, reviews and coverages."""

import datetime as dt

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadres.models import Category, Posyandu
from core import months
from core.form_fields import DayField, MonthField
from enrollment.end_reasons import MEANINGS, offered
from enrollment.forms.terms import SEGMENT_HINT, TermsFields
from enrollment.models import (
    Agreement,
    BatchRow,
    Coverage,
    EnrollmentBatch,
    FundSource,
    Segment,
)
from enrollment.queries import Choice
from enrollment.queries.agreements import open_agreements
from regions.models import District, Regency, Village

ALL = [("", _("semua"))]


class FundSourceForm(forms.Form):
    """A budget that pays contributions."""

    name = forms.CharField(label=_("Nama"), max_length=120, help_text=_("Misalnya: APBD 2026."))
    kind = forms.ChoiceField(label=_("Jenis"), choices=FundSource.Kind.choices)
    billed_to = forms.ChoiceField(
        label=_("Ditagihkan"), choices=FundSource.BilledTo.choices, widget=forms.RadioSelect
    )
    department = forms.CharField(label=_("Dinas pembayar"), max_length=120, required=False)


class FundSourceChangeForm(FundSourceForm):
    """The same, with the switch that takes a source out of use."""

    active = forms.BooleanField(label=_("Dipakai untuk pendaftaran baru"), required=False)


class ChoiceForm(TermsFields):
    """Whom to put forward, on which paper and terms, paid by whom, from which month."""

    field_order = [
        "first_month",
        "fund_source",
        "agreement",
        "category",
        "district",
        "village",
        "posyandu",
        "segment",
        "with_jht",
        "income_base",
        "occupation",
        "second_occupation",
        "work_place",
        "works_from",
        "works_until",
        "note",
    ]
    first_month = MonthField(
        label=_("Bulan pertama iuran"),
        help_text=_("Perlindungan mulai tanggal 1 bulan ini. Pilih dengan memperhatikan anggaran."),
    )
    fund_source = forms.ModelChoiceField(
        label=_("Sumber dana"), queryset=FundSource.objects.none(), empty_label=None
    )
    agreement = forms.ModelChoiceField(
        label=pgettext_lazy("satu", "Perjanjian"),
        queryset=Agreement.objects.none(),
        required=False,
        empty_label=_("tanpa perjanjian"),
        help_text=_("Jenis kader, segmen, masa, dan kuotanya diperiksa."),
    )
    segment = forms.ChoiceField(
        label=_("Segmen"),
        choices=Segment.choices,
        widget=forms.RadioSelect,
        help_text=SEGMENT_HINT,
    )
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
    posyandu = forms.ModelChoiceField(
        label=_("Posyandu"),
        queryset=Posyandu.objects.none(),
        required=False,
        empty_label=_("semua"),
    )
    note = forms.CharField(label=_("Catatan"), max_length=200, required=False)

    def __init__(self, *args, regency: Regency, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        fields = self.fields
        fields["fund_source"].queryset = FundSource.objects.filter(active=True).order_by("name")
        self.sources = list(fields["fund_source"].queryset.values_list("pk", "name"))
        fields["fund_source"].choices = self.sources
        fields["agreement"].queryset = open_agreements(timezone.localdate())
        fields["agreement"].label_from_instance = lambda each: f"{each.number}: {each.title}"
        fields["district"].queryset = District.objects.filter(
            regency=regency, valid_to=None
        ).order_by("name")
        villages = Village.objects.filter(regency=regency, valid_to=None).order_by("name")
        district = self.data.get("district", "")
        if str(district).isdigit():
            villages = villages.filter(district_id=int(district))
        fields["village"].queryset = villages
        village = self.data.get("village", "")
        if str(village).isdigit():
            fields["posyandu"].queryset = Posyandu.objects.filter(village_id=int(village)).order_by(
                "name"
            )
        else:
            del fields["posyandu"]

    def clean_first_month(self) -> dt.date:
        """Within a year, back and ahead."""
        month = self.cleaned_data["first_month"]
        if abs(months.months_between(months.this_month(), month)) > 12:
            raise forms.ValidationError(_("Paling jauh dua belas bulan ke belakang atau ke depan."))
        return month

    def choice(self) -> Choice:
        """The filters of the cleaned form."""
        told = self.cleaned_data

        def id_of(name: str) -> int | None:
            return told[name].pk if told.get(name) else None

        return Choice(
            category=told["category"],
            district_id=id_of("district"),
            village_id=id_of("village"),
            posyandu_id=id_of("posyandu"),
        )

    @property
    def looks_back(self) -> bool:
        """Whether the first month lies before the present one."""
        return self.cleaned_data["first_month"] < months.this_month()


class ReturnForm(forms.Form):
    """Why the branch sends people back."""

    reason = forms.ChoiceField(label=_("Alasan"), choices=BatchRow.Reason.choices)
    reason_text = forms.CharField(label=_("Penjelasan untuk desa"), max_length=200, required=False)


class ListForm(forms.Form):
    """The branch's own list of answers."""

    file = forms.FileField(
        label=_("Daftar hasil (XLSX atau CSV)"),
        help_text=_(
            "Kolom NIK dan Nomor peserta; boleh ditambah Status (diterima atau dikembalikan) dan "
            "Alasan. Daftar yang diunduh dari sini dapat langsung diisi."
        ),
    )


class RowFilterForm(forms.Form):
    """What rows of a batch to show."""

    search = forms.CharField(label=_("Nama"), max_length=80, required=False)
    status = forms.ChoiceField(
        label=_("Status"), choices=[*ALL, *BatchRow.Status.choices], required=False
    )
    flagged = forms.ChoiceField(
        label=_("Catatan"),
        choices=[*ALL, ("true", _("perlu dilihat")), ("false", _("tanpa catatan"))],
        required=False,
    )


class BatchFilterForm(forms.Form):
    """Which batches to show."""

    status = forms.ChoiceField(
        label=_("Status"), choices=[*ALL, *EnrollmentBatch.Status.choices], required=False
    )
    fund_source = forms.ModelChoiceField(
        label=_("Sumber dana"),
        queryset=FundSource.objects.none(),
        required=False,
        empty_label=_("semua"),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund_source"].queryset = FundSource.objects.order_by("name")


class CoverageFilterForm(BatchFilterForm):
    """Which covers to show."""

    field_order = ["month", "category", "village", "fund_source", "ended"]
    status = None
    month = MonthField(label=_("Aktif pada bulan"), required=False)
    category = forms.ChoiceField(
        label=_("Jenis kader"), choices=[*ALL, *Category.choices], required=False
    )
    village = forms.ChoiceField(label=_("Desa"), required=False)
    ended = forms.ChoiceField(
        label=_("Status"),
        choices=[*ALL, ("false", _("berjalan")), ("true", _("berakhir atau akan berakhir"))],
        required=False,
    )

    def __init__(self, *args, villages: QuerySet[Village], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["village"].choices = [
            *ALL,
            *villages.order_by("name").values_list("code", "name"),
        ]


class EndForm(forms.Form):
    """The last day of a cover and why it ends."""

    on = DayField(
        label=_("Hari terakhir"), help_text=_("Bulan tempat hari ini berada tetap ditagih.")
    )
    reason = forms.ChoiceField(label=_("Alasan"))

    def __init__(self, *args, died_on: dt.date | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(Coverage.EndReason.choices)
        asked = _("%(reason)s (perlu konfirmasi cabang)")
        self.fields["reason"].choices = [
            (
                code,
                asked % {"reason": labels[code]} if MEANINGS[code].ask_branch else labels[code],
            )
            for code in offered(died_on)
        ]

    def clean_on(self) -> dt.date:
        """At most a year ahead: a mistyped year must not pass."""
        day = self.cleaned_data["on"]
        if day > timezone.localdate() + dt.timedelta(days=366):
            raise forms.ValidationError(_("Paling jauh setahun ke depan."))
        return day


class RevealForm(forms.Form):
    """Why a member number is opened."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=200,
        help_text=_("Dicatat bersama nama Anda dan dapat dibaca auditor."),
    )
