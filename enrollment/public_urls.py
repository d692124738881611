"""The public page behind a card."""

urlpatterns: list = []
