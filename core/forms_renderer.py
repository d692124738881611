"""How forms look: label, hint, error and control. `FORM_RENDERER` names `KjFormRenderer`."""

from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    RadioSelect,
    Select,
    Textarea,
)
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input, MultiWidget

CONTROLS = (
    (CheckboxSelectMultiple, "govuk-checkboxes__input", ""),
    (RadioSelect, "govuk-radios__input", ""),
    (CheckboxInput, "govuk-checkboxes__input", ""),
    (FileInput, "govuk-file-upload", "govuk-file-upload--error"),
    (Textarea, "govuk-textarea", "govuk-textarea--error"),
    (Select, "govuk-select", "govuk-select--error"),
    (Input, "govuk-input", "govuk-input--error"),
)


class KjBoundField(BoundField):
    """Gives every control its class, and the class of a control in error."""

    def build_widget_attrs(self, attrs, widget=None):
        """Django's attributes (required, aria-describedby, aria-invalid) and our classes."""
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if isinstance(widget, MultiWidget):
            return attrs
        for kind, plain, error in CONTROLS:
            if isinstance(widget, kind):
                names = [widget.attrs.get("class", ""), plain, error if self.errors else ""]
                attrs["class"] = " ".join(name for name in names if name)
                break
        return attrs


class KjFormRenderer(TemplatesSetting):
    """Form templates from `templates/django/forms/`; `django.forms` must be an installed app."""

    bound_field_class = KjBoundField
