"""The public page behind the QR code of a proof."""

from django.urls import path

from reports.views.proofs import proof_check

urlpatterns = [path("<str:token>", proof_check, name="proof_check")]
