"""Forms of reconciliations."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cadres.models import Cadre
from core import months
from core.form_fields import DayField, MonthField
from enrollment.actions.differences import Ending
from enrollment.models import Coverage, FundSource, Reconciliation, ReconciliationDifference
from enrollment.reconciliation.wording import BY_HAND
from regions.models import Village

ALL = [("", _("semua"))]
Settlement = ReconciliationDifference.Settlement
Reason = Coverage.EndReason
STATES = [
    ("open", _("belum selesai")),
    ("asked", _("menunggu jawaban cabang")),
    ("answered", _("sudah dijawab cabang")),
    ("settled", _("selesai")),
]


class ListUploadForm(forms.Form):
    """A list of BPJS for a contribution month."""

    file = forms.FileField(
        label=_("Daftar dari BPJS"),
        help_text=_(
            "Excel (.xlsx, .xls), OpenDocument (.ods) atau CSV, seperti yang dikirim cabang. "
            "Judul kolom boleh ditulis dengan cara apa pun."
        ),
        allow_empty_file=True,
        error_messages={"required": _("Pilih berkas daftarnya dulu.")},
    )
    month = MonthField(label=_("Bulan iuran"))
    kind = forms.ChoiceField(
        label=_("Jenis daftar"), choices=Reconciliation.Kind.choices, widget=forms.RadioSelect
    )
    fund_source = forms.ModelChoiceField(
        label=_("Pembayar"),
        queryset=FundSource.objects.none(),
        required=False,
        empty_label=_("semua pembayar dalam satu daftar"),
        help_text=_("Pilih bila daftarnya hanya berisi orang yang iurannya dibayar sumber ini."),
    )
    ask_columns = forms.BooleanField(
        label=_("Saya tunjukkan sendiri letak kolomnya"), required=False
    )

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault(
            "initial", {"month": months.this_month(), "kind": Reconciliation.Kind.BILL}
        )
        super().__init__(*args, **kwargs)
        self.fields["fund_source"].queryset = FundSource.objects.order_by("name")


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(
        label=_("Alasan"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class CloseForm(forms.Form):
    """A remark for the signed-off record."""

    note = forms.CharField(
        label=_("Catatan untuk berita acara"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class QueryForm(forms.Form):
    """A question to the branch."""

    query = forms.CharField(
        label=_("Pertanyaan kepada cabang"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Jangan menulis NIK; cabang melihat orangnya di halaman yang sama."),
    )


class AnswerForm(forms.Form):
    """The branch's answer."""

    answer = forms.CharField(
        label=_("Jawaban cabang"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class SettleForm(forms.Form):
    """How differences are settled; fields that the way does not need are ignored."""

    how = forms.ChoiceField(
        label=_("Diselesaikan dengan"), choices=BY_HAND, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Alasan ini dicetak di berita acara."),
    )
    on = DayField(
        label=_("Hari terakhir kepesertaan"),
        required=False,
        help_text=_(
            "Hanya bila kepesertaan diakhiri. Yang tercatat meninggal berakhir pada hari itu."
        ),
    )
    end_reason = forms.ChoiceField(
        label=_("Alasan berakhir"),
        choices=[each for each in Reason.choices if each[0] != Reason.DIED],
        initial=Reason.STOPPED,
        required=False,
    )
    employment = forms.ChoiceField(
        label=_("Catat pekerjaan lain pada orangnya"),
        choices=[("", _("tidak dicatat")), *Cadre.Employment.choices],
        required=False,
        help_text=_("Orang ini tidak dapat didaftarkan lagi selama catatan ini ada."),
    )

    def __init__(self, *args, kind: str, answered: bool = True, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        ways = [each for each in BY_HAND if answered or each[0] != Settlement.QUERY]
        if kind != ReconciliationDifference.Kind.ACTIVE_PU:
            del self.fields["employment"]
        if kind == ReconciliationDifference.Kind.BILLED_NOT_LISTED:
            del self.fields["on"], self.fields["end_reason"]
            ways = [each for each in ways if each[0] != Settlement.COVER_ENDED]
        self.fields["how"].choices = ways

    def ending(self) -> Ending | None:
        """The last day and the reason, when a cover is to end and both are told."""
        told = self.cleaned_data
        if told["how"] != Settlement.COVER_ENDED or not told.get("on"):
            return None
        return Ending(told["on"], told.get("end_reason") or Coverage.EndReason.STOPPED)


class DifferenceFilterForm(forms.Form):
    """Which differences of a class to show."""

    search = forms.CharField(label=_("Nama atau NIK"), max_length=80, required=False)
    village = forms.ChoiceField(label=_("Desa"), required=False)
    state = forms.ChoiceField(label=_("Keadaan"), choices=[*ALL, *STATES], required=False)

    def __init__(self, *args, villages: QuerySet[Village], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["village"].choices = [
            *ALL,
            *villages.order_by("name").values_list("code", "name"),
        ]


class ReconciliationFilterForm(forms.Form):
    """Which reconciliations to show."""

    month = MonthField(label=_("Bulan iuran"), required=False)
    status = forms.ChoiceField(
        label=_("Keadaan"), choices=[*ALL, *Reconciliation.Status.choices], required=False
    )
