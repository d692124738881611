"""The filters of the trail page."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from audit.words import kind_label, sentences
from core.form_fields import DayField


def _kinds() -> list[tuple[str, str]]:
    return [("", _("semua kejadian")), *sorted((kind, kind_label(kind)) for kind in sentences())]


class TrailFilter(forms.Form):
    """Kind, actor, days and object of events; empty fields ask for everything."""

    actor = forms.CharField(label=_("Nama pelaku"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Kejadian"), choices=_kinds, required=False)
    since = DayField(label=_("Sejak"), required=False)
    until = DayField(label=_("Sampai"), required=False)
    object = forms.CharField(
        label=_("Objek"),
        max_length=60,
        required=False,
        validators=[RegexValidator(r"^[a-z_]+\.[a-z_]+:\d{1,18}$")],
        widget=forms.HiddenInput,
    )
