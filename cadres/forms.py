"""Forms of people and rosters."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cadres.models import Category, Posyandu
from regions.models import District, Village

ACCEPT = ".xlsx,.csv,.xls,.ods"


class UploadForm(forms.Form):
    """The file; who serves a whole regency may choose one village."""

    file = forms.FileField(
        label=_("Berkas daftar"),
        help_text=_("Excel (.xlsx) atau CSV, paling besar 20 MB. Kolom NIK dan Nama harus ada."),
        widget=forms.FileInput(
            attrs={
                "accept": ACCEPT,
                "data-max": settings.KJ_ROSTER_MAX_BYTES,
                "data-max-message": _("Berkas ini lebih besar dari 20 MB."),
            }
        ),
        error_messages={"required": _("Pilih berkas daftarnya dulu.")},
    )
    village = forms.ModelChoiceField(
        label=_("Untuk desa"),
        help_text=_("Biarkan kosong bila berkas memuat seluruh kabupaten dengan kolom Desa."),
        queryset=Village.objects.none(),
        required=False,
        empty_label=_("Seluruh kabupaten"),
    )

    def __init__(self, *args, villages=None, **kwargs):
        super().__init__(*args, **kwargs)
        if villages is None:
            del self.fields["village"]
        else:
            self.fields["village"].queryset = villages


class PeopleFilter(forms.Form):
    """What narrows the list of people."""

    q = forms.CharField(label=_("Nama"), required=False, max_length=100)
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
    category = forms.ChoiceField(
        label=_("Jenis"), choices=[("", _("Semua")), *Category.choices], required=False
    )
    posyandu = forms.ModelChoiceField(
        queryset=Posyandu.objects.all(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, districts, villages, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["district"].queryset = districts
        self.fields["village"].queryset = villages


class RevealForm(forms.Form):
    """Why somebody needs the NIK."""

    reason = forms.CharField(
        label=_("Alasan melihat NIK"),
        help_text=_("Alasan dan nama Anda dicatat di jejak audit."),
        min_length=5,
        max_length=200,
    )
