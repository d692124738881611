"""Forms of agreements."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadres.models import Category
from core.form_fields import DayField
from core.scans import MAX_BYTES
from enrollment.actions.agreements import Drafted
from enrollment.legal_bases import legal_bases
from enrollment.models import Agreement, Segment
from enrollment.validity import Standing
from regions.models import Branch, Regency, Village
from regions.queries import villages_of

STANDINGS = [
    (Standing.VALID.value, _("berlaku")),
    (Standing.ENDING.value, _("segera berakhir")),
    (Standing.COMING.value, _("belum berlaku")),
    (Standing.OVER.value, _("berakhir")),
    (Standing.ENDED.value, _("diakhiri")),
]


class AgreementForm(forms.Form):
    """What the signed paper says."""

    number = forms.CharField(
        label=_("Nomor"), max_length=80, help_text=_("Seperti tertulis pada perjanjian.")
    )
    title = forms.CharField(
        label=_("Tentang"),
        max_length=200,
        help_text=_("Misalnya: Perlindungan 1.555 kader stunting."),
    )
    signed_on = DayField(label=_("Tanggal tanda tangan"))
    valid_from = DayField(label=_("Berlaku mulai"))
    valid_until = DayField(
        label=_("Berlaku sampai"), help_text=_("Hari terakhir. Kami ingatkan 60 hari sebelumnya.")
    )
    branch = forms.ModelChoiceField(
        label=_("Kantor cabang BPJS"),
        queryset=Branch.objects.none(),
        required=False,
        empty_label=_("belum terdaftar di sini"),
    )
    branch_signatory = forms.CharField(label=_("Penanda tangan dari cabang"), max_length=120)
    party = forms.CharField(
        label=_("Pihak lain"), max_length=160, help_text=_("Nama dinas atau pemerintah desa.")
    )
    village = forms.ModelChoiceField(
        label=_("Hanya untuk desa"),
        queryset=Village.objects.none(),
        required=False,
        empty_label=_("seluruh kabupaten"),
        help_text=_("Pilih bila perjanjian ini dibuat dengan satu desa."),
    )
    party_signatory = forms.CharField(label=_("Penanda tangan pihak lain"), max_length=120)
    legal_basis = forms.ChoiceField(label=_("Dasar hukum"))
    legal_detail = forms.CharField(
        label=_("Nomor peraturan"),
        max_length=160,
        required=False,
        help_text=_("Wajib untuk peraturan daerah, bupati, wali kota, atau desa."),
    )
    categories = forms.MultipleChoiceField(
        label=_("Untuk siapa"), choices=Category.choices, widget=forms.CheckboxSelectMultiple
    )
    segment = forms.ChoiceField(
        label=_("Segmen"),
        choices=Segment.choices,
        widget=forms.RadioSelect,
        initial=Segment.BPU,
        help_text=_("Kader umumnya BPU. Perangkat desa yang digaji umumnya PU."),
    )
    with_jht = forms.BooleanField(
        label=_("Termasuk Jaminan Hari Tua (JHT)"),
        required=False,
        help_text=_("JKK dan JKM selalu termasuk."),
    )
    quota = forms.IntegerField(
        label=_("Kuota orang"),
        min_value=1,
        required=False,
        help_text=_("Kosongkan bila perjanjian tidak membatasi."),
        widget=forms.NumberInput({"class": "w-20", "inputmode": "numeric"}),
    )

    def __init__(self, *args, regency: Regency, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].queryset = regency.branches.order_by("name")
        self.fields["village"].queryset = villages_of(regency).order_by("name")
        self.fields["legal_basis"].choices = [
            ("", _("Pilih")),
            *((each.code, each.title) for each in legal_bases().values()),
        ]

    def drafted(self) -> Drafted:
        """The answers as the action takes them."""
        return Drafted(**self.cleaned_data)

    @staticmethod
    def told_by(agreement: Agreement) -> dict[str, object]:
        """What the form shows of an agreement that exists."""
        return {name: getattr(agreement, name) for name in AgreementForm.base_fields}


class AgreementFilterForm(forms.Form):
    """Which agreements to show."""

    standing = forms.ChoiceField(
        label=_("Status"), choices=[("", _("semua")), *STANDINGS], required=False
    )
    category = forms.ChoiceField(
        label=_("Jenis kader"), choices=[("", _("semua")), *Category.choices], required=False
    )
    search = forms.CharField(label=_("Nomor atau pihak"), max_length=80, required=False)


class FileForm(forms.Form):
    """The signed paper."""

    file = forms.FileField(
        label=_("Perjanjian yang ditandatangani"),
        help_text=_("PDF, JPG atau PNG, paling besar 5 MB."),
        widget=forms.ClearableFileInput(
            {"accept": ".pdf,.jpg,.jpeg,.png", "data-max": str(MAX_BYTES)}
        ),
    )


class EndAgreementForm(forms.Form):
    """The last day of an agreement, and why it ends before its time."""

    on = DayField(label=_("Hari terakhir"))
    note = forms.CharField(label=_("Alasan"), max_length=200)
    end_covers = forms.ChoiceField(
        label=_("Kepesertaan di bawah perjanjian ini"),
        widget=forms.RadioSelect,
        initial="no",
        choices=[
            ("no", _("Tetap berjalan; dasarnya diatur kemudian")),
            ("yes", _("Berakhir pada hari terakhir bulan itu")),
        ],
        help_text=_("Jumlah orangnya ditunjukkan dahulu sebelum ada yang berakhir."),
    )
    counted = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def answers(self) -> dict[str, Any]:
        """As the action takes them."""
        told = self.cleaned_data
        return {
            "on": told["on"],
            "note": told["note"],
            "end_covers": told["end_covers"] == "yes",
        }

    def with_count(self, people: int) -> "EndAgreementForm":
        """The same answers, to be confirmed with the number of covers that end."""
        return EndAgreementForm({**self.data.dict(), "counted": str(people)})
