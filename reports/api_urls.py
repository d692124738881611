"""Addresses of the API of proofs."""

from django.urls import path

from reports.api import proofs

urlpatterns = [
    path("cadres/<int:pk>/proof/", proofs.PersonProof.as_view()),
    path("proofs/<int:proof_id>/pdf/", proofs.ProofFile.as_view()),
]
