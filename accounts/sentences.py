"""What happened with people who sign in, in words."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "member.invited": _("%(actor)s mengundang %(name)s sebagai %(role)s"),
    "member.joined": _("%(name)s menerima undangan sebagai %(role)s"),
    "member.revoked": _("%(actor)s mencabut peran %(role)s dari %(name)s"),
    "invitation.revoked": _("%(actor)s membatalkan undangan bagi %(name)s sebagai %(role)s"),
    "regency.activated": _("%(actor)s membuka %(name)s untuk dipakai"),
}
