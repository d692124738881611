"""Addresses of people and rosters."""

from django.urls import path

from cadres.views import people, rosters

app_name = "cadres"
urlpatterns = [
    path("kader/", people.people, name="list"),
    path("kader/cari/", people.search, name="search"),
    path("kader/<int:pk>/", people.person, name="person"),
    path("kader/<int:pk>/nik/", people.reveal, name="reveal"),
    path("kader/desa/<slug:code>/", people.village, name="village"),
    path("kader/posyandu/<int:pk>/", people.posyandu, name="posyandu"),
    path("unggah/", rosters.imports, name="imports"),
    path("unggah/baru/", rosters.upload, name="upload"),
    path("unggah/<int:pk>/", rosters.roster, name="roster"),
    path("unggah/<int:pk>/kemajuan/", rosters.progress, name="progress"),
    path("unggah/<int:pk>/temuan/<slug:code>/", rosters.finding, name="finding"),
    path("unggah/<int:pk>/baris/<slug:effect>/", rosters.rows, name="rows"),
    path("unggah/<int:pk>/simpan/", rosters.apply, name="apply"),
    path("unggah/<int:pk>/periksa-ulang/", rosters.recheck, name="recheck"),
]
