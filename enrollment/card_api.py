"""Cards by API: order, follow, download."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    extend_schema,
    extend_schema_field,
    inline_serializer,
)
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from accounts.rest import KEY, RegencyView
from accounts.roles import Perm
from cadres.models import Posyandu
from core import papers
from core.errors import DomainError
from enrollment import card_actions, card_queries
from enrollment.models import CardOrder
from regions.models import Village

PROGRESS = inline_serializer(
    "CardProgress", {"done": serializers.IntegerField(), "total": serializers.IntegerField()}
)


class CardOrderIn(serializers.Serializer):
    """What to print: a posyandu, a village's code with or without dots, or the whole regency."""

    village = serializers.CharField(required=False, allow_blank=True, default="")
    posyandu = serializers.IntegerField(
        required=False, allow_null=True, default=None, help_text="Its id; goes before the village."
    )
    layout = serializers.ChoiceField(CardOrder.Layout.choices, default=CardOrder.Layout.A4)


class CardOrderOut(serializers.ModelSerializer):
    """An order of cards and how far it is."""

    status = serializers.CharField(source="run.status")
    village = serializers.CharField(source="village.code", allow_null=True, default=None)
    progress = serializers.SerializerMethodField()
    download_url = serializers.SerializerMethodField()

    class Meta:
        model = CardOrder
        fields = (
            "id", "status", "village", "posyandu_id", "posyandu_name", "layout", "people",
            "progress", "download_url", "created_at",
        )  # fmt: skip

    @extend_schema_field(PROGRESS)
    def get_progress(self, order: CardOrder) -> dict:
        """Cards that are drawn, of how many."""
        return {"done": order.run.done, "total": order.run.total}

    def get_download_url(self, order: CardOrder) -> str | None:
        """Where the PDF is, once it is made."""
        if order.paper_id is None:
            return None
        return reverse("api-card-file", args=[self.context["regency"].slug, order.pk])


class CardOrders(RegencyView):
    """The orders of cards of a regency."""

    perms = {"GET": Perm.CARD_PRINT, "POST": Perm.CARD_PRINT}

    @extend_schema(operation_id="cards_list", responses=CardOrderOut(many=True))
    def get(self, request: Request, regency: str) -> Response:
        """Orders, newest first."""
        return self.page(card_queries.orders(), CardOrderOut)

    @extend_schema(
        operation_id="cards_create",
        request=CardOrderIn,
        parameters=[KEY],
        responses={
            201: inline_serializer(
                "CardOrderCreated",
                {"id": serializers.IntegerField(), "status": serializers.CharField()},
            )
        },
    )
    def post(self, request: Request, regency: str) -> Response:
        """Order cards; while the same set is being made, its order is returned."""
        asked = CardOrderIn(data=request.data)
        asked.is_valid(raise_exception=True)
        return self.once(request, lambda: self._order(asked.validated_data))

    def _order(self, asked: dict) -> tuple[int, dict]:
        order = card_actions.order_cards(
            by=self.actor,
            village=self._village(asked["village"]),
            posyandu=self._posyandu(asked["posyandu"]),
            layout=asked["layout"],
        )
        return 201, {"id": order.pk, "status": order.run.status}

    def _posyandu(self, pk: int | None) -> Posyandu | None:
        if pk is None:
            return None
        posyandu = Posyandu.objects.select_related("village").filter(pk=pk).first()
        if posyandu is None:
            message = _("Tidak ada posyandu dengan nomor ini di kabupaten ini.")
            raise DomainError("posyandu_unknown", message, {"posyandu": message})
        return posyandu

    def _village(self, code: str) -> Village | None:
        if not code:
            return None
        village = Village.objects.filter(
            regency=self.regency, code=code.replace(".", ""), valid_to=None
        ).first()
        if village is None:
            message = _("Tidak ada desa dengan kode ini di kabupaten ini.")
            raise DomainError("village_unknown", message, {"village": message})
        return village


class CardOrderDetail(RegencyView):
    """One order of cards."""

    perms = {"GET": Perm.CARD_PRINT}

    @extend_schema(operation_id="cards_retrieve", responses=CardOrderOut)
    def get(self, request: Request, regency: str, order_id: int) -> Response:
        """Its status, its progress, and where the PDF is."""
        order = get_object_or_404(card_queries.orders(), pk=order_id)
        return Response(CardOrderOut(order, context={"regency": self.regency}).data)


class CardOrderFile(RegencyView):
    """The PDF of one order."""

    perms = {"GET": Perm.CARD_PRINT}

    @extend_schema(
        operation_id="cards_download", responses={(200, "application/pdf"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, regency: str, order_id: int) -> FileResponse:
        """The file; 404 until the order is done."""
        order = get_object_or_404(card_queries.orders().exclude(paper=None), pk=order_id)
        return papers.serve(order.paper, f"kartu-{order.pk}")
