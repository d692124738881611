"""API addresses of claims."""

urlpatterns: list = []
