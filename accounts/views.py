"""A person's own pages: home, the choice of a role, the session, tokens, invitations."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions
from accounts.access import SESSION_MEMBERSHIP
from accounts.forms import Acceptance, TokenForm
from accounts.models import ApiToken, Membership, User
from accounts.roles import Role
from regions.models import Regency

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def _own_memberships(user: User):
    return (
        Membership.objects.current()
        .filter(user=user)
        .select_related("regency", "village", "health_centre", "branch")
        .order_by("id")
    )


def _place_of(membership: Membership, slug: str = "") -> Regency | None:
    """The regency that a membership leads to: its own, or one that its branch serves."""
    if membership.regency:
        return membership.regency if membership.regency.active else None
    if membership.branch is None:
        return None
    served = membership.branch.regencies.filter(active=True).order_by("name")
    return served.filter(slug=slug).first() if slug else served.first()


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Send a person to where the chosen membership, or else the first one, leads."""
    chosen = request.session.get(SESSION_MEMBERSHIP)
    found = sorted(_own_memberships(request.user), key=lambda each: each.pk != chosen)
    for each in found:
        if each.role == Role.PLATFORM_OPERATOR:
            return redirect("accounts:regencies")
        if place := _place_of(each):
            return redirect("reports:dashboard", place.slug)
    return render(request, "accounts/no_membership.html")


@login_required
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Take on another of one's own roles; `membership` is its id, with `:slug` for a branch."""
    number, _colon, slug = request.POST.get("membership", "").partition(":")
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        raise Http404
    membership = get_object_or_404(_own_memberships(request.user), pk=int(number))
    request.session[SESSION_MEMBERSHIP] = membership.pk
    if membership.role == Role.PLATFORM_OPERATOR:
        return redirect("accounts:regencies")
    place = _place_of(membership, slug)
    return redirect("reports:dashboard", place.slug) if place else redirect("home")


@login_required
@require_POST
def extend(request: HttpRequest) -> HttpResponse:
    """Start the session's time anew; pages ask in place, a plain form goes back home."""
    request.session.modified = True
    if request.headers.get("X-Requested-With") or request.headers.get("Sec-Fetch-Mode") == "cors":
        return HttpResponse(status=204)
    return redirect("home")


@login_required
@require_safe
@never_cache
def profile(request: HttpRequest) -> HttpResponse:
    """One's own roles, sign-in security and API tokens."""
    return _profile(request, TokenForm())


def _profile(request: HttpRequest, form: TokenForm, shown: str = "", status: int = 200):
    context = {
        "form": form,
        "shown": shown,
        "tokens": ApiToken.objects.filter(user=request.user, revoked_at=None).order_by("-id"),
        "own_memberships": _own_memberships(request.user),
    }
    return render(request, "accounts/profile.html", context, status=status)


@login_required
@require_POST
@never_cache
def create_token(request: HttpRequest) -> HttpResponse:
    """Make a token and show it this once."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _profile(request, form, status=422)
    _token, text = actions.create_token(by=request.user, name=form.cleaned_data["name"])
    return _profile(request, TokenForm(), shown=text)


@login_required
@require_POST
def revoke_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """End one's own token."""
    token = get_object_or_404(ApiToken, pk=token_id, user=request.user)
    actions.revoke_token(by=request.user, token=token)
    messages.success(request, _("Token dicabut."))
    return redirect("accounts:profile")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@never_cache
def accept(request: HttpRequest, text: str) -> HttpResponse:
    """Accept an invitation: somebody new sets a password, somebody known signs in first."""
    invitation = actions.find_invitation(text)
    if invitation is None:
        return render(request, "accounts/invitation_over.html", status=404)
    known = User.objects.filter(email=invitation.email).first()
    if known and request.user != known:
        return redirect_to_login(request.path)
    form = None if known else Acceptance(request.POST or None, initial={"name": invitation.name})
    if request.method == "POST" and (form is None or form.is_valid()):
        given = form.cleaned_data if form else {"name": "", "password": ""}
        membership = actions.accept_invitation(
            by=None, text=text, name=given["name"], password=given["password"]
        )
        if not known:
            login(request, membership.user, backend=BACKEND)
        request.session[SESSION_MEMBERSHIP] = membership.pk
        return redirect("home")
    context = {"invitation": invitation, "form": form, "role": Role(invitation.role).label}
    return render(request, "accounts/accept.html", context)
