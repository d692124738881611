"""API addresses of a branch over all its regencies."""

from django.urls import path

from enrollment.api import branches

urlpatterns = [
    path("queue/", branches.Queue.as_view()),
    path("columns/", branches.Columns.as_view()),
]
