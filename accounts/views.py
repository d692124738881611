"""Home, the choice of a role, invitations, tokens and members."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import Membership


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Send a person to the first regency that a membership opens."""
    memberships = Membership.objects.current().filter(user=request.user).select_related("regency")
    for each in memberships:
        regency = each.regency or (each.branch.regencies.first() if each.branch else None)
        if regency:
            return redirect("reports:dashboard", regency.slug)
    return render(request, "accounts/no_membership.html")
