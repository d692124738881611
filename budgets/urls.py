"""Addresses of bills and budgets."""

from django.urls import path

from budgets import budget_views, views

app_name = "budgets"
urlpatterns = [
    path("tagihan/", views.invoices, name="invoices"),
    path("tagihan/buat/", views.run_new, name="run_new"),
    path("tagihan/bulan/<str:month>/", views.run, name="run"),
    path("tagihan/bulan/<str:month>/kemajuan/", views.run_progress, name="run_progress"),
    path("tagihan/<int:invoice_id>/", views.invoice, name="invoice"),
    path("tagihan/<int:invoice_id>/bayar/", views.pay, name="pay"),
    path("tagihan/<int:invoice_id>/pdf/", views.paper, name="paper"),
    path("anggaran/", budget_views.budgets, name="budgets"),
    path("anggaran/baru/", budget_views.new, name="budget_new"),
    path("anggaran/<int:budget_id>/", budget_views.budget, name="budget"),
    path("anggaran/<int:budget_id>/ubah-pagu/", budget_views.revise, name="revise"),
]
