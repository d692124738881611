"""Addresses of the home page and of the lists behind its figures."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("kecamatan/<str:code>/", views.district, name="district"),
]
