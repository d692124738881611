"""Addresses of the API of proofs, of the bulk question and of the risk radar."""

from django.urls import path

from reports.api import bulk, proofs, radar

urlpatterns = [
    path("radar/", radar.Radar.as_view()),
    path("radar/<slug:risk_code>/", radar.AtRisk.as_view()),
    path("coverage-questions/", bulk.CoverageQuestions.as_view()),
    path("cadres/<int:pk>/proof/", proofs.PersonProof.as_view()),
    path("proofs/<int:proof_id>/pdf/", proofs.ProofFile.as_view()),
]
