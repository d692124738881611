"""API addresses of budgets."""

urlpatterns: list = []
