"""Sending a roster: the list of those that were sent, and the page that takes a file or cells."""

import io

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import door
from accounts.roles import Perm
from cadres import actions, roster_template
from cadres.forms import UploadForm
from cadres.models import RosterImport
from cadres.roster_files import download
from cadres.views.rosters import parts
from core.errors import DomainError
from regions.queries import villages_of


@require_safe
@door(Perm.ROSTER_VIEW)
def imports(request: HttpRequest) -> HttpResponse:
    """The rosters that were uploaded, newest first; `status` narrows them."""
    found = RosterImport.objects.select_related("village").order_by("-id")
    status = request.GET.get("status", "")
    if status in RosterImport.Status.values:
        found = found.filter(status=status)
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    items = [{"roster": each, "tone": parts.TONES[parts.Status(each.status)]} for each in page]
    context = {
        "page": page,
        "items": items,
        "status": RosterImport.Status(status).label if status in RosterImport.Status else "",
        "may_upload": request.actor.may(Perm.ROSTER_UPLOAD),
    }
    return render(request, "cadres/imports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.ROSTER_UPLOAD)
def upload(request: HttpRequest) -> HttpResponse:
    """A file or pasted cells; a village operator's list is always for the own village."""
    own = request.membership.village
    villages = None if own else villages_of(request.regency)
    sent_form = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent_form, villages=villages)
    if request.method == "POST" and form.is_valid():
        try:
            sent = actions.upload_roster(
                by=request.actor,
                chunks=form.chunks(),
                file_name=form.file_name(),
                village=own or form.cleaned_data["village"],
            )
        except DomainError as error:
            form.add_error("file", str(error.message))
        else:
            if sent.repeated:
                messages.info(request, _("Berkas ini sudah pernah diunggah. Ini hasilnya."))
            return _onward(
                request, reverse("cadres:roster", args=[request.regency.slug, sent.roster.pk])
            )
    context = {"form": form, "steps": parts.steps(), "village": own}
    return render(request, "cadres/upload.html", context, status=422 if form.errors else 200)


def _onward(request: HttpRequest, address: str) -> HttpResponse:
    """To the next page; the script that sends the file with a progress bar is told where."""
    if "HX-Request" not in request.headers:
        return redirect(address)
    return HttpResponse(status=204, headers={"HX-Redirect": address})


@require_POST
@door(Perm.ROSTER_UPLOAD)
def template(request: HttpRequest, code: str) -> HttpResponse:
    """The template of one village with the people who serve it now; the trail keeps who took it."""
    village = get_object_or_404(villages_of(request.regency), code=code)
    people, posyandu = actions.take_template(by=request.actor, village=village)
    out = io.BytesIO()
    roster_template.write(out, village.full_name, people, posyandu)
    return download(out.getvalue(), f"templat-{village.code}.xlsx")
