"""Form fields of the product: rupiah, dates, months, and numbers that people type in groups."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.formats import thousands


class RupiahInput(forms.TextInput):
    """A text box with `Rp` before it; shows and accepts thousands with dots."""

    template_name = "django/forms/widgets/rupiah.html"

    def __init__(self, attrs=None):
        super().__init__(
            {
                "inputmode": "numeric",
                "autocomplete": "off",
                "class": "input-money w-20",
                **(attrs or {}),
            }
        )

    def format_value(self, value):
        """Whole rupiah with dots; what could not be read is shown as it was typed."""
        if isinstance(value, int):
            return thousands(value).replace("\N{MINUS SIGN}", "-")
        return super().format_value(value)


class RupiahField(forms.Field):
    """Whole rupiah as `int`: accepts `1234567`, `1.234.567`, `Rp 1.234.567` and `1.234.567,00`."""

    widget = RupiahInput
    default_error_messages = {
        "invalid": _("Tulis jumlah rupiah dengan angka, misalnya 1.250.000."),
        "cents": _("Tulis rupiah bulat tanpa sen."),
        "min": _("Jumlahnya paling sedikit Rp%(limit)s."),
    }

    def __init__(self, *, min_value: int = 0, **kwargs):
        super().__init__(**kwargs)
        self.min_value = min_value

    def to_python(self, value):
        """The amount in rupiah, or None when empty."""
        text = "".join(str(value or "").split()).removeprefix("Rp").removesuffix(",-")
        if text in self.empty_values:
            return None
        text, _comma, cents = text.partition(",")
        groups = text.split(".")
        grouped = len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
        if (
            not "".join(groups).isascii()
            or not "".join(groups).isdigit()
            or (len(groups) > 1 and not grouped)
        ):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if cents.strip("0"):
            raise ValidationError(self.error_messages["cents"], code="cents")
        return int("".join(groups))

    def validate(self, value):
        """At least the smallest amount allowed."""
        super().validate(value)
        if value is not None and value < self.min_value:
            raise ValidationError(
                self.error_messages["min"], code="min", params={"limit": thousands(self.min_value)}
            )


class DayInput(forms.DateInput):
    """The phone's own date picker."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__({"class": "w-20", **(attrs or {})}, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A date from the picker, or typed as 22-11-2026 or 22/11/2026."""

    widget = DayInput
    default_error_messages = {"invalid": _("Tulis tanggal seperti 22-11-2026.")}

    def __init__(self, **kwargs):
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"])
        super().__init__(**kwargs)


class MonthInput(forms.DateInput):
    """The phone's own month picker."""

    input_type = "month"

    def __init__(self, attrs=None):
        super().__init__(
            {"class": "w-20", "placeholder": "2026-11", **(attrs or {})}, format="%Y-%m"
        )


class MonthField(forms.DateField):
    """A contribution month as its first day."""

    widget = MonthInput
    default_error_messages = {"invalid": _("Tulis bulan seperti 2026-11 (tahun, lalu bulan).")}

    def __init__(self, **kwargs):
        kwargs.setdefault("input_formats", ["%Y-%m", "%m-%Y", "%m/%Y"])
        super().__init__(**kwargs)

    def to_python(self, value) -> date | None:
        """The first day of the month."""
        found = super().to_python(value)
        return found.replace(day=1) if found else None


class DigitsField(forms.CharField):
    """Digits typed with or without spaces, such as NIK or a member number; keeps leading zeros."""

    default_error_messages = {
        "invalid": _("Tulis angka saja."),
        "length": _("Harus %(length)s angka, tertulis %(found)s."),
    }

    def __init__(self, *, length: int | None = None, **kwargs):
        super().__init__(**kwargs)
        self.length = length

    def widget_attrs(self, widget):
        """A numeric keyboard without suggestions."""
        return {
            **super().widget_attrs(widget),
            "inputmode": "numeric",
            "autocomplete": "off",
            "spellcheck": "false",
            "class": "input-digits w-20",
        }

    def to_python(self, value) -> str:
        """The digits without the spaces, dots and dashes that people write between them."""
        text = "".join(c for c in super().to_python(value) if c not in " .-\N{NO-BREAK SPACE}\t")
        if text and not (text.isascii() and text.isdigit()):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if text and self.length and len(text) != self.length:
            raise ValidationError(
                self.error_messages["length"],
                code="length",
                params={"length": self.length, "found": len(text)},
            )
        return text
