"""API addresses of claims."""

from django.urls import path

from claims import api, contribution_period_api

urlpatterns = [
    path(
        "cadres/<int:cadre_id>/contribution-period/",
        contribution_period_api.PersonContributionPeriod.as_view(),
    ),
    path("claims/", api.ClaimList.as_view()),
    path("claims/<int:claim_id>/", api.ClaimDetail.as_view()),
    path("claims/<int:claim_id>/documents/", api.ClaimDocuments.as_view()),
    path("claims/<int:claim_id>/heir/", api.ClaimHeir.as_view()),
    path("claims/<int:claim_id>/submit/", api.ClaimSubmit.as_view()),
    path("claims/<int:claim_id>/close/", api.ClaimClose.as_view()),
    path("claims/<int:claim_id>/take-back-death/", api.ClaimTakeBack.as_view()),
    path("claims/<int:claim_id>/send-back/", api.ClaimSendBack.as_view()),
    path("claims/<int:claim_id>/decide/", api.ClaimDecide.as_view()),
    path("claims/<int:claim_id>/pay/", api.ClaimPay.as_view()),
    path("claims/<int:claim_id>/hand-over/", api.ClaimHandOver.as_view()),
]
