"""The API of bills, payments and budgets."""

from typing import Any

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from accounts.rest import KEY, PAGING, Pages, RegencyView
from accounts.roles import Perm
from budgets import actions, queries, serializers
from budgets.filters import InvoiceApiFilter
from budgets.models import Budget, Invoice, InvoiceRun
from budgets.papers import invoice_file
from core import papers
from core.errors import DomainError
from enrollment.models import Segment

FILTERS = [
    OpenApiParameter("month", str, description="contribution month, 2026-11"),
    OpenApiParameter("status", str, enum=["open", "partly_paid", "paid"]),
    OpenApiParameter("segment", str, enum=Segment.values),
    OpenApiParameter("village", str, description="village code, with or without dots"),
    OpenApiParameter("fund_source", int),
    *PAGING,
]


def _valid(form: type[Serializer], request: Request, **context: Any) -> dict[str, Any]:
    checked = form(data=request.data, context=context)
    if not checked.is_valid():
        fields = {name: " ".join(map(str, texts)) for name, texts in checked.errors.items()}
        raise DomainError("invalid", next(iter(fields.values())), fields)
    return dict(checked.validated_data)


def _plain(data: Any) -> dict[str, Any]:
    """Values as JSON stores them, so that a repeated answer equals the first."""
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in dict(data).items()
    }


class InvoiceRunList(RegencyView):
    """Billed months."""

    perms = {"GET": Perm.INVOICE_VIEW, "POST": Perm.INVOICE_RUN}
    pagination_class = Pages

    @extend_schema(
        operation_id="invoice_runs_list",
        parameters=PAGING,
        responses=serializers.InvoiceRunSerializer(many=True),
    )
    def get(self, request: Request, **_kwargs: Any) -> Response:
        """Newest first."""
        return self.page(queries.runs_listed(), serializers.InvoiceRunSerializer)

    @extend_schema(
        operation_id="invoice_runs_start",
        parameters=[KEY],
        request=serializers.RunInput,
        responses={
            201: serializers.InvoiceRunSerializer,
            200: serializers.InvoiceRunSerializer,
        },
    )
    def post(self, request: Request, **_kwargs: Any) -> Response:
        """Bill a month; 201 the first time. Again it answers 200 and bills only who is new."""
        month = _valid(serializers.RunInput, request)["month"]

        def work() -> tuple[int, dict[str, Any]]:
            known = InvoiceRun.objects.filter(month=month).exists()
            found = actions.start_invoice_run(by=self.actor, month=month)
            shown = queries.runs_listed().get(pk=found.pk)
            body = dict(serializers.InvoiceRunSerializer(shown).data)
            return 200 if known else 201, body

        return self.once(request, work)


class InvoiceRunDetail(RegencyView):
    """One billed month."""

    perms = {"GET": Perm.INVOICE_VIEW}

    @extend_schema(operation_id="invoice_runs_get", responses=serializers.InvoiceRunSerializer)
    def get(self, request: Request, run_id: int, **_kwargs: Any) -> Response:
        """Its progress and what it billed."""
        found = get_object_or_404(queries.runs_listed(), pk=run_id)
        return Response(serializers.InvoiceRunSerializer(found).data)


class InvoiceList(RegencyView):
    """Invoices."""

    perms = {"GET": Perm.INVOICE_VIEW}
    pagination_class = Pages

    @extend_schema(
        operation_id="invoices_list",
        parameters=FILTERS,
        responses=serializers.InvoiceRowSerializer(many=True),
    )
    def get(self, request: Request, **_kwargs: Any) -> Response:
        """Newest month first, filtered and paginated."""
        found = InvoiceApiFilter(request.query_params, queryset=queries.listed())
        if not found.is_valid():
            raise ValidationError(found.errors)
        return self.page(found.qs, serializers.InvoiceRowSerializer)


class InvoiceDetail(RegencyView):
    """One invoice."""

    perms = {"GET": Perm.INVOICE_VIEW}

    @extend_schema(operation_id="invoices_get", responses=serializers.InvoiceSerializer)
    def get(self, request: Request, invoice_id: int, **_kwargs: Any) -> Response:
        """Its split, recap by village, and the budget behind it."""
        found = get_object_or_404(queries.listed(), pk=invoice_id)
        return Response(serializers.InvoiceSerializer(found).data)


