"""Forms of people, invitations, tokens, and of the platform's own pages."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from accounts.roles import INVITABLE, Role
from core.form_fields import DayField, DigitsField
from regions.models import Branch, HealthCentre, Regency, Village


def _roles(actor: Actor) -> list[tuple[str, str]]:
    """The roles that an actor may give, in the order of the enum."""
    return [(role.value, role.label) for role in Role if role in INVITABLE[Role(actor.role)]]


class _Invitation(forms.Form):
    """What every invitation has."""

    email = forms.EmailField(label=_("Surel"), max_length=254)
    name = forms.CharField(label=_("Nama"), max_length=120)
    role = forms.ChoiceField(label=_("Peran"))
    valid_until = DayField(
        label=_("Berlaku sampai"),
        required=False,
        help_text=_("Kosongkan bila tidak dibatasi. Untuk auditor sebaiknya diisi."),
    )

    def __init__(self, *args, actor: Actor, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = _roles(actor)

    def clean_valid_until(self):
        """Not a day that is over."""
        day = self.cleaned_data["valid_until"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("Tanggal ini sudah lewat."))
        return day


class RegencyInvitation(_Invitation):
    """An invitation to one regency, by its department."""

    village = forms.ModelChoiceField(
        label=_("Desa"),
        queryset=Village.objects.none(),
        required=False,
        help_text=_("Untuk operator desa."),
    )
    health_centre = forms.ModelChoiceField(
        label=_("Puskesmas"),
        queryset=HealthCentre.objects.none(),
        required=False,
        help_text=_("Untuk petugas puskesmas."),
    )

    def __init__(self, *args, regency: Regency, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        villages = Village.objects.filter(regency_id=regency.pk, valid_to=None)
        self.fields["village"].queryset = villages.order_by("name", "code")
        centres = HealthCentre.objects.filter(regency_id=regency.pk)
        self.fields["health_centre"].queryset = centres.order_by("name")


class PlatformInvitation(_Invitation):
    """An invitation to anywhere, by the platform operator."""

    regency = forms.ModelChoiceField(
        label=_("Kabupaten atau kota"), queryset=Regency.objects.none(), required=False
    )
    village_code = DigitsField(
        label=_("Kode desa"),
        length=10,
        required=False,
        help_text=_("Sepuluh angka, untuk operator desa."),
    )
    branch = forms.ModelChoiceField(
        label=_("Cabang BPJS"), queryset=Branch.objects.none(), required=False
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regency"].queryset = Regency.objects.filter(active=True).order_by("name")
        self.fields["branch"].queryset = Branch.objects.order_by("name")

    def clean(self):
        """Turn the code into its village."""
        cleaned = super().clean()
        code = cleaned.pop("village_code", "")
        cleaned["village"] = None
        if code:
            cleaned["village"] = Village.objects.filter(code=code, valid_to=None).first()
            if cleaned["village"] is None:
                self.add_error("village_code", _("Kode desa ini tidak ada."))
        return cleaned


class Acceptance(forms.Form):
    """Name and first password of somebody new."""

    name = forms.CharField(label=_("Nama"), max_length=120)
    password = forms.CharField(
        label=_("Kata sandi"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Paling sedikit delapan huruf dan tidak mudah ditebak."),
    )
    again = forms.CharField(
        label=_("Ulangi kata sandi"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self):
        """As strong as the product asks."""
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]

    def clean(self):
        """Typed the same twice."""
        cleaned = super().clean()
        if "password" in cleaned and cleaned["password"] != cleaned.get("again"):
            self.add_error("again", _("Kata sandi tidak sama."))
        return cleaned


class TokenForm(forms.Form):
    """The name of a new token."""

    name = forms.CharField(
        label=_("Nama token"), max_length=80, help_text=_("Misalnya nama sistem yang memakainya.")
    )


class RegencyForm(forms.Form):
    """Whether a regency is open, its time zone and department."""

    department = forms.CharField(label=_("Dinas penanggung jawab"), max_length=120, required=False)
    active = forms.BooleanField(label=_("Dipakai"), required=False)
    time_zone = forms.ChoiceField(label=_("Zona waktu"), choices=Regency.TimeZone.choices)


class BranchForm(forms.Form):
    """A branch and the active regencies that it serves."""

    name = forms.CharField(label=_("Nama cabang"), max_length=100)
    regencies = forms.ModelMultipleChoiceField(
        label=_("Kabupaten atau kota yang dilayani"),
        queryset=Regency.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regencies"].queryset = Regency.objects.filter(active=True).order_by("name")


class RegencyFilter(forms.Form):
    """The filter of the list of regencies."""

    q = forms.CharField(label=_("Nama"), max_length=60, required=False)
    active = forms.ChoiceField(
        label=_("Status"),
        choices=[("", _("semua")), ("1", _("dipakai")), ("0", _("belum dipakai"))],
        required=False,
    )
