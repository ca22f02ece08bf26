"""How forms are drawn: label above, hint, error between label and field, summary on top."""

from __future__ import annotations

from django.forms.renderers import DjangoTemplates


class FormRenderer(DjangoTemplates):
    """Draws `{{ form }}` and `{{ field.as_field_group }}` after design.md, part 4."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
