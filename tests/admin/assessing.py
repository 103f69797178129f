"""The pages of an assessment, and what is posted from them."""

from django.urls import reverse

NATURE, SERVICES, GOVERNANCE = (
    "2021-native-biodiversity",
    "2021-ecosystem-services",
    "2021-governance",
)


def part(assessment, component=NATURE, view="part"):
    return reverse(f"admin:cbi_assessment_{view}", args=[assessment.pk, component])


def typed(number, **fields):
    """Fields of the indicator's form as they are posted; inputs begin with `input_`."""
    return {f"i{number}-{name}": value for name, value in fields.items()}


def own(number, points, reason="The survey says so.", evidence="The survey."):
    return typed(number, own_points=points, reason=reason, evidence=evidence)
