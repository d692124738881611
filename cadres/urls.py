"""Addresses of people and rosters."""

from django.urls import path

from cadres import roster_urls
from cadres.views import people

app_name = "cadres"
urlpatterns = [
    path("kader/", people.people, name="list"),
    path("kader/cari/", people.search, name="search"),
    path("kader/<int:pk>/", people.person, name="person"),
    path("kader/<int:pk>/nik/", people.reveal, name="reveal"),
    path("kader/desa/<slug:code>/", people.village, name="village"),
    path("kader/posyandu/<int:pk>/", people.posyandu, name="posyandu"),
    *roster_urls.urlpatterns,
]
