"""Addresses of cadres."""

app_name = "cadres"
urlpatterns: list = []
