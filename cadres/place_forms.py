"""Forms of posyandu, seats, replacements and quotas."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cadres.models import Cadre, Category, Posyandu, Sex
from cadres.queries.places import STATUS, VillageState
from cadres.seats import MOST_SEATS
from core.form_fields import DayField, DigitsField
from regions.models import District, Village

# What the seats of a posyandu may be, under the names that the query gives the numbers.
SEAT_STATES = {
    "over": _("ada orang di luar kursi"),
    "free": _("ada kursi kosong"),
    "full": _("penuh"),
}


def choices(form: forms.Form, name: str) -> forms.ModelChoiceField:
    """A field that chooses among objects, so that its objects may be narrowed."""
    return cast(forms.ModelChoiceField, form.fields[name])


class VillageFilter(forms.Form):
    """What narrows the list of villages."""

    q = forms.CharField(label=_("Nama desa"), required=False, max_length=60)
    district = forms.ModelChoiceField(
        label=_("Kecamatan"),
        queryset=District.objects.none(),
        required=False,
        empty_label=_("Semua"),
        to_field_name="code",
    )
    status = forms.ChoiceField(
        label=_("Status daftar"), choices=[("", _("Semua")), *STATUS.items()], required=False
    )

    def __init__(self, *args, districts, **kwargs):
        super().__init__(*args, **kwargs)
        choices(self, "district").queryset = districts

    def narrow(self, states: Iterable[VillageState]) -> list[VillageState]:
        """The villages that the filters leave; none when a filter says something unknown."""
        if not self.is_valid():
            return []
        told = self.cleaned_data
        words = told["q"].upper().split()
        return [
            state
            for state in states
            if (not told["district"] or state.village.district_id == told["district"].pk)
            and (not told["status"] or state.status == told["status"])
            and all(word in state.village.name.upper() for word in words)
        ]


class PosyanduFilter(forms.Form):
    """What narrows the list of posyandu."""

    q = forms.CharField(label=_("Nama posyandu"), required=False, max_length=100)
    district = forms.ModelChoiceField(
        label=_("Kecamatan"),
        queryset=District.objects.none(),
        required=False,
        empty_label=_("Semua"),
        to_field_name="code",
    )
    village = forms.ModelChoiceField(
        label=_("Desa"),
        queryset=Village.objects.none(),
        required=False,
        empty_label=_("Semua"),
        to_field_name="code",
    )
    seats = forms.ChoiceField(
        label=_("Kursi"), choices=[("", _("Semua")), *SEAT_STATES.items()], required=False
    )
    decree = forms.ChoiceField(
        label=_("SK"),
        choices=[("", _("Semua")), ("none", _("belum ada")), ("known", _("sudah ada"))],
        required=False,
    )

    def __init__(self, *args, districts, villages, **kwargs):
        super().__init__(*args, **kwargs)
        choices(self, "district").queryset = districts
        choices(self, "village").queryset = villages

    def narrow(self, found: QuerySet[Any]) -> QuerySet[Any]:
        """Of posyandu with their seats those that the filters leave; none for an unknown value."""
        if not self.is_valid():
            return found.none()
        told = self.cleaned_data
        for word in told["q"].upper().split():
            found = found.filter(name_key__contains=word)
        if told["district"]:
            found = found.filter(village__district=told["district"])
        if told["village"]:
            found = found.filter(village=told["village"])
        if told["seats"] == "full":
            found = found.filter(free=0, over=0)
        elif told["seats"]:
            found = found.filter(**{f"{told['seats']}__gt": 0})
        if told["decree"]:
            bare = Q(decree_number="")
            found = found.filter(bare if told["decree"] == "none" else ~bare)
        return found


class PosyanduForm(forms.Form):
    """Name and decree of a posyandu."""

    name = forms.CharField(label=_("Nama posyandu"), max_length=100)
    decree_number = forms.CharField(label=_("Nomor SK"), max_length=80, required=False)
    decree_date = DayField(label=_("Tanggal SK"), required=False)


class SeatsForm(forms.Form):
    """The funded seats of one posyandu; empty follows the norm."""

    seats = forms.IntegerField(
        label=_("Kursi yang dibiayai"),
        help_text=_("Kosongkan untuk mengikuti norma kabupaten."),
        min_value=0,
        max_value=MOST_SEATS,
        required=False,
        widget=forms.NumberInput(attrs={"class": "w-10"}),
    )


class NormForm(forms.Form):
    """The norm of the regency."""

    seats = forms.IntegerField(
        label=_("Kursi tiap posyandu"),
        help_text=_("Norma lama 5 kader. Permendagri 13/2024 dibaca 15 (5 pengurus, 10 kader)."),
        min_value=1,
        max_value=MOST_SEATS,
        widget=forms.NumberInput(attrs={"class": "w-10"}),
    )
    basis = forms.CharField(label=_("Dasar"), max_length=160)
    confirmed = forms.BooleanField(label=_("Sudah dikonfirmasi cabang dan dinas"), required=False)


class MergeForm(forms.Form):
    """Which posyandu stays."""

    into = forms.ModelChoiceField(
        label=_("Gabungkan ke"),
        queryset=Posyandu.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        choices(self, "into").queryset = others


# What a person who is not known yet needs, as in a roster.
NEEDED = {
    "nik": _("Pilih orang yang sudah tercatat, atau isi NIK pengganti."),
    "name": _("Isi nama sesuai KTP."),
    "birth_date": _("Isi tanggal lahir."),
    "sex": _("Pilih jenis kelamin."),
}


class ReplaceForm(forms.Form):
    """Who takes over a seat, from which day: a known person, or a new one with the KTP's data."""

    takes_over = DayField(label=_("Mulai bertugas"))
    reason = forms.CharField(
        label=_("Alasan diganti"),
        help_text=_("Misalnya: berhenti, pindah rumah, keputusan desa."),
        max_length=200,
    )
    person = forms.ModelChoiceField(
        label=_("Pengganti yang sudah tercatat di desa ini"),
        queryset=Cadre.objects.none(),
        required=False,
        empty_label=_("Orang baru, isi di bawah"),
        help_text=_("Bila orangnya ada di daftar ini, data di bawah tidak perlu diisi."),
    )
    nik = DigitsField(label=_("NIK pengganti"), length=16, required=False)
    name = forms.CharField(label=_("Nama sesuai KTP"), max_length=120, required=False)
    birth_place = forms.CharField(label=_("Tempat lahir"), max_length=80, required=False)
    birth_date = DayField(label=_("Tanggal lahir"), required=False)
    sex = forms.ChoiceField(
        label=_("Jenis kelamin"), choices=Sex.choices, required=False, widget=forms.RadioSelect
    )
    phone = forms.CharField(label=_("Nomor HP"), max_length=20, required=False)
    mother_name = forms.CharField(label=_("Nama ibu kandung"), max_length=120, required=False)
    decree_number = forms.CharField(label=_("Nomor SK"), max_length=80, required=False)
    decree_date = DayField(label=_("Tanggal SK"), required=False)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        choices(self, "person").queryset = people
        if not (self.data or {}).get("person"):
            for name, message in NEEDED.items():
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = message


