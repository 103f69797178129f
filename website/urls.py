from django.urls import path

from . import views

app_name = "website"
urlpatterns = [
    path("", views.HomePage.as_view(), name="home"),
    path("cities/", views.CityList.as_view(), name="city_list"),
    path("cities/<slug:slug>/", views.CityPage.as_view(), name="city"),
    path("cities/<slug:slug>/profile.pdf", views.CityPDF.as_view(), name="city_pdf"),
    path("cities/<slug:slug>/profile.json", views.CityJSON.as_view(), name="city_json"),
]
