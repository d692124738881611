"""Addresses of a branch over all its regencies."""

from django.urls import path

from enrollment.views import queue

urlpatterns = [
    path("", queue.queue, name="branch_queue"),
    path("kolom/", queue.columns, name="branch_columns"),
]
