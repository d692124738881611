"""Addresses of bills and budgets."""

from django.urls import path

from audit.export_views import exporting_view
from budgets import budget_views, resources, views

app_name = "budgets"
urlpatterns = [
    path("tagihan/", views.invoices, name="invoices"),
    path("tagihan/ekspor/", exporting_view(resources.INVOICES), name="invoices_export"),
    path("tagihan/buat/", views.run_new, name="run_new"),
    path("tagihan/bulan/<str:month>/", views.run, name="run"),
    path("tagihan/bulan/<str:month>/kemajuan/", views.run_progress, name="run_progress"),
    path("tagihan/<int:invoice_id>/", views.invoice, name="invoice"),
    path(
        "tagihan/<int:invoice_id>/rekap/ekspor/",
        exporting_view(resources.RECAP),
        name="recap_export",
    ),
    path(
        "tagihan/<int:invoice_id>/rincian/ekspor/",
        exporting_view(resources.LINES),
        name="lines_export",
    ),
    path("tagihan/<int:invoice_id>/bayar/", views.pay, name="pay"),
    path("tagihan/<int:invoice_id>/pdf/", views.paper, name="paper"),
    path("anggaran/", budget_views.budgets, name="budgets"),
    path("anggaran/baru/", budget_views.new, name="budget_new"),
    path("anggaran/<int:budget_id>/", budget_views.budget, name="budget"),
    path("anggaran/<int:budget_id>/ubah-pagu/", budget_views.revise, name="revise"),
]
