"""Addresses of people and rosters."""

from django.urls import path

from audit.export_views import exporting_view
from cadres import place_urls, resources, roster_urls
from cadres.views import (
    people,
    person,
    person_changes,
    person_family,
    person_merge,
    person_training,
)

app_name = "cadres"
urlpatterns = [
    path("kader/", people.people, name="list"),
    path("kader/ekspor/", exporting_view(resources.PEOPLE), name="people_export"),
    path("kader/cari/", people.search, name="search"),
    path("kader/<int:pk>/", person.person, name="person"),
    path("kader/<int:pk>/nik/", person.reveal, name="reveal"),
    path("kader/<int:pk>/perbaiki/", person_changes.correct, name="correct"),
    path("kader/<int:pk>/perbaiki-nik/", person_changes.correct_nik, name="correct_nik"),
    path("kader/<int:pk>/tugas/", person_changes.service_add, name="service_add"),
    path("kader/<int:pk>/tugas/<int:service_id>/", person_changes.service, name="service"),
    path(
        "kader/<int:pk>/tugas/<int:service_id>/akhiri/",
        person_changes.service_stop,
        name="service_stop",
    ),
    path("kader/<int:pk>/pindah/", person_changes.move, name="move"),
    path("kader/<int:pk>/gabung/", person_merge.find, name="merge_find"),
    path("kader/<int:pk>/gabung/<int:other_id>/", person_merge.merge, name="merge"),
    path("kader/<int:pk>/keluarga/", person_family.family, name="family"),
    path("kader/<int:pk>/keluarga/pastikan/", person_family.confirm, name="family_confirm"),
    path("kader/<int:pk>/keluarga/tautan/", person_family.link, name="family_make_link"),
    path("kader/<int:pk>/anak-sekolah/", person_family.children, name="children"),
    path("kader/<int:pk>/ahli-waris/", person_family.heir_add, name="heir_add"),
    path("kader/<int:pk>/ahli-waris/<int:heir_id>/", person_family.heir, name="heir"),
    path(
        "kader/<int:pk>/ahli-waris/<int:heir_id>/hapus/",
        person_family.heir_remove,
        name="heir_remove",
    ),
    path("kader/<int:pk>/pelatihan/", person_training.training_add, name="training_add"),
    path("kader/<int:pk>/keterampilan/", person_training.competences, name="competences"),
    path("kader/desa/<slug:code>/pelatihan/", person_training.group, name="group_training"),
    path("kader/desa/<slug:code>/keluarga/", person_family.families, name="families"),
    *place_urls.pages,
    *roster_urls.urlpatterns,
]
