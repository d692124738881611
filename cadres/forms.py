"""Forms of people and rosters."""

from collections.abc import Iterable, Mapping

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cadres.actions.desk import Leaving
from cadres.models import Category, Departure, Posyandu
from core.errors import DomainError
from core.form_fields import DayField
from regions.models import District, Village

ACCEPT = ".xlsx,.csv,.xls,.ods"


class UploadForm(forms.Form):
    """A file or cells copied from a spreadsheet; who serves a whole regency may choose a village.

    `whole` is the last thing that the form sends: without it the line was cut.
    """

    file = forms.FileField(
        label=_("Berkas daftar"),
        help_text=_("Excel (.xlsx, .xls), ODS, atau CSV. Paling besar 20 MB."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={
                "accept": ACCEPT,
                "data-max": settings.KJ_ROSTER_MAX_BYTES,
                "data-max-message": _("Berkas ini lebih besar dari 20 MB."),
            }
        ),
    )
    text = forms.CharField(
        label=_("Tempel isi tabel"),
        help_text=_("Di Excel, pilih tabelnya beserta judul kolomnya, Salin, lalu tempel di sini."),
        required=False,
        strip=False,
        max_length=3_000_000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
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

    def clean(self):
        """Exactly one of file and text, and the form to its end."""
        cleaned = super().clean()
        text = (cleaned.get("text") or "").strip()
        if self.data.get("whole") != "1" and (self.files or text):
            raise forms.ValidationError(
                _("Kiriman terputus di tengah jalan, jadi belum ada yang diterima. Unggah lagi.")
            )
        if not cleaned.get("file") and not text and not self.errors:
            self.add_error(
                "file", _("Pilih berkas daftarnya dulu. Atau tempel isi tabelnya di bawah.")
            )
        elif cleaned.get("file") and text:
            self.add_error("text", _("Pilih salah satu: berkas atau tempelan, jangan keduanya."))
        return cleaned

    def chunks(self) -> Iterable[bytes]:
        """What was sent, in pieces; pasted cells as the text file that they are."""
        file = self.cleaned_data["file"]
        return file.chunks() if file else [self.cleaned_data["text"].strip("\r\n").encode()]

    def file_name(self) -> str:
        """The name of the file, or what pasted cells are called."""
        file = self.cleaned_data["file"]
        return file.name if file else f"{_('Tempelan')}.csv"


class PosyanduForm(forms.Form):
    """What an unknown posyandu of a roster is; no posyandu chosen means a new one."""

    village = forms.ModelChoiceField(queryset=Village.objects.none())
    name_key = forms.CharField(max_length=100)
    posyandu = forms.ModelChoiceField(queryset=Posyandu.objects.none(), required=False)

    def __init__(self, *args, villages, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["village"].queryset = villages
        self.fields["posyandu"].queryset = Posyandu.objects.filter(village__in=villages)


class DeparturesForm:
    """Reasons for people who are missing from a roster: `reason-12`, `day-12`, `by-12`.

    Not a Django form: how many people there are is known to the database alone, and
    `cadres.actions.note_departures` checks every answer against it.
    """

    def __init__(self, data: Mapping[str, str]) -> None:
        self.data = data

    def answers(self) -> list[Leaving]:
        """The answers, and those that were taken back. Raises DomainError `departure_day`."""
        ids = [name.removeprefix("reason-") for name in self.data if name.startswith("reason-")]
        return [
            self._answer(each)
            for each in ids
            if each.isdecimal() and (self.data[f"reason-{each}"] or self.data.get(f"was-{each}"))
        ]

    def _answer(self, person: str) -> Leaving:
        reason = self.data[f"reason-{person}"]
        successor = None
        if reason == Departure.Reason.REPLACED:
            successor = line_of(self.data.get(f"by-{person}", ""))
        try:
            day = DayField(required=False).clean(self.data.get(f"day-{person}", ""))
        except forms.ValidationError as error:
            raise DomainError("departure_day", error.messages[0]) from error
        return Leaving(int(person), reason, day, successor)


class ReturnForm(forms.Form):
    """What the village should do before its roster can be saved."""

    note = forms.CharField(
        label=_("Apa yang perlu diperbaiki desa"),
        help_text=_("Dibaca operator desa. Jangan menulis NIK di sini."),
        min_length=5,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Tulis apa yang perlu diperbaiki."),
            "min_length": _("Tulis paling sedikit 5 huruf, supaya desa tahu apa yang diperbaiki."),
        },
    )


class ApprovalForm(forms.Form):
    """Whether rosters of village operators wait for an officer."""

    on = forms.TypedChoiceField(
        label=_("Daftar yang dikirim operator desa"),
        choices=[
            ("0", _("Langsung tersimpan setelah operator desa menyetujui hasil pemeriksaan")),
            ("1", _("Menunggu persetujuan petugas puskesmas atau dinas sebelum tersimpan")),
        ],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )


def line_of(key: str) -> tuple[str, int] | None:
    """The line that `17:Kader Mawar` names, as (sheet, number); None when it names none."""
    number, _colon, sheet = key.partition(":")
    return (sheet, int(number)) if number.isdecimal() else None


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
