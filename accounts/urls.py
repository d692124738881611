"""Addresses of accounts: the person's own pages, a regency's members, the platform."""

from django.urls import path

from accounts import member_views, platform_views, views

app_name = "accounts"
urlpatterns = [
    path("profil/", views.profile, name="profile"),
    path("profil/token/", views.create_token, name="create_token"),
    path("profil/token/<int:token_id>/cabut/", views.revoke_token, name="revoke_token"),
    path("ganti-peran/", views.switch, name="switch"),
    path("perpanjang-sesi/", views.extend, name="extend"),
    path("undangan/<str:text>/", views.accept, name="accept"),
    path("r/<slug:regency>/pengguna/", member_views.members, name="members"),
    path("r/<slug:regency>/pengguna/undang/", member_views.invite, name="invite"),
    path(
        "r/<slug:regency>/pengguna/<int:membership_id>/cabut/",
        member_views.revoke,
        name="revoke_member",
    ),
    path(
        "r/<slug:regency>/pengguna/undangan/<int:invitation_id>/batal/",
        member_views.revoke_invitation,
        name="revoke_invitation",
    ),
    path("pengelola/", platform_views.regencies, name="regencies"),
    path("pengelola/kabupaten/<slug:slug>/", platform_views.regency, name="regency"),
    path("pengelola/cabang/", platform_views.branches, name="branches"),
    path("pengelola/cabang/baru/", platform_views.branch, name="branch_new"),
    path("pengelola/cabang/<int:branch_id>/", platform_views.branch, name="branch"),
    path("pengelola/pengguna/", platform_views.people, name="people"),
    path("pengelola/pengguna/undang/", platform_views.invite, name="platform_invite"),
    path("pengelola/kesehatan/", platform_views.health, name="health"),
]
