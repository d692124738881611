"""The trail page: every event of the regency."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import door
from accounts.roles import Perm
from audit import queries
from audit.exporting import offer
from audit.resources import find_events
from audit.timeline import item
from core.listing import chips


@require_safe
@door(Perm.AUDIT_VIEW)
def trail(request: HttpRequest) -> HttpResponse:
    """Events, newest first, with the number of the seal that holds each."""
    found, form = find_events(request)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    seals = queries.seals_of(list(page.object_list))
    rows = [
        item(event)
        | {
            "seal": seals.get(event.pk),
            "village": event.village,
            "object": f"{event.object_type}:{event.object_id}",
        }
        for event in page.object_list
    ]
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "head": queries.chain_head(),
        "chips": chips(form, dict(request.GET.lists())),
        "export": offer(
            request,
            reverse("audit:trail_export", args=[request.regency.slug]),
            page.paginator.count,
        ),
        "one_object": request.GET.get("object", ""),
    }
    return render(request, "audit/trail.html", context)
