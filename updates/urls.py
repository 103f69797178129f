from django.urls import path

from . import views

app_name = "updates"
urlpatterns = [path("asked/<str:token>/", views.Asked.as_view(), name="asked")]
