"""By what a city is found in lists: the rows of `PublicFacet`, made of what it has published."""

from actions.models import Statement
from catalogue.languages import canonical_tag
from cbi.assessed import assessments_of, indicators_by_edition
from pathway.read_tables import with_items
from pathway.step_state import step_states
from profiles.models import PublicFacet
from profiles.read_tables import ReadTable, register
from profiles.sizes import size_of

Facet = PublicFacet.Facet

ANY = "any"
"""Under the filter of the index: an assessment by whatever edition."""


def facet_rows(published):
    """The rows of these cities. Two queries."""
    for one, items in with_items(published):
        for facet, codes in codes_of(one, items).items():
            for code in sorted(codes):
                yield PublicFacet(city_id=one.city.pk, facet=facet, code=code)


def codes_of(one, items):
    """Facet → the codes of a `Published`; `items`: those on the steps that readers may see."""
    record, catalogue = one.record, one.catalogue
    country = one.city.country
    editions = assessments_of(record, indicators_by_edition(catalogue))
    return {
        Facet.COUNTRY: {country.code},
        Facet.REGION: {country.region.code} if country.region else set(),
        Facet.SIZE: {size_of(record.city.population)},
        Facet.LANGUAGE: {canonical_tag(record.city.language)},
        Facet.COMMITMENT: commitments_of(record, catalogue),
        Facet.TARGET: targets_of(record.actions.actions, catalogue),
        Facet.FIGURE: targets_of(filter(has_figure, record.actions.actions), catalogue),
        Facet.AWARD: {f"{category}.{level}" for category, level in one.city.levels.items()},
        Facet.INDEX: {ANY, *editions} if editions else set(),
        Facet.PHASE: phases_of(record.pathway, items, catalogue),
    }


def commitments_of(record, catalogue):
    """The commitments that the city has made, and those under which it acts."""
    made = {one.commitment for one in record.actions.commitments} & catalogue.commitments.keys()
    return made | {kind.commitment for kind in kinds_of(record.actions.actions, catalogue)}


def targets_of(actions, catalogue):
    """The numbers of the global targets to which these actions count."""
    codes = {code for kind in kinds_of(actions, catalogue) for code in kind.kmgbf_targets}
    return {str(catalogue.targets[code].number) for code in codes}


def kinds_of(actions, catalogue):
    """The types of these actions; those that are no longer in the catalogue do not count."""
    codes = {action.action_type for action in actions}
    return [catalogue.action_types[code] for code in codes & catalogue.action_types.keys()]


def phases_of(record, items, catalogue):
    """The numbers of the phases in which a step has begun."""
    begun = {step for step, state in step_states(record, items).items() if state.is_begun}
    phases = {catalogue.steps[step].phase for step in begun & catalogue.steps.keys()}
    return {str(catalogue.phases[phase].number) for phase in phases}


def has_figure(action):
    return any(value.number is not None for one in action.statements for value in one.values)


def counts_of(record):
    """What the card says of commitments and actions, as fields of `PublicCity`."""
    actions = record.actions.actions
    targets = [[s for s in one.statements if s.kind == Statement.Kind.TARGET] for one in actions]
    return {
        "action_count": len(actions),
        "commitment_count": len(record.actions.commitments),
        "start_count": sum(has_start(action) for action in actions),
        "target_count": sum(map(bool, targets)),
        "full_target_count": sum(any(map(is_full, of_one)) for of_one in targets),
    }


def has_start(action):
    return any(one.kind == Statement.Kind.BASELINE for one in action.statements)


def is_full(target):
    """Whether a target has a figure and a year."""
    return target.due_year is not None and any(one.number is not None for one in target.values)


register(ReadTable(PublicFacet, ("city_id", "facet", "code"), facet_rows))