class QuotaForm(forms.Form):
    """A quota of every village."""

    name = forms.CharField(
        label=_("Nama kuota"), max_length=120, help_text=_("Misalnya: 1 Desa 100 Pekerja Rentan.")
    )
    category = forms.ChoiceField(label=_("Untuk"), choices=Category.choices)
    per_village = forms.IntegerField(
        label=_("Orang tiap desa"),
        min_value=0,
        max_value=100_000,
        widget=forms.NumberInput(attrs={"class": "w-10"}),
    )
    legal_basis = forms.CharField(label=_("Dasar hukum"), max_length=200, required=False)
    note = forms.CharField(label=_("Syarat peserta"), max_length=300, required=False)
    starts_on = DayField(label=_("Mulai berlaku"))
    ends_on = DayField(label=_("Berakhir"), required=False)


class ShareForm(forms.Form):
    """A village's own number; empty follows the quota."""

    places = forms.IntegerField(
        label=_("Kuota desa ini"),
        help_text=_("Kosongkan untuk mengikuti jumlah umum."),
        min_value=0,
        max_value=100_000,
        required=False,
        widget=forms.NumberInput(attrs={"class": "w-10"}),
    )


class EnlistForm(forms.Form):
    """Who joins the list of a village."""

    cadre = forms.ModelChoiceField(
        label=_("Tambah orang"), queryset=Cadre.objects.none(), empty_label=None
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        choices(self, "cadre").queryset = people


class LeaveForm(forms.Form):
    """Why somebody leaves a quota."""

    reason = forms.CharField(label=_("Alasan keluar"), min_length=3, max_length=200)
