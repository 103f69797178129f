from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a resource is."""

    PLAN = "plan", _("plan or strategy")
    POLICY = "policy", _("policy or law")
    REPORT = "report", _("report")
    CASE_STUDY = "case-study", _("case study")
    GUIDE = "guide", _("guide")
    TOOL = "tool", _("tool")
    DATA_SET = "data-set", _("data set")
    MAP = "map", _("map")
    VIDEO = "video", _("video")
    EVENT = "event", _("event")
