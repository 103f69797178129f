from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

handler500 = "citiesnature.outages.server_error"

urlpatterns = i18n_patterns(
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("notices.urls")),
    path("", include("updates.urls")),
    path("", include("website.urls")),
    prefix_default_language=False,
)
