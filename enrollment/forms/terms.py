"""Forms of what is insured: for a whole batch, for one person, for several."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_fields import RupiahField
from enrollment.models import Segment
from enrollment.terms import LARGEST, NAMES, BatchTerms

OF_DEPARTMENT = ("segment", "with_jht")
SEGMENT_HINT = _("Kader umumnya BPU. Perangkat desa yang digaji umumnya PU.")
UNCHANGED = ("", _("tidak diubah"))


class HourField(forms.TimeField):
    """An hour of the day, typed as 08:00 or 08.00."""

    default_error_messages = {"invalid": _("Tulis jam seperti 08:00.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%H:%M", "%H.%M", "%H:%M:%S"])
        kwargs.setdefault("widget", forms.TimeInput({"type": "time", "class": "w-20"}, "%H:%M"))
        super().__init__(**kwargs)


class TermsFields(forms.Form):
    """Programme, income base, work, place and hours."""

    with_jht = forms.BooleanField(
        label=_("Tambah Jaminan Hari Tua (JHT)"),
        required=False,
        help_text=_("JKK dan JKM selalu termasuk. JHT menambah iuran setiap bulan."),
    )
    income_base = RupiahField(
        label=_("Dasar upah atau penghasilan sebulan"),
        required=False,
        min_value=1,
        help_text=_(
            "PU: upah yang dilaporkan, tanpanya iuran tidak dapat dihitung. BPU: penghasilan; "
            "kosong berarti golongan terendah."
        ),
    )
    occupation = forms.CharField(
        label=_("Pekerjaan"),
        max_length=80,
        required=False,
        help_text=_("Seperti pada formulir pendaftaran, misalnya: kader posyandu."),
    )
    second_occupation = forms.CharField(
        label=_("Pekerjaan kedua"),
        max_length=80,
        required=False,
        help_text=_("Bila ada. Kecelakaan di luar pekerjaan terdaftar sering dipersoalkan."),
    )
    work_place = forms.CharField(
        label=_("Lokasi kerja"),
        max_length=160,
        required=False,
        help_text=_("Kosong: posyandu dan desa setiap orang."),
    )
    works_from = HourField(label=_("Jam mulai"), required=False)
    works_until = HourField(label=_("Jam selesai"), required=False)

    def clean_income_base(self) -> int | None:
        """Rupiah a month; a slip of the keyboard is told here."""
        base = self.cleaned_data["income_base"]
        if base is not None and base > LARGEST:
            raise forms.ValidationError(_("Paling banyak Rp100.000.000 sebulan."))
        return base

    def clean(self) -> dict[str, Any]:
        """Both hours or none."""
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("works_from"), cleaned.get("works_until")
        if (begins is None) is not (ends is None) and not self.errors:
            self.add_error(
                "works_until" if ends is None else "works_from",
                _("Isi jam mulai dan jam selesai, atau kosongkan keduanya."),
            )
        return cleaned

    def begin_with(self) -> BatchTerms:
        """The terms with which rows begin."""
        told = self.cleaned_data
        return BatchTerms(**{name: told[name] for name in NAMES if name != "segment"})


class TermsForm(TermsFields):
    """All terms of one person; who is not of the department does not see its part."""

    field_order = list(NAMES)
    segment = forms.ChoiceField(
        label=_("Segmen"),
        choices=Segment.choices,
        widget=forms.RadioSelect,
        help_text=SEGMENT_HINT,
    )

    def __init__(self, *args: Any, of_department: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not of_department:
            for name in OF_DEPARTMENT:
                del self.fields[name]

    def changes(self) -> dict[str, Any]:
        """Only what differs from what was there."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if value != self.initial.get(name)
        }


class BulkTermsForm(TermsFields):
    """Terms for several people: what is left empty stays as it is."""

    field_order = list(NAMES)
    segment = forms.ChoiceField(
        label=_("Segmen"),
        choices=[UNCHANGED, *Segment.choices],
        required=False,
        help_text=SEGMENT_HINT,
    )
    with_jht = forms.ChoiceField(
        label=_("Jaminan Hari Tua (JHT)"),
        choices=[UNCHANGED, ("yes", _("tambah JHT")), ("no", _("tanpa JHT"))],
        required=False,
    )

    def __init__(self, *args: Any, row_ids: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row_ids = list(row_ids)
        for field in ("income_base", "work_place", "occupation", "second_occupation"):
            self.fields[field].help_text = _("Kosong: tidak diubah.")

    def changes(self) -> dict[str, Any]:
        """What was filled in."""
        found = {
            name: value for name, value in self.cleaned_data.items() if value not in ("", None)
        }
        if "with_jht" in found:
            found["with_jht"] = found["with_jht"] == "yes"
        return found
