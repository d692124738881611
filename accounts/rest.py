"""The ground of the API: the same door, scope and refusals as the pages, and idempotent writes."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any, Generic, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView, exception_handler

from accounts.access import Actor, enter_branch_by_token, enter_by_token
from accounts.roles import Perm
from core.errors import DomainError
from core.models import IdempotencyKey
from core.tenancy import is_open
from regions.models import Branch, Regency

# What the addresses take beside their bodies: writes a key, lists a page.
KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, description="Repeats give the same answer."
)
PAGING = [OpenApiParameter("page", int), OpenApiParameter("page_size", int)]
Subject = TypeVar("Subject")


class Pages(PageNumberPagination):
    """Pages of 50 unless asked otherwise, 500 at most."""

    page_size_query_param = "page_size"
    max_page_size = 500


class Conflict(APIException):
    """A rule of the product refuses the request."""

    status_code = status.HTTP_409_CONFLICT


def answer_error(error: Exception, context: dict) -> Response | None:
    """DomainError becomes 400 with its fields, or 409 with its sentence, always with its code."""
    if isinstance(error, DomainError):
        transaction.set_rollback(True)
        body = {"code": error.code, "message": str(error.message)}
        if error.fields:
            body["fields"] = {name: str(text) for name, text in error.fields.items()}
        return Response(body, status=400 if error.fields else 409)
    response = exception_handler(error, context)
    if response is not None and is_open():
        transaction.set_rollback(True)
    return response


class DoorView(APIView):
    """A view whose `perms` map each HTTP method to its permission; others are not answered."""

    perms: dict[str, Perm] = {}

    @property
    def allowed_methods(self) -> list[str]:
        """The declared methods, and OPTIONS."""
        return [*self.perms, "OPTIONS"]

    def told(self) -> dict[str, Any]:
        """What serializers of this view know besides the rows."""
        return {}

    def page(
        self, rows: QuerySet | Sequence[Any], serializer: type[Serializer], change: Any = None
    ) -> Response:
        """One page of a list; `change` turns the rows of that page into what is serialized."""
        pages = Pages()
        shown = pages.paginate_queryset(rows, self.request, view=self)
        shown = change(shown) if change else shown
        return pages.get_paginated_response(serializer(shown, many=True, context=self.told()).data)

    def heard(self, serializer: type[Serializer], partial: bool = False) -> dict[str, Any]:
        """The checked body of the request; raises ValidationError when it does not fit."""
        sent = serializer(data=self.request.data, partial=partial)
        sent.is_valid(raise_exception=True)
        return sent.validated_data


class BranchView(DoorView):
    """A view under `/api/v1/branch/`: of a branch over all its regencies, no personal data.

    Whoever works in several branches names one as `?branch=`; without it the first one is meant.
    """

    branch: Branch

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """The whole request is one transaction: what is refused leaves nothing."""
        with transaction.atomic():
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Authenticate, then open the door of the branch."""
        super().initial(request, *args, **kwargs)
        if request.method not in self.perms:
            self.http_method_not_allowed(request)
        asked = request.query_params.get("branch", "")
        if asked and not (asked.isascii() and asked.isdecimal() and len(asked) < 10):
            raise Http404
        self.branch = enter_branch_by_token(request.user, int(asked) if asked else None).branch


class RegencyView(DoorView):
    """A view under `/api/v1/r/<regency>/`, inside the scope of its regency.

    Writes that carry `Idempotency-Key` are stored with their answer in the same transaction, so
    a repetition gets the same answer.
    """

    regency: Regency
    actor: Actor

    def told(self) -> dict[str, Any]:
        """The regency."""
        return {"regency": self.regency}

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Run the whole request inside the scope that `initial` opens."""
        with ExitStack() as self._opened:
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Authenticate, open the door, then the scope."""
        super().initial(request, *args, **kwargs)
        perm = self.perms.get(request.method)
        if perm is None:
            self.http_method_not_allowed(request)
        entry = enter_by_token(request.user, kwargs["regency"], perm)
        self._opened.enter_context(timezone.override(entry.regency.time_zone))
        self._opened.enter_context(entry.scope())
        self.regency, self.actor = entry.regency, entry.actor

    def once(self, request: Request, work: Any) -> Response:
        """Answer a write: `work()` returns (status, body); a repeated key, the stored answer."""
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            code, body = work()
            return Response(body, status=code)
        if len(key) > 200:
            message = _("Idempotency-Key paling panjang 200 huruf.")
            raise DomainError("idempotency_key_invalid", message, {"Idempotency-Key": message})
        asked = hashlib.sha256(
            b"\n".join((request.method.encode(), request.path.encode(), self.body_digest(request)))
        ).digest()
        row, fresh = self._claim(key, asked)
        if not fresh:
            if bytes(row.request_digest) != asked:
                raise DomainError(
                    "idempotency_key_reused", _("Idempotency-Key ini sudah dipakai untuk hal lain.")
                )
            return Response(row.body, status=row.status)
        row.status, row.body = work()
        row.save(update_fields=["status", "body"])
        return Response(row.body, status=row.status)

    def _claim(self, key: str, asked: bytes) -> tuple[IdempotencyKey, bool]:
        """Insert the key; who comes second waits here for the first one's transaction."""
        try:
            with transaction.atomic():
                row = IdempotencyKey.objects.create(
                    user_id=self.actor.id, key=key, request_digest=asked
                )
                return row, True
        except IntegrityError:
            return IdempotencyKey.objects.get(user_id=self.actor.id, key=key), False

    def body_digest(self, request: Request) -> bytes:
        """What makes two requests the same: the data, and the bytes of uploaded files."""
        seen = hashlib.sha256()
        for name in sorted(request.data):
            value = request.data[name]
            seen.update(name.encode())
            if hasattr(value, "chunks"):
                for chunk in value.chunks():
                    seen.update(chunk)
                value.seek(0)
            else:
                seen.update(repr(value).encode())
        return seen.digest()


class ObjectWrite(RegencyView, ABC, Generic[Subject]):
    """A write about one object: `found` looks it up, `body` is what is sent, `change` does it."""

    body: type[Serializer] | None = None

    @abstractmethod
    def found(self, pk: int) -> Subject:
        """The object in the scope; raises Http404."""

    @abstractmethod
    def change(self, subject: Subject, data: dict[str, Any]) -> Any:
        """Call the action; the answer is made of what it returns."""

    @abstractmethod
    def answer(self, subject: Subject, changed: Any) -> tuple[int, dict[str, Any]]:
        """Status and body of the answer."""

    def write(self, request: Request, pk: int) -> Response:
        """Look up, bind, change once, answer."""
        subject = self.found(pk)
        data = dict(self.heard(self.body)) if self.body else {}
        return self.once(request, lambda: self.answer(subject, self.change(subject, data)))
