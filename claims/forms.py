"""Forms of the steps of a claim."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadres.models import Heir
from claims import words
from claims.models import Claim, ClaimDocument
from core.form_fields import DayField, DigitsField
from core.scans import MAX_BYTES


class FindForm(forms.Form):
    """Who died, by name."""

    name = forms.CharField(
        label=_("Nama atau NIK orang yang meninggal"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "words"}),
        help_text=_("Cukup sebagian nama, seperti tertulis di KTP."),
    )


class ReportForm(forms.Form):
    """When, where and why somebody died."""

    died_on = DayField(label=_("Tanggal meninggal"))
    place = forms.CharField(
        label=_("Tempat meninggal"),
        max_length=120,
        required=False,
        help_text=_("Misalnya: rumah, atau nama rumah sakit."),
    )
    cause = forms.CharField(
        label=_("Sebab meninggal"),
        max_length=200,
        required=False,
        help_text=_(
            "Misalnya: sakit. Bila karena kecelakaan saat bertugas, tuliskan: manfaatnya lain "
            "(JKK) dan cabang perlu segera diberi tahu."
        ),
    )


class HeirForm(forms.Form):
    """Who receives the benefit. Numbers that are already there are not shown again."""

    name = forms.CharField(label=_("Nama ahli waris"), max_length=120)
    relation = forms.ChoiceField(
        label=_("Hubungan dengan almarhum"),
        choices=Heir.Relation.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Urutan menurut undang-undang: janda, duda atau anak; bila tidak ada, urutan "
            "berikutnya (PP 44/2015 pasal 37)."
        ),
    )
    nik = DigitsField(label=_("NIK ahli waris"), length=16, required=False)
    phone = forms.CharField(
        label=_("Telepon"),
        max_length=20,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "class": "w-20"}),
    )
    bank_name = forms.CharField(label=_("Bank"), max_length=60, required=False)
    account_number = DigitsField(label=_("Nomor rekening"), required=False, max_length=30)
    account_holder = forms.CharField(
        label=_("Nama pada buku tabungan"), max_length=120, required=False
    )

    def __init__(self, *args: Any, heir: Heir | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if heir and heir.nik_sealed:
            self.fields["nik"].help_text = _("Sudah tercatat. Isi hanya bila berubah.")
        if heir and heir.account_sealed:
            self.fields["account_number"].help_text = _("Sudah tercatat. Isi hanya bila berubah.")


class DocumentsForm(forms.Form):
    """One checkbox and one scan for each item of the checklist."""

    def __init__(self, *args: Any, documents: Iterable[ClaimDocument], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.documents = list(documents)
        for each in self.documents:
            self.fields[f"there-{each.code}"] = forms.BooleanField(
                label=_("Sudah diterima"), required=False, initial=each.received_at is not None
            )
            self.fields[f"scan-{each.code}"] = forms.FileField(
                label=_("Hasil pindai (PDF, JPG atau PNG, paling besar 5 MB)"),
                required=False,
                widget=forms.FileInput(
                    {
                        "accept": ".pdf,.jpg,.jpeg,.png",
                        "data-max": MAX_BYTES,
                        "data-max-message": _("Berkas ini lebih dari 5 MB."),
                    }
                ),
            )

    def rows(self) -> list[dict[str, Any]]:
        """Each document in words with its two fields."""
        return [
            {
                "document": each,
                "label": words.label(each),
                "condition": words.condition(each),
                "holder": words.holder(each),
                "there": self[f"there-{each.code}"],
                "scan": self[f"scan-{each.code}"],
            }
            for each in self.documents
        ]

    def received(self) -> dict[str, bool]:
        """Code -> whether it is there, as ticked."""
        return {each.code: self.cleaned_data[f"there-{each.code}"] for each in self.documents}

    def scans(self) -> dict[str, Any]:
        """Code -> uploaded file."""
        found = {each.code: self.cleaned_data[f"scan-{each.code}"] for each in self.documents}
        return {code: file for code, file in found.items() if file}


class DecideForm(forms.Form):
    """The branch's decision; where the rules left it open, each possibility is a choice."""

    REJECT = "reject"

    decision = forms.ChoiceField(label=_("Keputusan"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Catatan atau alasan"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Wajib bila menolak."),
    )

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("approve", _("Setujui"))]
        self.is_open = claim.outcome == Claim.Outcome.NEEDS_CONFIRMATION
        if self.is_open:
            choices = [
                (option["code"], _("Setujui: %(option)s") % {"option": words.option(option)})
                for option in claim.benefit["options"]
            ]
            self.fields["decision"].help_text = _(
                "Aturan belum memastikan manfaatnya. Pilihan Anda menjadi keputusan cabang."
            )
            self.fields["note"].required = True
            self.fields["note"].help_text = ""
        self.fields["decision"].choices = [*choices, (self.REJECT, _("Tolak"))]

    def decided(self) -> dict[str, Any]:
        """The arguments of `claims.actions.decide`."""
        choice = self.cleaned_data["decision"]
        approve = choice != self.REJECT
        return {
            "approve": approve,
            "outcome": choice if approve and self.is_open else "",
            "note": self.cleaned_data["note"],
        }


class PayForm(forms.Form):
    """The transfer to the heir."""

    paid_on = DayField(label=_("Tanggal transfer"), initial=timezone.localdate)
    reference = forms.CharField(label=_("Nomor bukti transfer"), max_length=80)


class HandOverForm(forms.Form):
    """Where, by whom and to whom the benefit was handed over."""

    on = DayField(label=_("Tanggal serah terima"), initial=timezone.localdate)
    place = forms.CharField(
        label=_("Tempat"), max_length=160, help_text=_("Misalnya: Balai Desa Pematang Ulin.")
    )
    handed_by = forms.CharField(
        label=_("Diserahkan oleh"), max_length=120, help_text=_("Nama dan jabatan.")
    )
    received_by = forms.CharField(
        label=_("Diterima oleh"),
        max_length=120,
        help_text=_("Yang menerima hak tetap ahli warisnya."),
    )
    representative = forms.CharField(
        label=_("Diwakili oleh"),
        max_length=120,
        required=False,
        help_text=_("Isi bila keluarga diwakili, misalnya oleh kepala desa."),
    )
    representative_office = forms.CharField(
        label=_("Jabatan yang mewakili"), max_length=120, required=False
    )


class SendBackForm(forms.Form):
    """What the district has to put right before the branch can decide."""

    note = forms.CharField(
        label=_("Yang harus diperbaiki"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Dinas dan desa membaca kalimat ini. Jangan tulis NIK atau nomor rekening."),
    )


class CloseForm(forms.Form):
    """Why a report is closed without a claim."""

    note = forms.CharField(
        label=_("Alasan menutup laporan"), max_length=300, widget=forms.Textarea({"rows": 3})
    )
