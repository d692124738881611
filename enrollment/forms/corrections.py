"""Forms of rows that the branch sent back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from enrollment.forms.batches import ALL
from enrollment.models import BatchRow
from regions.models import Village


class ResubmitForm(forms.Form):
    """What was corrected, in words for the branch."""

    note = forms.CharField(
        label=_("Catatan untuk cabang"),
        max_length=200,
        required=False,
        help_text=_(
            "Misalnya: nama disesuaikan dengan KTP. Wajib bila tidak ada data yang diubah."
        ),
        widget=forms.Textarea({"rows": 2}),
    )


class TakeOutForm(forms.Form):
    """Why a person leaves the batch for good."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=200,
        help_text=_("Misalnya: sudah dibayar perusahaan, tidak perlu didaftarkan."),
    )


class ReturnedFilterForm(forms.Form):
    """Which returned people to show."""

    search = forms.CharField(label=_("Nama"), max_length=80, required=False)
    reason = forms.ChoiceField(
        label=_("Alasan"), choices=[*ALL, *BatchRow.Reason.choices], required=False
    )
    village = forms.ChoiceField(label=_("Desa"), required=False)

    def __init__(self, *args, villages, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        found: list[Village] = list(villages.order_by("name"))
        self.fields["village"].choices = [*ALL, *((each.code, each.name) for each in found)]
