"""API addresses of people and rosters."""

from django.urls import path

from cadres import api

urlpatterns = [
    path("roster-imports/", api.Rosters.as_view()),
    path("roster-imports/<int:pk>/", api.RosterView.as_view()),
    path("roster-imports/<int:pk>/apply/", api.RosterApply.as_view()),
    path("cadres/", api.Cadres.as_view()),
    path("cadres/<int:pk>/", api.CadreView.as_view()),
]
