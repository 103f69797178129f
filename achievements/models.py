from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models import CatalogueRow


class Fact(models.TextChoices):
    """What `achievements.facts.facts_of` counts about a city."""

    ABOUT = "about", _("has a text about the city")
    ABOUT_LENGTH = "about_length", _("characters in the text about the city")
    POPULATION = "population", _("has a population figure")
    POPULATION_YEAR = "population_year", _("has a year for the population figure")
    LOCATION = "location", _("has a location on the map")
    HEAD_OF_GOVERNMENT = "head_of_government", _("names the head of government")
    HEAD_TITLE = "head_title", _("gives the title of the head of government")
    HEAD_STATEMENT = "head_statement", _("has a statement of the head of government")
    AREA = "area", _("has an area")
    WEBSITE = "website", _("links a website")
    STEP_ITEMS = "step_items", _("items on steps of the Nature Pathway")
    STEPS_WITH_ITEMS = "steps_with_items", _("steps of the Nature Pathway with items")
    STEPS_DONE = "steps_done", _("steps of the Nature Pathway that are done")
    RESOURCES = "resources", _("published resources in the hub")
    RESOURCE_TOPICS = "resource_topics", _("topics of the published resources in the hub")
    RESOURCE_KINDS = "resource_kinds", _("kinds of published resources in the hub")
    RESOURCES_WITH_FILE = "resources_with_file", _("published resources that are files")
    ASSESSMENTS = "assessments", _("assessments by the City Biodiversity Index")
    INDICATORS_SCORED = "indicators_scored", _("indicators with points in one assessment")
    COMPONENTS_STARTED = "components_started", _("components with points in one assessment")
    COMMITMENTS = "commitments", _("commitments made")
    COMMITMENT_AREAS = "commitment_areas", _("action areas with a commitment")
    ACTIONS = "actions", _("actions")
    BASELINES = "baselines", _("actions with a starting point")
    TARGETS = "targets", _("targets")
    PROGRESS_REPORTS = "progress_reports", _("progress reports")


class Rule(CatalogueRow):
    """One condition for a level: a fact about the city must reach the threshold.

    `name` states the condition in words. The official rules are not public; these are our own.
    """

    class Category(models.TextChoices):
        PROFILE = "profile", _("Profile awards")
        PATHWAY = "pathway", _("The Nature Pathway")
        HUB = "hub", _("Tools & resources hub")
        ACTIONS = "actions", _("Action Platform")
        CBI = "cbi", _("City Biodiversity Index")

    class Level(models.TextChoices):
        STARTER = "starter", _("Starter")
        FRONTRUNNER = "frontrunner", _("Frontrunner")
        STAR = "star", _("Star")

    category = models.CharField(_("category"), max_length=20, choices=Category)
    level = models.CharField(_("level"), max_length=20, choices=Level)
    fact = models.CharField(_("fact"), max_length=40, choices=Fact)
    threshold = models.PositiveIntegerField(_("threshold"), default=1)

    class Meta(CatalogueRow.Meta):
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
