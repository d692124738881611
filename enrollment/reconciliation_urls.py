"""Addresses of reconciliations, included by the addresses of enrollment."""

from django.urls import path

from audit.export_views import exporting_view
from enrollment import resources
from enrollment.api import reconciliations as api_views
from enrollment.views import differences, reconciliations

ONE = "rekonsiliasi/<int:reconciliation_id>/"
CLASS = f"{ONE}selisih/<slug:kind>/"
DIFFERENCE = "rekonsiliasi/selisih/<int:difference_id>/"

pages = [
    path("rekonsiliasi/", reconciliations.reconciliations, name="reconciliations"),
    path(
        "rekonsiliasi/ekspor/",
        exporting_view(resources.RECONCILIATIONS),
        name="reconciliations_export",
    ),
    path("rekonsiliasi/unggah/", reconciliations.reconciliation_new, name="reconciliation_new"),
    path(
        "rekonsiliasi/pertanyaan/",
        reconciliations.reconciliation_queries,
        name="reconciliation_queries",
    ),
    path(ONE, reconciliations.reconciliation, name="reconciliation"),
    path(
        f"{ONE}kemajuan/",
        reconciliations.reconciliation_progress,
        name="reconciliation_progress",
    ),
    path(f"{ONE}kolom/", reconciliations.reconciliation_columns, name="reconciliation_columns"),
    path(
        f"{ONE}batalkan/", reconciliations.reconciliation_withdraw, name="reconciliation_withdraw"
    ),
    path(
        f"{ONE}bandingkan-lagi/",
        reconciliations.reconciliation_compare,
        name="reconciliation_compare",
    ),
    path(f"{ONE}tutup/", reconciliations.reconciliation_close, name="reconciliation_close"),
    path(f"{ONE}berita-acara/", reconciliations.reconciliation_paper, name="reconciliation_paper"),
    path(CLASS, differences.differences, name="differences"),
    path(f"{CLASS}ekspor/", exporting_view(resources.DIFFERENCES), name="differences_export"),
    path(f"{CLASS}selesaikan/", differences.differences_settle, name="differences_settle"),
    path(DIFFERENCE, differences.difference, name="difference"),
    path(f"{DIFFERENCE}selesaikan/", differences.difference_settle, name="difference_settle"),
    path(f"{DIFFERENCE}tanya/", differences.difference_ask, name="difference_ask"),
    path(f"{DIFFERENCE}jawab/", differences.difference_answer, name="difference_answer"),
    path(f"{DIFFERENCE}buka-lagi/", differences.difference_reopen, name="difference_reopen"),
]
api = [
    path("reconciliations/", api_views.Reconciliations.as_view()),
    path("reconciliations/<int:reconciliation_id>/", api_views.ReconciliationDetail.as_view()),
    path(
        "reconciliations/<int:reconciliation_id>/columns/",
        api_views.ReconciliationColumnsAnswer.as_view(),
    ),
    path(
        "reconciliations/<int:reconciliation_id>/differences/",
        api_views.Differences.as_view(),
    ),
    path("reconciliations/<int:reconciliation_id>/settle/", api_views.Settle.as_view()),
    path("reconciliations/<int:reconciliation_id>/ask/", api_views.Ask.as_view()),
    path("reconciliations/<int:reconciliation_id>/withdraw/", api_views.Withdraw.as_view()),
    path("reconciliations/<int:reconciliation_id>/compare/", api_views.Compare.as_view()),
    path("reconciliations/<int:reconciliation_id>/close/", api_views.Close.as_view()),
    path("reconciliations/<int:reconciliation_id>/paper/", api_views.Paper.as_view()),
    path("reconciliation-queries/", api_views.Queries.as_view()),
    path("reconciliation-differences/<int:difference_id>/", api_views.Difference.as_view()),
    path("reconciliation-differences/<int:difference_id>/answer/", api_views.Answer.as_view()),
    path("reconciliation-differences/<int:difference_id>/reopen/", api_views.Reopen.as_view()),
]
