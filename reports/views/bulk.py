"""Pages of the bulk question: the list, its answers by kind, and their file."""

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import door
from accounts.roles import Perm
from core import exports
from core.errors import DomainError
from reports import actions, bulk_actions
from reports.bulk import keeping, reading
from reports.bulk.answering import Answer, answers_to, counts
from reports.bulk.files import ANSWERS
from reports.bulk.keeping import Question
from reports.bulk.kinds import BY_CODE
from reports.forms import QuestionForm

PER_PAGE = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.COVERAGE_VIEW)
def bulk(request: HttpRequest) -> HttpResponse:
    """Who of a list is covered on a day. The list comes by POST, so that no address holds it."""
    if request.method != "POST":
        return _asking(request, QuestionForm(initial={"day": timezone.localdate()}))
    if "list" in request.POST:
        return _again(request)
    form = QuestionForm(request.POST, request.FILES)
    if not form.is_valid():
        return _asking(request, form)
    try:
        question = _question(form)
    except DomainError as error:
        for name, message in error.fields.items():
            form.add_error(name, message)
        return _asking(request, form)
    if len(question.lines) > bulk_actions.DIRECT:
        run = bulk_actions.ask_later(by=request.actor, question=question, regency=request.regency)
        return redirect("audit:export", request.regency.slug, run.pk)
    answers = bulk_actions.ask(by=request.actor, question=question, regency=request.regency)
    return _answered(request, question, answers, "", 1)


def _question(form: QuestionForm) -> Question:
    told = form.cleaned_data
    actions.check_day(told["day"])
    file = told["file"]
    lines = reading.uploaded(file.chunks()) if file else reading.pasted(told["text"])
    return Question(lines, told["day"])


def _again(request: HttpRequest) -> HttpResponse:
    """The same answers, of one kind or another page of them."""
    try:
        question = keeping.unpacked(request.POST["list"], request.actor)
    except DomainError as error:
        form = QuestionForm(initial={"day": timezone.localdate()})
        return _asking(request, form, gone=str(error.message))
    kind, _dot, page = request.POST.get("show", "").partition(".")
    answers = answers_to(question, request.actor, request.regency.slug)
    return _answered(request, question, answers, kind, page)


def _asking(request: HttpRequest, form: QuestionForm, gone: str = "") -> HttpResponse:
    return render(request, "reports/bulk.html", {"form": form, "gone": gone})


def _answered(
    request: HttpRequest, question: Question, answers: list[Answer], kind: str, page: str | int
) -> HttpResponse:
    kind = kind if kind in BY_CODE else ""
    shown = [each for each in answers if each.kind.code == kind] if kind else answers
    context = {
        "day": question.day,
        "packed": keeping.packed(question, request.actor),
        "counts": counts(answers),
        "lines": len(answers),
        "kind": kind,
        "page": Paginator(shown, PER_PAGE).get_page(page),
        "export_url": reverse("reports:bulk_export", args=[request.regency.slug]),
    }
    return render(request, "reports/bulk_answers.html", context)


@never_cache
@require_POST
@door(Perm.COVERAGE_VIEW)
def bulk_export(request: HttpRequest) -> HttpResponse:
    """The answers of the page as a file, within its filter."""
    kind, form = request.POST.get("kind", ""), request.POST.get("format", "xlsx")
    try:
        question = keeping.unpacked(request.POST.get("list", ""), request.actor)
    except DomainError:
        return redirect("reports:bulk", request.regency.slug)
    answers = answers_to(question, request.actor, request.regency.slug)
    if kind in BY_CODE:
        answers = [each for each in answers if each.kind.code == kind]
    file = bulk_actions.take_along(
        by=request.actor, answers=answers, kind=kind, regency=request.regency, form=form
    )
    response = FileResponse(
        file,
        as_attachment=True,
        filename=ANSWERS.file_name({}, form),
        content_type=exports.FORMATS[form][1],
    )
    response["Cache-Control"] = "private, no-store"
    return response
