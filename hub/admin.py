from django import forms
from django.contrib import admin
from django.db import models

from profiles.admin_base import CityFilter, CityRowAdmin

from .models import Resource


@admin.register(Resource)
class ResourceAdmin(CityRowAdmin):
    fields = ("city", "title", "url", "summary", "topics", "year", "language")
    list_display = ("title", "city", "year")
    list_select_related = ("city",)
    list_filter = (CityFilter, "topics")
    search_fields = ("title", "summary")
    formfield_overrides = {
        **CityRowAdmin.formfield_overrides,
        models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
    }
