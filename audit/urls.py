"""Addresses of audit."""

from django.urls import path

from audit import export_views, resources, views

app_name = "audit"
urlpatterns = [
    path("jejak/", views.trail, name="trail"),
    path("jejak/ekspor/", export_views.exporting_view(resources.TRAIL), name="trail_export"),
    path("unduhan/", export_views.exports_of_mine, name="exports"),
    path("unduhan/<int:export_id>/", export_views.export, name="export"),
    path("unduhan/<int:export_id>/kemajuan/", export_views.export_progress, name="export_progress"),
    path("unduhan/<int:export_id>/hentikan/", export_views.export_cancel, name="export_cancel"),
    path("unduhan/<int:export_id>/berkas/", export_views.export_file, name="export_file"),
]
