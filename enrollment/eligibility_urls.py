"""Addresses of rules, answers about people, and exceptions."""

from django.urls import path

from audit.export_views import exporting_view
from enrollment import candidate_lists
from enrollment.api import eligibility as api_views
from enrollment.views import eligibility, overrides

pages = [
    path("pendaftaran/baru/orang/", eligibility.candidates, name="candidates"),
    path(
        "pendaftaran/baru/orang/ekspor/",
        exporting_view(candidate_lists.CANDIDATES),
        name="candidates_export",
    ),
    path("kader/<int:cadre_id>/kelayakan/", eligibility.person, name="person_eligibility"),
    path("pendaftaran/syarat/", eligibility.rules, name="rules"),
    path("pendaftaran/syarat/<slug:rule_code>/", eligibility.rule, name="rule"),
    path("pendaftaran/pengecualian/", overrides.overrides, name="overrides"),
    path(
        "pendaftaran/pengecualian/ekspor/",
        exporting_view(candidate_lists.OVERRIDES),
        name="overrides_export",
    ),
    path("pendaftaran/pengecualian/<int:override_id>/", overrides.override, name="override"),
    path(
        "pendaftaran/pengecualian/<int:override_id>/jawab/",
        overrides.override_answer,
        name="override_answer",
    ),
    path(
        "pendaftaran/pengecualian/<int:override_id>/tarik/",
        overrides.override_withdraw,
        name="override_withdraw",
    ),
    path(
        "pendaftaran/pengecualian/<int:override_id>/akhiri/",
        overrides.override_end,
        name="override_end",
    ),
    path(
        "pendaftaran/pengecualian/baru/<int:cadre_id>/<slug:rule_code>/",
        overrides.override_new,
        name="override_new",
    ),
]

api = [
    path("eligibility-rules/", api_views.Rules.as_view()),
    path("eligibility-rules/<slug:rule_code>/", api_views.RuleDetail.as_view()),
    path("eligibility-overrides/", api_views.Overrides.as_view()),
    path("eligibility-overrides/<int:override_id>/", api_views.OverrideDetail.as_view()),
    path("eligibility-overrides/<int:override_id>/answer/", api_views.OverrideAnswer.as_view()),
    path("eligibility-overrides/<int:override_id>/withdraw/", api_views.OverrideWithdraw.as_view()),
    path("eligibility-overrides/<int:override_id>/end/", api_views.OverrideEnd.as_view()),
    path("enrollment-candidates/", api_views.Candidates.as_view()),
    path("cadres/<int:cadre_id>/eligibility/", api_views.PersonEligibility.as_view()),
]
