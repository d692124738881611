"""Who works in a regency: list, invite, revoke."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions, queries
from accounts.access import door
from accounts.forms import RegencyInvitation
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


@require_POST
@door(Perm.MEMBERS_MANAGE)
def revoke(request: HttpRequest, membership_id: int) -> HttpResponse:
    """End a membership of this regency."""
    membership = get_object_or_404(queries.members_of(request.regency), pk=membership_id)
    actions.revoke_membership(by=request.actor, membership=membership)
    messages.success(request, _("Peran dicabut."))
    return redirect("accounts:members", request.regency.slug)


@require_POST
@door(Perm.MEMBERS_MANAGE)
def revoke_invitation(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(queries.open_invitations(request.regency), pk=invitation_id)
    actions.revoke_invitation(by=request.actor, invitation=invitation)
    messages.success(request, _("Undangan dibatalkan."))
    return redirect("accounts:members", request.regency.slug)
