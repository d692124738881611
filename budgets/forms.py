"""Forms about bills, payments and budgets."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from budgets.models import Component
from core.form_fields import DayField, MonthField, RupiahField
from enrollment.models import FundSource
from regions.models import Village


class RunForm(forms.Form):
    """Which month to bill."""

    month = MonthField(label=_("Bulan iuran"))


class PaymentForm(forms.Form):
    """A disbursement as its SP2D names it."""

    sp2d_number = forms.CharField(
        label=_("Nomor SP2D"),
        max_length=80,
        help_text=_("Seperti tertulis pada Surat Perintah Pencairan Dana."),
    )
    sp2d_date = DayField(label=_("Tanggal SP2D"), initial=timezone.localdate)
    amount = RupiahField(
        label=_("Jumlah dibayar"), min_value=1, help_text=_("Boleh sebagian dari sisa tagihan.")
    )


class CeilingForm(forms.Form):
    """The ceilings of the accounts; most budgets have none for JHT."""

    jkk = RupiahField(label=_("Pagu JKK"))
    jkm = RupiahField(label=_("Pagu JKM"))
    jht = RupiahField(
        label=_("Pagu JHT"),
        required=False,
        help_text=_("Hanya bila ada peserta dengan Jaminan Hari Tua."),
    )


class RevisionForm(CeilingForm):
    """New ceilings and why."""

    note = forms.CharField(
        label=_("Dasar perubahan"), max_length=160, help_text=_("Misalnya nomor dan tanggal DPPA.")
    )


class BudgetForm(CeilingForm):
    """A fund source's year."""

    field_order = (
        "fund_source", "village", "year", "document", "jkk", "jkk_account", "jkm", "jkm_account",
        "jht", "jht_account",
    )  # fmt: skip

    fund_source = forms.ModelChoiceField(
        label=_("Sumber dana"), queryset=FundSource.objects.none(), empty_label=None
    )
    village = forms.ModelChoiceField(
        label=_("Desa"),
        queryset=Village.objects.none(),
        required=False,
        help_text=_("Hanya untuk sumber dana yang dibayar per desa."),
    )
    year = forms.IntegerField(label=_("Tahun anggaran"), min_value=2014, max_value=2100)
    document = forms.CharField(
        label=_("Dokumen"), max_length=80, required=False, help_text=_("Misalnya nomor DPA.")
    )
    jkk_account = forms.CharField(
        label=_("Kode rekening JKK"),
        max_length=40,
        required=False,
        help_text=_("Kosong untuk APBD berarti 5.1.02.02.02.0006."),
    )
    jkm_account = forms.CharField(
        label=_("Kode rekening JKM"),
        max_length=40,
        required=False,
        help_text=_("Kosong untuk APBD berarti 5.1.02.02.02.0007."),
    )
    jht_account = forms.CharField(label=_("Kode rekening JHT"), max_length=40, required=False)

    def __init__(self, *args, regency, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund_source"].queryset = FundSource.objects.filter(active=True).order_by(
            "name"
        )
        villages = Village.objects.filter(regency=regency, valid_to=None).order_by("name")
        self.fields["village"].queryset = villages.select_related("district")
        self.fields["village"].label_from_instance = lambda village: (
            f"{village.name}, {village.district.name}"
        )
        self.fields["year"].initial = timezone.localdate().year

    @property
    def accounts(self) -> dict[str, str]:
        """The account codes that were typed."""
        typed = {each: self.cleaned_data[f"{each.lower()}_account"] for each in Component.values}
        return {component: code for component, code in typed.items() if code}
