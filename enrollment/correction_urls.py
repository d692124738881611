"""Addresses of terms, and of people whom the branch sent back."""

from django.urls import path

from audit.export_views import exporting_view
from enrollment import resources
from enrollment.api import corrections as api_views
from enrollment.views import corrections as views
from enrollment.views import terms

ONE = "kepesertaan/dikembalikan/<int:row_id>/"
pages = [
    path("pendaftaran/<int:batch_id>/ketentuan/", terms.rows_terms, name="rows_terms"),
    path("pendaftaran/<int:batch_id>/orang/<int:row_id>/", terms.row_terms, name="row_terms"),
    path("kepesertaan/dikembalikan/", views.returned, name="returned"),
    path(
        "kepesertaan/dikembalikan/ekspor/",
        exporting_view(resources.RETURNED),
        name="returned_export",
    ),
    path(ONE, views.returned_row, name="returned_row"),
    path(f"{ONE}kirim/", views.returned_send, name="returned_send"),
    path(f"{ONE}ketentuan/", views.returned_terms, name="returned_terms"),
    path(f"{ONE}keluarkan/", views.returned_take_out, name="returned_take_out"),
]
api = [
    path("enrollment-batches/<int:batch_id>/terms/", api_views.BatchTermsChange.as_view()),
    path("returned-rows/", api_views.ReturnedRows.as_view()),
    path("returned-rows/<int:row_id>/", api_views.ReturnedRow.as_view()),
    path("returned-rows/<int:row_id>/terms/", api_views.ReturnedTerms.as_view()),
    path("returned-rows/<int:row_id>/resubmit/", api_views.ReturnedResubmit.as_view()),
    path("returned-rows/<int:row_id>/take-out/", api_views.ReturnedTakeOut.as_view()),
]
