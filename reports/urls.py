"""Addresses of the home page and of the lists behind its figures."""

from django.urls import path

from reports.views import home, proofs

app_name = "reports"
urlpatterns = [
    path("", home.dashboard, name="dashboard"),
    path("kecamatan/<str:code>/", home.district, name="district"),
    path("bukti/<int:proof_id>/", proofs.proof, name="proof"),
    path("bukti/<int:proof_id>/pdf/", proofs.proof_file, name="proof_file"),
    path("bukti/orang/<int:pk>/", proofs.proof_ask, name="proof_ask"),
    path("bukti/orang/<int:pk>/terbitkan/", proofs.proof_issue, name="proof_issue"),
]
