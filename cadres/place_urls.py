"""Addresses of villages, posyandu, replacements and quotas, included by those of cadres."""

from django.urls import path

from audit.export_views import exporting_view
from cadres import resources
from cadres.api import places as place_api
from cadres.api import quotas as quota_api
from cadres.views import places, posyandu, quotas, replacements

VILLAGE = "kader/kuota/<int:quota_id>/desa/<slug:village_code>/"

pages = [
    path("kader/desa/", places.villages, name="villages"),
    path("kader/desa/ekspor/", exporting_view(resources.VILLAGES), name="villages_export"),
    path("kader/desa/<slug:code>/", places.village, name="village"),
    path("kader/norma-kursi/", posyandu.seat_norm, name="seat_norm"),
    path("kader/posyandu/", posyandu.posyandu_list, name="posyandu_list"),
    path("kader/posyandu/ekspor/", exporting_view(resources.POSYANDU), name="posyandu_export"),
    path("kader/posyandu/<int:pk>/", posyandu.posyandu, name="posyandu"),
    path("kader/posyandu/<int:pk>/ubah/", posyandu.posyandu_edit, name="posyandu_edit"),
    path("kader/posyandu/<int:pk>/kursi/", posyandu.posyandu_seats, name="posyandu_seats"),
    path("kader/posyandu/<int:pk>/gabung/", posyandu.posyandu_merge, name="posyandu_merge"),
    path("kader/<int:pk>/tugas/<int:service_id>/ganti/", replacements.replace, name="replace"),
    path("kader/penggantian/<int:service_id>/", replacements.replacement, name="replacement"),
    path("kader/kuota/", quotas.quotas, name="quotas"),
    path("kader/kuota/baru/", quotas.quota_new, name="quota_new"),
    path("kader/kuota/<int:quota_id>/", quotas.quota, name="quota"),
    path("kader/kuota/<int:quota_id>/ubah/", quotas.quota_edit, name="quota_edit"),
    path(VILLAGE, quotas.quota_village, name="quota_village"),
    path(f"{VILLAGE}daftar/", quotas.quota_enlist, name="quota_enlist"),
    path(f"{VILLAGE}masuk/", quotas.quota_admit, name="quota_admit"),
    path(f"{VILLAGE}jumlah/", quotas.quota_share, name="quota_share"),
    path("kader/kuota/tempat/<int:place_id>/keluar/", quotas.quota_leave, name="quota_leave"),
]
QUOTA_VILLAGE = "quotas/<int:quota_id>/villages/<slug:village_code>/"
api = [
    path("villages/", place_api.Villages.as_view()),
    path("posyandu/", place_api.PosyanduList.as_view()),
    path("posyandu/<int:posyandu_id>/", place_api.PosyanduDetail.as_view()),
    path("posyandu/<int:posyandu_id>/seats/", place_api.PosyanduSeats.as_view()),
    path("posyandu/<int:posyandu_id>/merge/", place_api.PosyanduMerge.as_view()),
    path("seat-norm/", place_api.SeatNormView.as_view()),
    path("replacements/", place_api.Replacements.as_view()),
    path("quotas/", quota_api.Quotas.as_view()),
    path("quotas/<int:quota_id>/", quota_api.QuotaDetail.as_view()),
    path("quotas/<int:quota_id>/villages/", quota_api.QuotaVillages.as_view()),
    path(QUOTA_VILLAGE, quota_api.QuotaVillageView.as_view()),
    path(f"{QUOTA_VILLAGE}people/", quota_api.QuotaPeople.as_view()),
    path(f"{QUOTA_VILLAGE}admit/", quota_api.QuotaAdmit.as_view()),
    path("quota-places/<int:place_id>/leave/", quota_api.QuotaLeave.as_view()),
]
