"""Pages of bills: the month's run, the list, one invoice, its payment and its paper."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from accounts.access import door
from accounts.roles import Perm
from audit.exporting import offer
from audit.timeline import trail
from budgets import actions, forms, invoicing, prices, queries, words
from budgets.contributions import reasons
from budgets.models import Invoice, InvoiceRun
from budgets.papers import invoice_file
from budgets.resources import find_invoices, lines_of
from budgets.tables import InvoiceTable, LineTable
from core import months, papers
from core.errors import DomainError
from core.formats import rupiah, thousands
from core.listing import chips


@require_safe
@door(Perm.INVOICE_VIEW)
def invoices(request: HttpRequest) -> HttpResponse:
    """Invoices with filters for month, status, fund source and village."""
    rows, form = find_invoices(request)
    slug = request.regency.slug
    table = InvoiceTable(rows, regency_slug=slug)
    table.filtered = any(request.GET.get(name) for name in form.fields)
    table.clear_url = request.path
    table.empty_title = _("Belum ada tagihan")
    table.empty_text = _(
        "Tagihan dibuat dari kepesertaan yang aktif pada hari pertama bulan iuran."
    )
    may_run = request.actor.may(Perm.INVOICE_RUN)
    if may_run:
        table.empty_url = reverse("budgets:run_new", args=[slug])
        table.empty_action = _("Buat tagihan bulan ini")
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    shown = [row.record for row in table.paginated_rows]
    table.all_to_confirm = len(shown) > 1 and all(each.confirmation for each in shown)
    latest = queries.runs_listed().first()
    return render(
        request,
        "budgets/invoices.html",
        {
            "table": table,
            "form": form,
            "chips": chips(form, dict(request.GET.lists())),
            "export": offer(
                request, reverse("budgets:invoices_export", args=[slug]), table.page.paginator.count
            ),
            "may_run": may_run,
            "latest": latest,
            "figures": queries.figures(latest.month if latest else None),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.INVOICE_RUN)
def run_new(request: HttpRequest) -> HttpResponse:
    """What billing a month would do, and the button that does it."""
    asked = request.POST if request.method == "POST" else request.GET
    form = forms.RunForm(asked if "month" in asked else {"month": f"{months.this_month():%Y-%m}"})
    month = form.cleaned_data["month"] if form.is_valid() else None
    if month and request.method == "POST":
        try:
            invoice_run = actions.start_invoice_run(by=request.actor, month=month)
        except DomainError as error:
            form.add_error("month", error.message)
        else:
            return redirect("budgets:run", request.regency.slug, f"{invoice_run.month:%Y-%m}")
    due = invoicing.due_in(month) if month else []
    effects = [
        _("%(source)s, %(segment)s: %(people)s orang, %(total)s")
        % {
            "source": each.fund_source.name,
            "segment": each.segment,
            "people": thousands(each.people),
            "total": rupiah(each.total),
        }
        for each in due
        if each.billable
    ]
    exclusions = [
        f"{each.fund_source.name}, {each.segment}: {thousands(each.people)} {_('orang')}. {why}"
        for each in due
        if not each.billable
        for why in each.reasons
    ]
    context = {
        "form": form,
        "month": month,
        "effects": effects,
        "exclusions": exclusions,
        "total": sum(each.total for each in due),
        "people": sum(each.people for each in due if each.billable),
        "already": InvoiceRun.objects.filter(month=month).exists() if month else False,
    }
    return render(request, "budgets/run_new.html", context)


@require_safe
@door(Perm.INVOICE_VIEW)
def run(request: HttpRequest, month: str) -> HttpResponse:
    """One month's bill: progress while it runs, and its invoices."""
    invoice_run = _run(month)
    work = invoice_run.run
    address = reverse("budgets:run_progress", args=[request.regency.slug, month])
    return render(
        request,
        "budgets/run.html",
        {
            "invoice_run": invoice_run,
            "work": work,
            "poll": address,
            "tone": words.RUN_TONES[work.status] if work else "",
            "refresh_seconds": 5 if work and work.is_open else None,
            "invoices": queries.listed().filter(invoice_run=invoice_run)[:20],
            "unbilled": invoicing.due_in(invoice_run.month),
            "trail": trail(invoice_run),
        },
    )


