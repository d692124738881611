"""API addresses of people and rosters."""

from django.urls import path

from cadres import place_urls
from cadres.api import people, person_changes, roster_desk, roster_files, rosters

urlpatterns = [
    path("roster-imports/", rosters.Rosters.as_view()),
    path("roster-imports/<int:pk>/", rosters.RosterView.as_view()),
    path("roster-imports/<int:pk>/apply/", rosters.RosterApply.as_view()),
    path("roster-imports/<int:pk>/mapping/", roster_desk.RosterMapping.as_view()),
    path("roster-imports/<int:pk>/dates/", roster_desk.RosterDates.as_view()),
    path("roster-imports/<int:pk>/fixes/", roster_desk.RosterFixes.as_view()),
    path("roster-imports/<int:pk>/skip/", roster_desk.RosterSkips.as_view()),
    path("roster-imports/<int:pk>/answers/", roster_desk.RosterAnswers.as_view()),
    path("roster-imports/<int:pk>/posyandu/", roster_desk.RosterPosyandu.as_view()),
    path("roster-imports/<int:pk>/departures/", roster_desk.RosterDepartures.as_view()),
    path(
        "roster-imports/<int:pk>/correction-file/",
        roster_files.RosterCorrectionFile.as_view(),
        name="roster_correction_file",
    ),
    path("roster-imports/<int:pk>/undo/", roster_desk.RosterUndo.as_view()),
    path("roster-imports/<int:pk>/approve/", roster_desk.RosterApprove.as_view()),
    path("roster-imports/<int:pk>/return/", roster_desk.RosterReturn.as_view()),
    path("cadres/", people.Cadres.as_view()),
    path("cadres/<int:pk>/", people.CadreView.as_view()),
    path("cadres/<int:pk>/correct/", person_changes.CadreCorrect.as_view()),
    path("cadres/<int:pk>/correct-nik/", person_changes.CadreCorrectNik.as_view()),
    path("cadres/<int:pk>/services/", person_changes.CadreServices.as_view()),
    path(
        "cadres/<int:pk>/services/<int:service_id>/decree/", person_changes.CadreService.as_view()
    ),
    path("cadres/<int:pk>/stop/", person_changes.CadreStop.as_view()),
    path("cadres/<int:pk>/move/", person_changes.CadreMove.as_view()),
    path("cadres/<int:pk>/death/", person_changes.CadreDeath.as_view()),
    path("cadres/<int:pk>/merge/", person_changes.CadreMerge.as_view()),
    path("cadres/<int:pk>/trainings/", person_changes.CadreTrainings.as_view()),
    path("cadres/<int:pk>/competences/", person_changes.CadreCompetences.as_view()),
    path("cadres/<int:pk>/heirs/", person_changes.CadreHeirs.as_view()),
    path("cadres/<int:pk>/school-children/", person_changes.CadreChildren.as_view()),
    path("cadres/<int:pk>/confirm-family/", person_changes.CadreConfirmFamily.as_view()),
    *place_urls.api,
]