class InvoicePaper(RegencyView):
    """The invoice as PDF."""

    perms = {"GET": Perm.INVOICE_VIEW}

    @extend_schema(
        operation_id="invoices_pdf", responses={(200, "application/pdf"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, invoice_id: int, **_kwargs: Any) -> FileResponse:
        """The same file every time."""
        found = get_object_or_404(
            Invoice.objects.select_related("regency", "fund_source"), pk=invoice_id
        )
        return papers.download(invoice_file(found), f"tagihan-{found.number}")


class PaymentList(RegencyView):
    """Payments of one invoice."""

    perms = {"GET": Perm.INVOICE_VIEW, "POST": Perm.PAYMENT_RECORD}
    pagination_class = Pages

    @extend_schema(
        operation_id="payments_list",
        parameters=PAGING,
        responses=serializers.PaymentSerializer(many=True),
    )
    def get(self, request: Request, invoice_id: int, **_kwargs: Any) -> Response:
        """Newest first."""
        bill = get_object_or_404(Invoice, pk=invoice_id)
        return self.page(bill.payments.order_by("-pk"), serializers.PaymentSerializer)

    @extend_schema(
        operation_id="payments_record",
        parameters=[KEY],
        request=serializers.PaymentInput,
        responses={201: serializers.PaymentSerializer},
    )
    def post(self, request: Request, invoice_id: int, **_kwargs: Any) -> Response:
        """Record a disbursement; never more than what is outstanding."""
        bill = get_object_or_404(Invoice, pk=invoice_id)
        data = _valid(serializers.PaymentInput, request)

        def work() -> tuple[int, dict[str, Any]]:
            payment = actions.record_payment(by=self.actor, invoice=bill, **data)
            return 201, _plain(serializers.PaymentSerializer(payment).data)

        return self.once(request, work)


class BudgetList(RegencyView):
    """Budgets."""

    perms = {"GET": Perm.BUDGET_VIEW, "POST": Perm.BUDGET_EDIT}
    pagination_class = Pages

    @extend_schema(
        operation_id="budgets_list",
        parameters=[OpenApiParameter("year", int), *PAGING],
        responses=serializers.BudgetSerializer(many=True),
    )
    def get(self, request: Request, **_kwargs: Any) -> Response:
        """Newest year first."""
        found = _budgets()
        year = request.query_params.get("year", "")
        if year:
            found = (
                found.filter(year=int(year))
                if year.isdecimal() and len(year) == 4
                else found.none()
            )
        return self.page(found, serializers.BudgetSerializer, queries.budget_rows)

    @extend_schema(
        operation_id="budgets_create",
        parameters=[KEY],
        request=serializers.BudgetInput,
        responses={201: serializers.BudgetSerializer},
    )
    def post(self, request: Request, **_kwargs: Any) -> Response:
        """Write down the ceilings of a fund source's year."""
        data = _valid(serializers.BudgetInput, request, regency=self.regency)

        def work() -> tuple[int, dict[str, Any]]:
            return 201, _standing(actions.create_budget(by=self.actor, **data))

        return self.once(request, work)


class BudgetRevise(RegencyView):
    """New ceilings of one budget."""

    perms = {"POST": Perm.BUDGET_EDIT}

    @extend_schema(
        operation_id="budgets_revise",
        parameters=[KEY],
        request=serializers.RevisionInput,
        responses=serializers.BudgetSerializer,
    )
    def post(self, request: Request, budget_id: int, **_kwargs: Any) -> Response:
        """Set the ceilings; the difference is booked with its note."""
        budget = get_object_or_404(_budgets(), pk=budget_id)
        data = _valid(serializers.RevisionInput, request)

        def work() -> tuple[int, dict[str, Any]]:
            return 200, _standing(actions.revise_ceiling(by=self.actor, budget=budget, **data))

        return self.once(request, work)


def _budgets():
    return Budget.objects.select_related("fund_source", "village").order_by("-year", "-pk")


def _standing(budget: Budget) -> dict[str, Any]:
    row = queries.budget_rows([budget])[0]
    return dict(serializers.BudgetSerializer(row).data)
