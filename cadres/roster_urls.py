"""Addresses of rosters; `cadres.urls` takes them in."""

from django.urls import path

from cadres.views.rosters import check, decisions, families, files, fixes, imports, mapping

urlpatterns = [
    path("kader/desa/<slug:code>/templat/", imports.template, name="template"),
    path("unggah/", imports.imports, name="imports"),
    path("unggah/baru/", imports.upload, name="upload"),
    path("unggah/<int:pk>/", check.roster, name="roster"),
    path("unggah/<int:pk>/kemajuan/", check.progress, name="progress"),
    path("unggah/<int:pk>/cocokkan/", mapping.columns, name="mapping"),
    path("unggah/<int:pk>/temuan/<slug:code>/", check.finding, name="finding"),
    path("unggah/<int:pk>/baris/<slug:effect>/", check.rows, name="rows"),
    path("unggah/<int:pk>/berkas-perbaikan/", files.correction_file, name="correction_file"),
    path("unggah/<int:pk>/perbaiki/", fixes.fix, name="fix"),
    path("unggah/<int:pk>/tanggal/", fixes.dates, name="dates"),
    path("unggah/<int:pk>/lewati/", fixes.skip, name="skip"),
    path("unggah/<int:pk>/jawab/", fixes.answer, name="answer"),
    path("unggah/<int:pk>/posyandu/", fixes.posyandu, name="choose_posyandu"),
    path("unggah/<int:pk>/keluar/", fixes.departures, name="departures"),
    path("unggah/<int:pk>/simpan/", decisions.apply, name="apply"),
    path("unggah/<int:pk>/periksa-ulang/", decisions.recheck, name="recheck"),
    path("unggah/<int:pk>/keluarga/", families.families, name="roster_families"),
    path("unggah/<int:pk>/batalkan/", decisions.undo, name="undo"),
    path("unggah/<int:pk>/setujui/", decisions.approve, name="approve"),
    path("unggah/<int:pk>/kembalikan/", decisions.give_back, name="return"),
    path("pengguna/pengaturan/", decisions.settings, name="settings"),
]
