"""The correction file of a roster."""

import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.access import door
from accounts.roles import Perm
from cadres import actions, corrections
from cadres.roster_files import download
from cadres.views.rosters import parts


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.ROSTER_UPLOAD)
def correction_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The person's own file back, with what is wrong beside each bad line.

    That of a long list is asked for by POST and made by a worker.
    """
    found = parts.roster_or_404(pk)
    if corrections.is_long(found):
        if request.method != "POST":
            return redirect("cadres:roster", request.regency.slug, found.pk)
        run = actions.ask_correction_file(by=request.actor, roster=found)
        return redirect("audit:export", request.regency.slug, run.pk)
    out = io.BytesIO()
    corrections.write(out, found)
    return download(out.getvalue(), f"perbaikan-{found.pk}.xlsx")
