"""Pages of cards: ordering, following an order, downloads, and one person's card."""

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import door
from accounts.roles import Perm
from audit import timeline
from cadres.models import Posyandu
from core import papers, runs
from core.errors import DomainError
from core.models import Paper, Run
from enrollment import card_actions, card_queries
from enrollment.card_forms import CardOrderForm
from enrollment.models import CardOrder, Coverage

TONES = {
    Run.Status.QUEUED: "y",
    Run.Status.RUNNING: "y",
    Run.Status.DONE: "g",
    Run.Status.FAILED: "r",
    Run.Status.CANCELLED: "",
}


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.CARD_PRINT)
def cards(request: HttpRequest) -> HttpResponse:
    """The form that orders cards, and the orders so far."""
    own = request.membership.village_ids()
    places = card_queries.villages_with_cards(timezone.localdate())
    form = CardOrderForm(
        request.POST or None,
        initial={"village": request.GET.get("village")},
        places=places,
        regency=request.regency,
        whole=not own,
    )
    if request.method == "POST" and form.is_valid():
        try:
            order = card_actions.order_cards(
                by=request.actor,
                village=form.chosen_village(),
                layout=form.cleaned_data["layout"],
            )
        except DomainError as error:
            form.add_error("village" if "village" in error.fields else None, error.message)
        else:
            return redirect("enrollment:card_order", request.regency.slug, order.pk)
    page = Paginator(card_queries.orders(), 20).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [{"order": order, "tone": TONES[order.run.status]} for order in page],
        "people": sum(place.people for place in places),
        "villages": len(places),
        "may_see_batches": request.actor.may(Perm.BATCH_VIEW),
    }
    return render(request, "enrollment/cards.html", context, status=422 if form.errors else 200)


@require_POST
@door(Perm.CARD_PRINT)
def posyandu_cards(request: HttpRequest, posyandu_id: int) -> HttpResponse:
    """Order the cards of one posyandu, on the paper that the button names."""
    posyandu = get_object_or_404(Posyandu.objects.select_related("village"), pk=posyandu_id)
    layout = request.POST.get("layout")
    order = card_actions.order_cards(
        by=request.actor,
        village=posyandu.village,
        posyandu=posyandu,
        layout=layout if layout in CardOrder.Layout.values else CardOrder.Layout.A4,
    )
    return redirect("enrollment:card_order", request.regency.slug, order.pk)


@require_safe
@door(Perm.CARD_PRINT)
def card_order(request: HttpRequest, order_id: int) -> HttpResponse:
    """One order: its progress while it is made, its download afterwards."""
    order = get_object_or_404(card_queries.orders(), pk=order_id)
    context = {
        "order": order,
        "tone": TONES[order.run.status],
        "progress": _progress(request, order),
        "trail": timeline.trail(order),
        "refresh_seconds": 5 if order.run.is_open else None,
    }
    return render(request, "enrollment/card_order.html", context)


@require_safe
@door(Perm.CARD_PRINT)
def card_order_progress(request: HttpRequest, order_id: int) -> HttpResponse:
    """The progress bar alone; when the order is closed, the word that the page be loaded anew."""
    order = get_object_or_404(card_queries.orders(), pk=order_id)
    context = {"order": order, "progress": _progress(request, order)}
    response = render(request, "enrollment/_card_progress.html", context)
    if not order.run.is_open:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@door(Perm.CARD_PRINT)
def card_order_cancel(request: HttpRequest, order_id: int) -> HttpResponse:
    """Stop an order that is being made."""
    order = get_object_or_404(card_queries.orders(), pk=order_id)
    card_actions.cancel_order(by=request.actor, order=order)
    return redirect("enrollment:card_order", request.regency.slug, order.pk)


@require_safe
@door(Perm.CARD_PRINT)
def card_order_file(request: HttpRequest, order_id: int) -> FileResponse:
    """The PDF of a finished order."""
    order = get_object_or_404(card_queries.orders().exclude(paper=None), pk=order_id)
    return papers.serve(order.paper, f"kartu-{order.pk}")


@require_POST
@door(Perm.CARD_PRINT)
def card_one(request: HttpRequest, coverage_id: int) -> HttpResponse:
    """Make one person's card and go to its file."""
    coverage = get_object_or_404(Coverage, pk=coverage_id)
    paper = card_actions.issue_single(by=request.actor, coverage=coverage)
    return redirect("enrollment:card_one_file", request.regency.slug, coverage.pk, paper.pk)


@require_safe
@door(Perm.CARD_PRINT)
def card_one_file(request: HttpRequest, coverage_id: int, paper_id: int) -> FileResponse:
    """The PDF of one person's card."""
    card = card_queries.card_of(coverage_id)
    if card is None:
        raise Http404
    paper = get_object_or_404(
        Paper, pk=paper_id, kind="card", subject_type=card._meta.label_lower, subject_id=card.pk
    )
    return papers.serve(paper, f"kartu-{card.pk}", inline=True)


def _progress(request: HttpRequest, order: CardOrder) -> dict:
    run = order.run
    return {
        "done": run.done,
        "total": run.total,
        "state": "running" if run.is_open else "closed",
        "seconds_left": runs.seconds_left(run, run.done),
    }
