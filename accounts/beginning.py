"""How the first platform operator gets in: made on the server's own console."""

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from accounts.roles import Role
from core.errors import DomainError


@transaction.atomic
def create_first_operator(*, email: str, name: str, password: str) -> Membership:
    """Make an account with the role of platform operator, for a new installation only.

    Raises DomainError once there is a platform operator (who invites everybody else), and when
    the address already has an account.
    """
    with connection.cursor() as cursor:  # two consoles at once must not both find nobody
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('first platform operator'))")
    if Membership.objects.filter(role=Role.PLATFORM_OPERATOR).exists():
        raise DomainError("operator_exists", _("Sudah ada pengelola sistem; mintalah undangannya."))
    if User.objects.filter(email=email.strip().lower()).exists():
        raise DomainError("email_taken", _("Alamat ini sudah punya akun."))
    user = User.objects.create_user(email.strip(), password, name=name.strip())
    return Membership.objects.create(user=user, role=Role.PLATFORM_OPERATOR)
