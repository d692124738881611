"""API addresses of people and rosters."""

from django.urls import path

from cadres.api import people, roster_desk, rosters

urlpatterns = [
    path("roster-imports/", rosters.Rosters.as_view()),
    path("roster-imports/<int:pk>/", rosters.RosterView.as_view()),
    path("roster-imports/<int:pk>/apply/", rosters.RosterApply.as_view()),
    path("roster-imports/<int:pk>/mapping/", roster_desk.RosterMapping.as_view()),
    path("roster-imports/<int:pk>/fixes/", roster_desk.RosterFixes.as_view()),
    path("roster-imports/<int:pk>/skip/", roster_desk.RosterSkips.as_view()),
    path("roster-imports/<int:pk>/answers/", roster_desk.RosterAnswers.as_view()),
    path("roster-imports/<int:pk>/posyandu/", roster_desk.RosterPosyandu.as_view()),
    path("roster-imports/<int:pk>/departures/", roster_desk.RosterDepartures.as_view()),
    path("roster-imports/<int:pk>/correction-file/", roster_desk.RosterCorrectionFile.as_view()),
    path("roster-imports/<int:pk>/undo/", roster_desk.RosterUndo.as_view()),
    path("roster-imports/<int:pk>/approve/", roster_desk.RosterApprove.as_view()),
    path("roster-imports/<int:pk>/return/", roster_desk.RosterReturn.as_view()),
    path("cadres/", people.Cadres.as_view()),
    path("cadres/<int:pk>/", people.CadreView.as_view()),
]
