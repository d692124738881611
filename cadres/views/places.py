"""Pages of villages: the list with the age of every roster, and one village."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from accounts.access import door
from accounts.models import User
from accounts.roles import Perm
from audit.exporting import offer
from cadres import queries, village_map
from cadres.models import Cadre, Posyandu
from cadres.place_forms import VillageFilter
from cadres.place_tables import VillageTable
from cadres.queries import places
from cadres.reminders import reminder, reminder_for_all
from cadres.resources import villages_in_sight
from cadres.seats import seats_of
from core import charts
from core.listing import chips
from regions.queries import districts_of

MAP = "map"


@require_safe
@door(Perm.PEOPLE_VIEW)
def villages(request: HttpRequest) -> HttpResponse:
    """Every village with the age of its roster, as a list or as a map of squares."""
    slug = request.regency.slug
    form = VillageFilter(request.GET, districts=districts_of(request.regency))
    states = places.village_states(villages_in_sight(request))
    shown = form.narrow(states)
    on_map = request.GET.get("view") == MAP
    silent = [state.village for state in states if state.status == places.NEVER]
    clear_url = (
        f"?{urlencode({'view': MAP})}" if on_map else reverse("cadres:villages", args=[slug])
    )
    context = {
        "form": form,
        "on_map": on_map,
        "views": [
            {"label": _("Daftar"), "url": _address(request), "current": not on_map},
            {"label": _("Peta"), "url": _address(request, view=MAP), "current": on_map},
        ],
        "chips": chips(form, dict(request.GET.lists())),
        "clear_url": clear_url,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "export": offer(request, reverse("cadres:villages_export", args=[slug]), len(shown)),
        "counts": [
            {
                "label": places.STATUS[status],
                "value": number,
                "tone": places.TONES[status],
                "url": f"?{urlencode({'status': status} | ({'view': MAP} if on_map else {}))}",
            }
            for status, number in places.by_status(states).items()
        ],
        "total": len(states),
        "silent": len(silent),
        "may_manage": request.actor.may(Perm.PEOPLE_MANAGE),
        "reminder": reminder_for_all(silent, _upload_url(request), _sender(request)),
    }
    if on_map:
        context |= {
            "blocks": village_map.blocks(shown, states),
            "legend": village_map.legend(shown),
        }
    else:
        table = VillageTable(shown, slug=slug)
        table.filtered, table.clear_url = context["filtered"], clear_url
        RequestConfig(request, paginate={"per_page": 50}).configure(table)
        context |= {"table": table, "chart": _chart(states)}
    return render(request, "cadres/villages.html", context)


def _address(request: HttpRequest, **more: str) -> str:
    """The other way to look at the same villages: the filters stay, page and sorting go."""
    kept = {
        name: values
        for name, values in request.GET.lists()
        if name not in ("view", "page", "sort") and any(values)
    }
    return f"?{urlencode(kept | more, doseq=True)}"


def _chart(states: list[places.VillageState]) -> charts.Chart | None:
    rows = places.by_district(states)
    if len(rows) < 2:
        return None
    return charts.stacked_bar(
        rows,
        [str(label) for label in places.STATUS.values()],
        title=_("Daftar kader menurut kecamatan"),
        desc=_("Jumlah desa di setiap kecamatan menurut umur daftarnya"),
        colours=[charts.LETTERS[places.TONES[status]] for status in places.STATUS],
    )


def _upload_url(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("cadres:upload", args=[request.regency.slug]))


def _sender(request: HttpRequest) -> str:
    return request.regency.department or request.regency.full_name


@require_safe
@door(Perm.PEOPLE_VIEW)
def village(request: HttpRequest, code: str) -> HttpResponse:
    """One village: the age of its roster, its people, its posyandu, and what is missing."""
    found = get_object_or_404(villages_in_sight(request), code=code)
    today = timezone.localdate()
    [state] = places.village_states([found])
    roster = queries.roster_age(found.pk)
    norm = queries.seat_norm()
    posts = [
        (post, seats_of(post.seats, post.filled, norm))
        for post in queries.with_people(Posyandu.objects.filter(village=found), today).order_by(
            "name_key"
        )
    ]
    missing = places.missing_in(found)
    context = {
        "village": found,
        "state": state,
        "roster": roster,
        "applied_by": _name(roster.applied_by_id) if roster else "",
        "posts": posts,
        "norm": norm,
        "over": sum(seats.over for _post, seats in posts),
        "free": sum(seats.free for _post, seats in posts),
        "people": Cadre.objects.filter(village=found, died_on=None, merged_into=None).count(),
        "kinds": queries.kinds_in(found.pk),
        "missing": missing,
        "may_upload": request.actor.may(Perm.ROSTER_UPLOAD),
        "may_edit": request.actor.may(Perm.PEOPLE_EDIT),
        "may_train": request.actor.may(Perm.TRAINING_RECORD),
        "reminder": ""
        if state.status in (places.FRESH, places.WAITING) or request.membership.village_id
        else reminder(found, state.last, _upload_url(request), _sender(request)),
    }
    return render(request, "cadres/village.html", context)


def _name(user_id: int | None) -> str:
    return User.objects.filter(pk=user_id).values_list("name", flat=True).first() or ""
