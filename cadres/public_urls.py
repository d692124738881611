"""The public page behind an address for a family."""

from django.urls import path

from cadres.views.family_public import family_link

urlpatterns = [path("<str:token>", family_link, name="family_link")]
