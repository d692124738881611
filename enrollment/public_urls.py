"""The public page behind a card."""

from django.urls import path

from enrollment.card_public_views import card_check

urlpatterns = [path("<str:token>", card_check, name="card_check")]
