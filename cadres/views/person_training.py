"""Trainings of one person or of many at once, and the checklist of skills."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import door
from accounts.roles import Perm
from cadres import actions, person_page, queries
from cadres.models import Posyandu
from cadres.person_forms import GroupTrainingForm, TrainingForm
from cadres.views.person import found
from cadres.views.person_parts import sent, step, tried
from core.errors import DomainError
from core.formats import thousands
from regions.queries import villages_of

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@door(Perm.TRAINING_RECORD)
def training_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A training of this person."""
    cadre = found(pk)
    return step(
        request,
        cadre,
        TrainingForm(sent(request)),
        lambda data: actions.record_training(by=request.actor, cadre_ids=[cadre.pk], **data),
        title=_("Catat pelatihan"),
        button=_("Simpan pelatihan"),
        done=_("Pelatihan dicatat."),
    )


@require_http_methods(METHODS)
@door(Perm.TRAINING_RECORD)
def competences(request: HttpRequest, pk: int) -> HttpResponse:
    """The checklist of basic skills of this person."""
    cadre = found(pk)
    if request.method == "POST":
        try:
            actions.set_competences(
                by=request.actor, cadre=cadre, codes=request.POST.getlist("codes")
            )
        except DomainError as error:
            messages.error(request, str(error.message))
            return redirect("cadres:competences", request.regency.slug, cadre.pk)
        messages.success(request, _("Daftar keterampilan disimpan."))
        return redirect("cadres:person", request.regency.slug, cadre.pk)
    context = {"cadre": cadre, "skills": person_page.skills_of(cadre)}
    return render(request, "cadres/person_competences.html", context)


@require_http_methods(METHODS)
@door(Perm.TRAINING_RECORD)
def group(request: HttpRequest, code: str) -> HttpResponse:
    """One training for many people of a village, or of one of its posyandu."""
    village = get_object_or_404(villages_of(request.regency), code=code)
    own = request.membership.village_ids()
    if own and village.pk not in own:
        raise Http404
    posts = list(Posyandu.objects.filter(village=village).order_by("name_key"))
    chosen = next((each for each in posts if str(each.pk) == request.GET.get("posyandu")), None)
    people = queries.people().filter(village=village, died_on=None)
    people = queries.serving(people, **({"posyandu": chosen} if chosen else {}))
    form = GroupTrainingForm(sent(request))
    ticked = {int(pk) for pk in request.POST.getlist("people") if pk.isdecimal()}

    def work(data: dict) -> None:
        new = actions.record_training(by=request.actor, cadre_ids=ticked, **data)
        messages.success(
            request,
            ngettext(
                "Pelatihan dicatat untuk %(people)s orang.",
                "Pelatihan dicatat untuk %(people)s orang.",
                new,
            )
            % {"people": thousands(new)},
        )

    if request.method == "POST" and form.is_valid() and tried(form, work):
        return redirect("cadres:village", request.regency.slug, village.code)
    context = {
        "village": village,
        "posts": posts,
        "chosen": chosen,
        "people": queries.with_service(people),
        "ticked": ticked,
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "cadres/group_training.html", context, status=status)
