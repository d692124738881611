"""API addresses of people and rosters."""

from django.urls import path

from cadres.api import people, rosters

urlpatterns = [
    path("roster-imports/", rosters.Rosters.as_view()),
    path("roster-imports/<int:pk>/", rosters.RosterView.as_view()),
    path("roster-imports/<int:pk>/apply/", rosters.RosterApply.as_view()),
    path("cadres/", people.Cadres.as_view()),
    path("cadres/<int:pk>/", people.CadreView.as_view()),
]
