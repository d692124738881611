"""Every address: public pages, the platform, the regencies and their API."""

from django.conf import settings
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from accounts.views import home
from core.health import livez, readyz

REGENCY = [
    path("", include("reports.urls")),
    path("", include("cadres.urls")),
    path("", include("enrollment.urls")),
    path("", include("budgets.urls")),
    path("", include("claims.urls")),
    path("", include("audit.urls")),
]
API = [
    path("", include("cadres.api_urls")),
    path("", include("enrollment.api_urls")),
    path("", include("budgets.api_urls")),
    path("", include("claims.api_urls")),
    path("", include("reports.api_urls")),
]

urlpatterns = [
    path("", home, name="home"),
    path("livez", livez),
    path("readyz", readyz),
    path("bahasa/", include("django.conf.urls.i18n")),
    path("akun/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("k/", include("enrollment.public_urls")),
    path("b/", include("reports.public_urls")),
    path("antrean/", include("enrollment.branch_urls")),
    path("keluarga/", include("cadres.public_urls")),
    path("r/<slug:regency>/", include(REGENCY)),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/v1/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="api"),
    path("api/v1/branch/", include("enrollment.branch_api_urls")),
    path("api/v1/r/<slug:regency>/", include(API)),
]
if settings.DEBUG:
    from core.components_page import components

    urlpatterns.append(path("komponen/", components, name="components"))
