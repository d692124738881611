"""Addresses of audit."""

from django.urls import path

from audit import views

app_name = "audit"
urlpatterns = [path("jejak/", views.trail, name="trail")]
