"""Who works in a regency: list, invite, revoke."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import actions, queries
from accounts.access import door
from accounts.forms import RegencyInvitation
from accounts.models import Invitation, Membership, User
from accounts.roles import INVITABLE, Perm, Role
from core.errors import DomainError


@require_safe
@door(Perm.MEMBERS_MANAGE)
def members(request: HttpRequest) -> HttpResponse:
    """Everybody with a role here, and the invitations that wait."""
    page = Paginator(queries.members_of(request.regency), 50).get_page(request.GET.get("page"))
    mine = INVITABLE[Role(request.actor.role)]
    for each in page.object_list:
        each.revocable = (
            each.role in mine and each.user_id != request.actor.id and each.regency_id is not None
        )
    context = {"page": page, "invitations": queries.open_invitations(request.regency)[:50]}
    for each in context["invitations"]:
        each.role_label = Role(each.role).label
        each.revocable = each.role in mine
    return render(request, "accounts/members.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.MEMBERS_MANAGE)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody of one's own regency by e-mail."""
    form = RegencyInvitation(request.POST or None, actor=request.actor, regency=request.regency)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite(by=request.actor, regency=request.regency, **form.cleaned_data)
        except DomainError as error:
            if not error.fields:
                raise
            for name, text in error.fields.items():
                form.add_error(name if name in form.fields else None, text)
        else:
            messages.success(request, _("Undangan dikirim lewat surel."))
            return redirect("accounts:members", request.regency.slug)
    status = 422 if form.is_bound else 200
    return render(request, "accounts/invite.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.MEMBERS_MANAGE)
def revoke(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Say what ends with a membership of this regency, then end it."""
    membership = get_object_or_404(queries.members_of(request.regency), pk=membership_id)
    if request.method == "POST":
        actions.revoke_membership(by=request.actor, membership=membership)
        messages.success(request, _("Peran dicabut."))
        return redirect("accounts:members", request.regency.slug)
    actions.require_revocable(request.actor, membership)
    name = {"name": membership.user.name}
    effects = [
        _("%(name)s tidak dapat lagi membuka wilayah ini dengan peran ini, mulai saat ini.") % name,
        _("Token API miliknya tidak lagi membuka wilayah ini dengan peran ini."),
        _("Semua yang pernah dicatat %(name)s tetap tersimpan atas namanya.") % name,
        _("Peran yang sama dapat diberikan lagi dengan undangan baru."),
    ]
    return _confirm(request, membership, membership.user, _("Cabut peran"), effects)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Perm.MEMBERS_MANAGE)
def revoke_invitation(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Say what becomes of an invitation, then take it back."""
    invitation = get_object_or_404(queries.open_invitations(request.regency), pk=invitation_id)
    if request.method == "POST":
        actions.revoke_invitation(by=request.actor, invitation=invitation)
        messages.success(request, _("Undangan dibatalkan."))
        return redirect("accounts:members", request.regency.slug)
    actions.require_revocable(request.actor, invitation)
    effects = [
        _("Tautan dalam surel kepada %(email)s tidak dapat dipakai lagi.")
        % {"email": invitation.email},
        _("%(name)s tidak diberi tahu lewat surel.") % {"name": invitation.name},
        _("Orang yang sama dapat diundang lagi."),
    ]
    return _confirm(request, invitation, invitation, _("Batalkan undangan"), effects)


def _confirm(
    request: HttpRequest,
    held: Membership | Invitation,
    person: User | Invitation,
    submit: str,
    effects: list[str],
) -> HttpResponse:
    """The page between a button and its deed: what will happen to whom."""
    context = {
        "held": held,
        "person": person,
        "role_label": Role(held.role).label,
        "submit": submit,
        "effects": effects,
        "back": reverse("accounts:members", args=[request.regency.slug]),
    }
    return render(request, "accounts/revoke.html", context)