@require_safe
@door(Perm.INVOICE_VIEW)
def run_progress(request: HttpRequest, month: str) -> HttpResponse:
    """The progress bar alone; when the run is over the page is loaded anew."""
    work = _run(month).run
    response = render(request, "budgets/_progress.html", {"work": work, "poll": request.path})
    if not work or not work.is_open:
        response["HX-Refresh"] = "true"
    return response


def _run(month: str) -> InvoiceRun:
    try:
        day = months.parse_month(month)
    except DomainError as error:
        raise Http404 from error
    return get_object_or_404(queries.runs_listed(), month=day)


@require_safe
@door(Perm.INVOICE_VIEW)
def invoice(request: HttpRequest, invoice_id: int) -> HttpResponse:
    """Summary, split, what stands behind it, recap, lines, payments and timeline."""
    bill = get_object_or_404(queries.listed(), pk=invoice_id)
    slug = request.regency.slug
    table = LineTable(lines_of(bill), exclude=() if bill.jht else ("jht",))
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    recap = queries.recap(bill)
    tone, status = words.STATUS[bill.status]
    may_pay = request.actor.may(Perm.PAYMENT_RECORD) and bill.status != "paid"
    return render(
        request,
        "budgets/invoice.html",
        {
            "bill": bill,
            "outstanding": bill.total - bill.paid,
            "in_words": words.in_words(bill.total),
            "tone": tone,
            "status": status,
            "late": bill.status != "paid" and bill.due_on < timezone.localdate(),
            "reasons": reasons(bill.confirmation),
            "basis": words.basis(bill, prices.rates_of_bill(bill)),
            "backing": queries.backing(bill),
            "recap": recap,
            "recap_export": offer(
                request, reverse("budgets:recap_export", args=[slug, bill.pk]), len(recap)
            ),
            "lines_export": offer(
                request,
                reverse("budgets:lines_export", args=[slug, bill.pk]),
                table.page.paginator.count,
            ),
            "table": table,
            "payments": bill.payments.order_by("-pk"),
            "may_pay": may_pay,
            "trail": trail(bill),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.PAYMENT_RECORD)
def pay(request: HttpRequest, invoice_id: int) -> HttpResponse:
    """Record a payment by its SP2D."""
    bill = get_object_or_404(queries.listed(), pk=invoice_id)
    outstanding = bill.total - bill.paid
    data = request.POST if request.method == "POST" else None
    form = forms.PaymentForm(data, initial={"amount": outstanding})
    if form.is_valid():
        try:
            payment = actions.record_payment(by=request.actor, invoice=bill, **form.cleaned_data)
        except DomainError as error:
            _show(form, error)
        else:
            text = _("Pembayaran %(amount)s tercatat.") % {"amount": rupiah(payment.amount)}
            messages.success(request, text)
            return redirect("budgets:invoice", request.regency.slug, bill.pk)
    context = {"bill": bill, "form": form, "outstanding": outstanding}
    return render(request, "budgets/pay.html", context)


def _show(form, error: DomainError) -> None:
    """A refused rule beside its field, or above the form."""
    for field, text in error.fields.items() or [(None, error.message)]:
        form.add_error(field if field in form.fields else None, text)


@require_http_methods(["GET", "HEAD"])
@door(Perm.INVOICE_VIEW)
def paper(request: HttpRequest, invoice_id: int) -> FileResponse:
    """The invoice's PDF, the same file every time."""
    bill = get_object_or_404(
        Invoice.objects.select_related("regency", "fund_source"), pk=invoice_id
    )
    return papers.download(invoice_file(bill), f"tagihan-{bill.number}")
