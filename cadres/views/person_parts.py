"""What the forms about one person have in common."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cadres.models import Cadre
from core.errors import DomainError


def step(
    request: HttpRequest,
    cadre: Cadre,
    form: Form,
    work: Callable[[dict[str, Any]], object],
    *,
    title: str,
    button: str,
    done: str,
    template: str = "cadres/person_form.html",
    **extra: Any,
) -> HttpResponse:
    """One form about a person: `work` with the answers, then back to the page with `done`."""
    status = 200
    if request.method == "POST":
        if form.is_valid() and tried(form, work):
            messages.success(request, done)
            return redirect("cadres:person", request.regency.slug, cadre.pk)
        status = 422
    context = {"cadre": cadre, "form": form, "title": title, "button": button, **extra}
    return render(request, template, context, status=status)


def tried(form: Form, work: Callable[[dict[str, Any]], object]) -> bool:
    """Whether `work` went through; a refusal becomes the form's error and undoes what it wrote."""
    try:
        with transaction.atomic():
            work(form.cleaned_data)
    except DomainError as error:
        for name, message in (error.fields or {"": error.message}).items():
            form.add_error(name if name in form.fields else None, message)
        return False
    return True


def sent(request: HttpRequest) -> Any:
    """What was posted, or None for the empty form."""
    return request.POST if request.method == "POST" else None
