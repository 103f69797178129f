from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("account/mails/", views.Choices.as_view(), name="choices"),
    path("account/mails/stop/<str:token>/", views.Stop.as_view(), name="stop"),
    path("account/questions/", views.Questions.as_view(), name="questions"),
    # In development alone: they answer 404 elsewhere.
    path("mails/", views.ShownMails.as_view(), name="shown_mails"),
    path("mails/<int:mail_id>/", views.ShownMail.as_view(), name="shown_mail"),
    path("mails/<int:mail_id>/html/", views.ShownHTML.as_view(), name="shown_html"),
]
