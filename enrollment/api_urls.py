"""API addresses of enrollment."""

from django.urls import path

from enrollment import (
    agreement_urls,
    card_urls,
    correction_urls,
    eligibility_urls,
    reconciliation_urls,
    target_urls,
)
from enrollment.api import batches, coverages, incomes, payers, reviews

urlpatterns = [
    path("fund-sources/", payers.FundSources.as_view()),
    path("fund-sources/<int:source_id>/", payers.FundSourceDetail.as_view()),
    *agreement_urls.api,
    *eligibility_urls.api,
    path("enrollment-batches/", batches.Batches.as_view()),
    path("enrollment-batches/<int:batch_id>/", batches.BatchDetail.as_view()),
    path("enrollment-batches/<int:batch_id>/submit/", batches.BatchSubmit.as_view()),
    path("enrollment-batches/<int:batch_id>/rows/", batches.BatchRows.as_view()),
    path("enrollment-batches/<int:batch_id>/review/", reviews.BatchReview.as_view()),
    *correction_urls.api,
    path("coverages/", coverages.Coverages.as_view()),
    path("coverages/<int:coverage_id>/", coverages.CoverageDetail.as_view()),
    path("coverages/<int:coverage_id>/end/", coverages.CoverageEnd.as_view()),
    path("coverages/<int:coverage_id>/income/", incomes.CoverageIncome.as_view()),
    *card_urls.api,
    *reconciliation_urls.api,
    *target_urls.api,
]
