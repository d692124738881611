"""Addresses of cards, included by the addresses of enrollment."""

from django.urls import path

from enrollment import card_api, card_views

pages = [
    path("kartu/", card_views.cards, name="cards"),
    path("kartu/posyandu/<int:posyandu_id>/", card_views.posyandu_cards, name="posyandu_cards"),
    path("kartu/<int:order_id>/", card_views.card_order, name="card_order"),
    path(
        "kartu/<int:order_id>/kemajuan/",
        card_views.card_order_progress,
        name="card_order_progress",
    ),
    path("kartu/<int:order_id>/batal/", card_views.card_order_cancel, name="card_order_cancel"),
    path("kartu/<int:order_id>/unduh/", card_views.card_order_file, name="card_order_file"),
    path("kartu/peserta/<int:coverage_id>/", card_views.card_one, name="card_one"),
    path(
        "kartu/peserta/<int:coverage_id>/<int:paper_id>/",
        card_views.card_one_file,
        name="card_one_file",
    ),
]
api = [
    path("cards/", card_api.CardOrders.as_view(), name="api-cards"),
    path("cards/<int:order_id>/", card_api.CardOrderDetail.as_view(), name="api-card"),
    path("cards/<int:order_id>/download/", card_api.CardOrderFile.as_view(), name="api-card-file"),
]
