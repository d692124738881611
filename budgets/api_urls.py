"""API addresses of bills and budgets."""

from django.urls import path

from budgets import api

urlpatterns = [
    path("invoice-runs/", api.InvoiceRunList.as_view()),
    path("invoice-runs/<int:run_id>/", api.InvoiceRunDetail.as_view()),
    path("invoices/", api.InvoiceList.as_view()),
    path("invoices/<int:invoice_id>/", api.InvoiceDetail.as_view()),
    path("invoices/<int:invoice_id>/pdf/", api.InvoicePaper.as_view()),
    path("invoices/<int:invoice_id>/payments/", api.PaymentList.as_view()),
    path("budgets/", api.BudgetList.as_view()),
    path("budgets/<int:budget_id>/revise/", api.BudgetRevise.as_view()),
]
