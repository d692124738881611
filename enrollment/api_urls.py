"""API addresses of enrollment."""

urlpatterns: list = []
