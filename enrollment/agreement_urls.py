"""Addresses of agreements."""

from django.urls import path

from audit.export_views import exporting_view
from enrollment import resources
from enrollment.api import agreements as api_views
from enrollment.views import agreements as views

ONE = "pendaftaran/perjanjian/<int:agreement_id>/"
pages = [
    path("pendaftaran/perjanjian/", views.agreements, name="agreements"),
    path(
        "pendaftaran/perjanjian/ekspor/",
        exporting_view(resources.AGREEMENTS),
        name="agreements_export",
    ),
    path("pendaftaran/perjanjian/baru/", views.agreement_new, name="agreement_new"),
    path(ONE, views.agreement, name="agreement"),
    path(f"{ONE}ubah/", views.agreement_change, name="agreement_change"),
    path(f"{ONE}berkas/", views.agreement_file, name="agreement_file"),
    path(f"{ONE}unggah/", views.agreement_upload, name="agreement_upload"),
    path(f"{ONE}akhiri/", views.agreement_end, name="agreement_end"),
]
api = [
    path("agreements/", api_views.Agreements.as_view()),
    path("agreements/<int:agreement_id>/", api_views.AgreementDetail.as_view()),
    path("agreements/<int:agreement_id>/file/", api_views.AgreementFile.as_view()),
    path("agreements/<int:agreement_id>/end/", api_views.AgreementEnd.as_view()),
]
