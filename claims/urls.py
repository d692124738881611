"""Addresses of claims."""

from django.urls import path

from audit.export_views import exporting_view
from claims import contribution_period_views, resources, views

app_name = "claims"
urlpatterns = [
    path(
        "kader/<int:cadre_id>/masa-iur/",
        contribution_period_views.contribution_period,
        name="contribution_period",
    ),
    path("klaim/", views.claims, name="list"),
    path("klaim/ekspor/", exporting_view(resources.CLAIMS), name="claims_export"),
    path("klaim/lapor/", views.find_person, name="find"),
    path("klaim/lapor/<int:cadre_id>/", views.report, name="report"),
    path("klaim/<int:claim_id>/", views.detail, name="detail"),
    path("klaim/<int:claim_id>/ahli-waris/", views.heir, name="heir"),
    path("klaim/<int:claim_id>/dokumen/", views.documents, name="documents"),
    path("klaim/<int:claim_id>/dokumen/<slug:code>/", views.scan, name="scan"),
    path("klaim/<int:claim_id>/ajukan/", views.submit, name="submit"),
    path("klaim/<int:claim_id>/tutup/", views.close, name="close"),
    path("klaim/<int:claim_id>/cabut-meninggal/", views.take_back, name="take_back"),
    path("klaim/<int:claim_id>/kembalikan/", views.send_back, name="send_back"),
    path("klaim/<int:claim_id>/putusan/", views.decide, name="decide"),
    path("klaim/<int:claim_id>/bayar/", views.pay, name="pay"),
    path("klaim/<int:claim_id>/serah-terima/", views.hand_over, name="hand_over"),
    path("klaim/<int:claim_id>/berita-acara/", views.paper, name="paper"),
]
