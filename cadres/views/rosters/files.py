"""The correction file of a roster."""

import io

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import door
from accounts.roles import Perm
from cadres import corrections
from cadres.roster_files import download
from cadres.views.rosters import parts


@require_safe
@door(Perm.ROSTER_UPLOAD)
def correction_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The person's own file back, with what is wrong beside each bad line."""
    found = parts.roster_or_404(pk)
    out = io.BytesIO()
    corrections.write(out, found)
    return download(out.getvalue(), f"perbaikan-{found.pk}.xlsx")
