"""API addresses of enrollment."""

from django.urls import path

from enrollment import api, card_urls

urlpatterns = [
    path("fund-sources/", api.FundSources.as_view()),
    path("fund-sources/<int:source_id>/", api.FundSourceDetail.as_view()),
    path("agreements/", api.Agreements.as_view()),
    path("enrollment-batches/", api.Batches.as_view()),
    path("enrollment-batches/<int:batch_id>/", api.BatchDetail.as_view()),
    path("enrollment-batches/<int:batch_id>/submit/", api.BatchSubmit.as_view()),
    path("enrollment-batches/<int:batch_id>/rows/", api.BatchRows.as_view()),
    path("enrollment-batches/<int:batch_id>/review/", api.BatchReview.as_view()),
    path("coverages/", api.Coverages.as_view()),
    path("coverages/<int:coverage_id>/", api.CoverageDetail.as_view()),
    path("coverages/<int:coverage_id>/end/", api.CoverageEnd.as_view()),
    *card_urls.api,
]
