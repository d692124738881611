"""The page on which the reported pay or income of a cover is changed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import door
from accounts.roles import Perm
from enrollment.actions.incomes import change_income
from enrollment.forms.incomes import IncomeForm
from enrollment.views.coverages import the_coverage
from enrollment.views.tried import tried


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.BATCH_PREPARE)
def coverage_income(request: HttpRequest, coverage_id: int) -> HttpResponse:
    """Write down the reported pay or income; the next bills follow it."""
    found = the_coverage(coverage_id)
    data = request.POST if request.method == "POST" else None
    form = IncomeForm(data, initial={"income_base": found.income_base}, segment=found.segment)
    if form.is_valid() and tried(
        form, lambda: change_income(by=request.actor, coverage=found, **form.cleaned_data)
    ):
        messages.success(request, _("Tercatat. Tagihan berikutnya mengikutinya."))
        return redirect("enrollment:coverage", request.regency.slug, found.pk)
    context = {
        "coverage": found,
        "form": form,
        "title": _("Ubah upah atau penghasilan"),
        "submit": _("Simpan"),
    }
    return render(request, "enrollment/coverage_form.html", context)
