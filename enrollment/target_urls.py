"""Addresses of targets."""

from django.urls import path

from enrollment.api import targets as api_views
from enrollment.views import targets as views

pages = [
    path("kepesertaan/target/", views.targets, name="targets"),
    path("kepesertaan/target/baru/", views.target_new, name="target_new"),
    path("kepesertaan/target/<int:target_id>/", views.target, name="target"),
]
api = [path("targets/", api_views.Targets.as_view())]
