"""API addresses of cadres."""

urlpatterns: list = []
