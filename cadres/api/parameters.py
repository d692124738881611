"""What the addresses of rosters and people take beside their bodies."""

from drf_spectacular.utils import OpenApiParameter

KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, description="Repeats give the same answer."
)
PAGING = [OpenApiParameter("page", int), OpenApiParameter("page_size", int)]
