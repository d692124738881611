"""Addresses of the home page and of the lists behind its figures."""

from django.urls import path

from audit.export_views import exporting_view
from reports.resources import LISTS
from reports.views import bulk, home, proofs, radar

app_name = "reports"
urlpatterns = [
    path("beranda/", home.dashboard, name="dashboard"),
    path("beranda/kecamatan/<str:code>/", home.district, name="district"),
    path("radar/", radar.radar, name="radar"),
    *(
        path(f"radar/{code}/ekspor/", exporting_view(listed), name=f"risk_{code}_export")
        for code, listed in LISTS.items()
    ),
    path("radar/<slug:risk_code>/", radar.risk, name="risk"),
    path("bukti/daftar/", bulk.bulk, name="bulk"),
    path("bukti/daftar/ekspor/", bulk.bulk_export, name="bulk_export"),
    path("bukti/<int:proof_id>/", proofs.proof, name="proof"),
    path("bukti/<int:proof_id>/pdf/", proofs.proof_file, name="proof_file"),
    path("bukti/orang/<int:pk>/", proofs.proof_ask, name="proof_ask"),
    path("bukti/orang/<int:pk>/terbitkan/", proofs.proof_issue, name="proof_issue"),
]
