"""Forms about one person; their fields are named as the arguments of the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadres.actions import Child
from cadres.actions.services import REASONS
from cadres.models import Assignment, Cadre, Category, Heir, Posyandu, SchoolChild, Sex
from cadres.models.training import Level
from cadres.person_compare import Row
from core.form_fields import DayField, DigitsField
from regions.models import Village

NOT_CHOSEN = ("", _("Pilih"))


class CorrectForm(forms.Form):
    """What the KTP says, and how to reach the person."""

    name = forms.CharField(label=_("Nama sesuai KTP"), max_length=120)
    birth_place = forms.CharField(label=_("Tempat lahir"), max_length=80, required=False)
    birth_date = DayField(label=_("Tanggal lahir"))
    sex = forms.ChoiceField(label=_("Jenis kelamin"), choices=Sex.choices, widget=forms.RadioSelect)
    phone = forms.CharField(
        label=_("Nomor HP"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    mother_name = forms.CharField(label=_("Nama ibu kandung"), max_length=120, required=False)


class NikForm(forms.Form):
    """The right NIK, and why the one that is there is wrong."""

    nik = DigitsField(label=_("NIK yang benar"), length=16)
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Misalnya: salah ketik dua angka, dicocokkan dengan KTP."),
        min_length=5,
        max_length=200,
    )


class ServiceForm(forms.Form):
    """Another service of a person."""

    category = forms.ChoiceField(label=_("Jenis tugas"), choices=[NOT_CHOSEN, *Category.choices])
    posyandu = forms.ModelChoiceField(
        label=_("Posyandu"),
        help_text=_("Hanya untuk kader posyandu."),
        queryset=Posyandu.objects.none(),
        required=False,
        empty_label=_("Tidak ada"),
    )
    started_on = DayField(label=_("Mulai bertugas"))
    decree_number = forms.CharField(label=_("Nomor SK"), max_length=80, required=False)
    decree_date = DayField(label=_("Tanggal SK"), required=False)

    def __init__(self, *args: Any, village_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["posyandu"]
        field.queryset = Posyandu.objects.filter(village_id=village_id).order_by("name_key")


class DecreeForm(forms.Form):
    """The decree of a service, and its posyandu where none is known."""

    posyandu = forms.ModelChoiceField(
        label=_("Posyandu"),
        queryset=Posyandu.objects.none(),
        required=False,
        empty_label=_("Pilih"),
    )
    decree_number = forms.CharField(label=_("Nomor SK"), max_length=80, required=False)
    decree_date = DayField(label=_("Tanggal SK"), required=False)

    def __init__(self, *args: Any, service: Assignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if service.posyandu_id or service.category != Category.POSYANDU_CADRE:
            del self.fields["posyandu"]
        else:
            field: Any = self.fields["posyandu"]
            field.queryset = Posyandu.objects.filter(village_id=service.village_id).order_by(
                "name_key"
            )


class StopForm(forms.Form):
    """The last day of a service, and why."""

    on = DayField(label=_("Hari terakhir bertugas"))
    reason = forms.ChoiceField(
        label=_("Alasan"),
        choices=[
            (REASONS[0].value, _("Berhenti bertugas")),
            (REASONS[1].value, _("Salah catat: tugas ini tidak pernah ada")),
        ],
        widget=forms.RadioSelect,
        initial=REASONS[0].value,
    )


class MoveForm(forms.Form):
    """Where a person moves, and from when."""

    village = forms.ModelChoiceField(
        label=_("Desa tujuan"), queryset=Village.objects.none(), empty_label=_("Pilih desa")
    )
    on = DayField(label=_("Pindah mulai tanggal"))

    def __init__(self, *args: Any, villages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["village"]
        field.queryset = villages
        field.label_from_instance = lambda village: f"{village.name}, Kec. {village.district.name}"


class HeirForm(forms.Form):
    """Somebody who may receive a benefit."""

    name = forms.CharField(label=_("Nama lengkap"), max_length=120)
    relation = forms.ChoiceField(
        label=_("Hubungan dengan kader"), choices=[NOT_CHOSEN, *Heir.Relation.choices]
    )
    birth_date = DayField(label=_("Tanggal lahir"), required=False)
    nik = DigitsField(label=_("NIK"), length=16, required=False)
    phone = forms.CharField(
        label=_("Nomor HP"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, heir: Heir | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if heir is not None and heir.nik_sealed:
            self.fields["nik"].help_text = _("Sudah tersimpan. Isi hanya bila ingin mengganti.")

    def given(self) -> dict[str, Any]:
        """The answers; an empty NIK keeps the one that is there."""
        found = dict(self.cleaned_data)
        if not found["nik"]:
            del found["nik"]
        return found


class ChildrenForm(forms.Form):
    """The two children whom the scholarship is for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in (1, 2):
            self.fields |= _child_fields(f"child{place}_")

    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of each child."""
        return [_bound(self, f"child{place}_") for place in (1, 2)]

    def clean(self) -> dict[str, Any]:
        """A child that has a name has everything."""
        cleaned = super().clean() or {}
        for place in (1, 2):
            _complete(self, cleaned, f"child{place}_", ("name", "birth_date", "level"))
        return cleaned

    def children(self) -> list[Child]:
        """The children who were filled in."""
        return children_of(self.cleaned_data)


class FamilyForm(ChildrenForm):
    """What a person fills in behind an address: up to three heirs and two children."""

    HEIRS = (1, 2, 3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in self.HEIRS:
            self.fields |= _heir_fields(f"heir{place}_")
        for name in ("name", "relation"):
            self.fields[f"heir1_{name}"].required = True

    def heir_rows(self) -> list[list[forms.BoundField]]:
        """The fields of each heir."""
        return [_bound(self, f"heir{place}_") for place in self.HEIRS]

    def clean(self) -> dict[str, Any]:
        """Who has anything filled in has a name and a relation; the first one always."""
        cleaned = super().clean()
        for place in self.HEIRS:
            _complete(self, cleaned, f"heir{place}_", ("name", "relation"))
        return cleaned

    def heirs(self) -> list[dict[str, Any]]:
        """The heirs who were filled in, as `actions.answer_family_link` takes them."""
        names = ("name", "relation", "birth_date", "nik", "phone")
        found = []
        for place in self.HEIRS:
            row = {name: self.cleaned_data.get(f"heir{place}_{name}") for name in names}
            if row["name"]:
                found.append(row)
        return found


def children_of(cleaned: dict[str, Any]) -> list[Child]:
    """The filled-in children of `child1_...` and `child2_...`."""
    return [
        Child(
            cleaned[f"child{place}_name"],
            cleaned[f"child{place}_birth_date"],
            cleaned[f"child{place}_level"],
        )
        for place in (1, 2)
        if cleaned.get(f"child{place}_name")
    ]


def children_initial(cadre: Cadre) -> dict[str, Any]:
    """The children who are there, as the form shows them."""
    found: dict[str, Any] = {}
    for child in cadre.school_children.order_by("position"):
        for name in ("name", "birth_date", "level"):
            found[f"child{child.position}_{name}"] = getattr(child, name)
    return found


def _child_fields(prefix: str) -> dict[str, forms.Field]:
    return {
        f"{prefix}name": forms.CharField(label=_("Nama anak"), max_length=120, required=False),
        f"{prefix}birth_date": DayField(label=_("Tanggal lahir"), required=False),
        f"{prefix}level": forms.ChoiceField(
            label=_("Jenjang sekolah"),
            choices=[NOT_CHOSEN, *SchoolChild.Level.choices],
            required=False,
        ),
    }


def _heir_fields(prefix: str) -> dict[str, forms.Field]:
    return {
        f"{prefix}{name}": field
        for name, field in HeirForm.base_fields.items()
        for field in [_optional(field)]
    }


def _optional(field: forms.Field) -> forms.Field:
    found = field.__deepcopy__({})
    found.required = False
    return found


def _bound(form: forms.Form, prefix: str) -> list[forms.BoundField]:
    return [form[name] for name in form.fields if name.startswith(prefix)]


def _complete(
    form: forms.Form, cleaned: dict[str, Any], prefix: str, needed: tuple[str, ...]
) -> None:
    """Somebody of whom anything is filled in has everything that is needed."""
    names = [name for name in form.fields if name.startswith(prefix)]
    if not any(cleaned.get(name) for name in names):
        return
    for name in needed:
        field = f"{prefix}{name}"
        if not cleaned.get(field) and field not in form.errors:
            form.add_error(field, _("Bagian ini wajib diisi."))


class TrainingForm(forms.Form):
    """One training; `level` is the rank that its certificate gave."""

    title = forms.CharField(
        label=_("Nama pelatihan"),
        max_length=160,
        help_text=_("Misalnya: Pelatihan 25 keterampilan dasar kader."),
    )
    organiser = forms.CharField(label=_("Penyelenggara"), max_length=120, required=False)
    starts_on = DayField(label=_("Mulai"))
    ends_on = DayField(
        label=_("Selesai"), required=False, help_text=_("Kosongkan bila hanya satu hari.")
    )
    certificate_number = forms.CharField(label=_("Nomor sertifikat"), max_length=80, required=False)
    level = forms.ChoiceField(
        label=_("Tanda kecakapan yang diberikan"),
        choices=[("", _("Tidak ada")), *Level.choices],
        required=False,
    )


class GroupTrainingForm(TrainingForm):
    """One training of many people; certificates carry one name each, so none is asked for."""

    field_order = ("title", "organiser", "starts_on", "ends_on", "level")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["certificate_number"]


class FindForm(forms.Form):
    """Whose record is the second one; by POST, since a name may stand in it."""

    words = forms.CharField(
        label=_("Nama atau NIK pada catatan yang lain"), min_length=3, max_length=100
    )


class MergeForm(forms.Form):
    """Which values stay where the two records differ, and why they are one person."""

    reason = forms.CharField(
        label=_("Alasan menggabungkan"),
        help_text=_("Misalnya: NIK lama salah ketik, dicocokkan dengan KK."),
        min_length=5,
        max_length=200,
    )

    def __init__(self, *args: Any, rows: list[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            if row.differs:
                self.fields[row.field] = forms.ChoiceField(
                    label=str(row.label),
                    choices=[("kept", row.kept), ("other", row.other)],
                    initial=row.likely,
                    widget=forms.RadioSelect,
                )

    def compared(self) -> list[dict[str, Any]]:
        """Each row with its field, if there is something to choose."""
        return [
            {"row": row, "field": self[row.field] if row.differs else None} for row in self.rows
        ]

    def taken(self) -> list[str]:
        """The values that are the other record's."""
        return [
            row.field
            for row in self.rows
            if row.differs and self.cleaned_data.get(row.field) == "other"
        ]
