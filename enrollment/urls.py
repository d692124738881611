"""Addresses of enrollment."""

from django.urls import path

from audit.export_views import exporting_view
from enrollment import (
    agreement_urls,
    card_urls,
    correction_urls,
    eligibility_urls,
    reconciliation_urls,
    resources,
    target_urls,
)
from enrollment.views import batches, coverages, desk, fund_sources, incomes, review

app_name = "enrollment"
urlpatterns: list = [
    path("pendaftaran/", batches.batches, name="batches"),
    path("pendaftaran/ekspor/", exporting_view(resources.BATCHES), name="batches_export"),
    path("pendaftaran/baru/", batches.batch_new, name="batch_new"),
    *agreement_urls.pages,
    *eligibility_urls.pages,
    path("pendaftaran/<int:batch_id>/", batches.batch, name="batch"),
    path(
        "pendaftaran/<int:batch_id>/ekspor/",
        exporting_view(resources.ROWS),
        name="batch_export",
    ),
    path("pendaftaran/<int:batch_id>/ajukan/", batches.batch_submit, name="batch_submit"),
    path("pendaftaran/<int:batch_id>/hapus/", batches.batch_delete, name="batch_delete"),
    path("pendaftaran/<int:batch_id>/keluarkan/", batches.batch_narrow, name="batch_narrow"),
    path("pendaftaran/<int:batch_id>/unduh/", review.download, name="batch_download"),
    path("pendaftaran/<int:batch_id>/tinjau/", review.review, name="review"),
    path("pendaftaran/<int:batch_id>/tinjau/mulai/", desk.begin, name="desk_begin"),
    path("pendaftaran/<int:batch_id>/tinjau/orang/<int:row_id>/", desk.desk, name="desk"),
    path("pendaftaran/<int:batch_id>/tinjau/unggah/", review.upload, name="review_upload"),
    path("pendaftaran/<int:batch_id>/tinjau/selesai/", review.finish, name="review_finish"),
    path("kepesertaan/", coverages.coverages, name="coverages"),
    path("kepesertaan/ekspor/", exporting_view(resources.COVERAGES), name="coverages_export"),
    *correction_urls.pages,
    *target_urls.pages,
    path("kepesertaan/digantikan/", coverages.replaced, name="replaced"),
    path("kepesertaan/<int:coverage_id>/", coverages.coverage, name="coverage"),
    path("kepesertaan/<int:coverage_id>/nomor/", coverages.coverage_reveal, name="coverage_reveal"),
    path("kepesertaan/<int:coverage_id>/akhiri/", coverages.coverage_end, name="coverage_end"),
    path(
        "kepesertaan/<int:coverage_id>/penghasilan/",
        incomes.coverage_income,
        name="coverage_income",
    ),
    path("anggaran/sumber/", fund_sources.fund_sources, name="fund_sources"),
    path("anggaran/sumber/baru/", fund_sources.fund_source_new, name="fund_source_new"),
    path("anggaran/sumber/<int:source_id>/", fund_sources.fund_source, name="fund_source"),
    *card_urls.pages,
    *reconciliation_urls.pages,
]
