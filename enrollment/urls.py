"""Addresses of enrollment."""

from enrollment import card_urls

app_name = "enrollment"
urlpatterns: list = [*card_urls.pages]
