"""Addresses of enrollment."""

app_name = "enrollment"
urlpatterns: list = []
