"""What the API views of enrollment share."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter
from rest_framework.serializers import Serializer

from accounts.rest import RegencyView
from accounts.roles import Role
from enrollment.models import EnrollmentBatch

KEY = OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER)
PAGES = [OpenApiParameter("page", int), OpenApiParameter("page_size", int)]


class EnrollmentView(RegencyView):
    """What these views share: checked input, and the batches of a role."""

    def heard(self, serializer: type[Serializer], partial: bool = False) -> dict[str, Any]:
        """The checked body of the request."""
        found = serializer(data=self.request.data, partial=partial)
        found.is_valid(raise_exception=True)
        return found.validated_data

    def batches(self) -> QuerySet[EnrollmentBatch]:
        """The batches that this role sees: the branch sees no drafts."""
        found = EnrollmentBatch.objects.all()
        return found.submitted_or_later() if self.actor.role == Role.BRANCH_OFFICER else found

    def batch(self, batch_id: int) -> EnrollmentBatch:
        """One batch with its counts, or 404."""
        return get_object_or_404(
            self.batches().with_counts().select_related("fund_source"), pk=batch_id
        )
