"""What a plan is bound to beside package and target: options, assumptions, and the rules that judged it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from assetpkg import __version__
from assetpkg.planning.assumptions import ASSUMPTIONS
from assetpkg.planning.options import ImportOptions
from assetpkg.report.check import SeverityWord
from assetpkg.report.shape import shape
from assetpkg.rules.judge import Judge

if TYPE_CHECKING:
    from assetpkg.rules.plugins import Plugin
    from assetpkg.rules.team_plan import PlanRule


@shape
class PolicyReport:
    """Which rules counted, and how much; codes stand for all that begin with them."""

    select: Sequence[str]
    """Only these; empty for all."""
    ignore: Sequence[str]
    """Not these."""
    severity: dict[str, SeverityWord]
    """The severities that were not the rules' own."""
    per_kind_ignores: dict[str, Sequence[str]]
    """Not these for the resources of a kind."""
    per_path_ignores: dict[str, Sequence[str]]
    """Not these for the entries that a pattern fits."""
    plan_rules: dict[str, str]
    """The digests of what the team asks of plans, by its name."""
    allow: dict[str, str]
    """The digests of what the settings accept, by the rule and the place of each."""
    plugins: dict[str, str] = field(default_factory=dict)
    """The digests of the plug-ins with their rules, by their names."""
    baseline: Sequence[str]
    """The digest of the baseline; empty where there is none."""
    schemas: dict[str, str]
    """The digests of the team's own schemas, with all that they refer to, by kind."""


@shape
class BindingReport:
    """What `assetpkg verify` holds a saved plan against, beside the digests of package and target."""

    tool_version: str
    """The version of assetpkg that made the plan."""
    options: str
    """The digest of mode, prefix and data source overwrite."""
    assumptions: str
    """The digest of every assumption with the answer that was assumed."""
    defaults: dict[str, str]
    """Every assumption with the answer that this assetpkg assumes unless told otherwise."""
    rule_set: str
    """The digest of the codes, names and severities of all rules."""
    policy: PolicyReport
    """Which of them counted, and how much."""


def report_binding(options: ImportOptions, judge: Judge, *, rules_wanted: bool = True) -> BindingReport:
    """Return the report of what a plan with these options is bound to; for the rules, all families are loaded."""
    rules = judge.policy.catalogue.values() if rules_wanted else ()
    return BindingReport(
        tool_version=__version__,
        options=digest_options(options.mode.value, options.prefix, overwrite=options.datasource_overwrite),
        assumptions=digest_assumptions(options.assumptions),
        defaults={name: known.default for name, known in ASSUMPTIONS.items()},
        rule_set=_digest([[rule.code, rule.slug, rule.severity.value] for rule in rules]) if rules_wanted else "",
        policy=_policy(judge),
    )


def digest_options(mode: str, prefix: str, *, overwrite: bool) -> str:
    """Return the SHA-256 of mode, prefix and data source overwrite."""
    return _digest([mode, prefix, overwrite])


def digest_assumptions(answers: Mapping[str, str]) -> str:
    """Return the SHA-256 of every assumption with its answer."""
    return _digest(sorted(answers.items()))


def _policy(judge: Judge) -> PolicyReport:
    policy = judge.policy
    schemas = judge.schemas.by_kind if judge.schemas else {}
    return PolicyReport(
        select=policy.select,
        ignore=policy.ignore,
        severity={prefix: severity.value for prefix, severity in sorted(policy.severities.items())},
        per_kind_ignores={kind: list(codes) for kind, codes in sorted(policy.per_kind.items())},
        per_path_ignores={pattern: list(codes) for pattern, codes in sorted(policy.per_path.items())},
        plan_rules={
            name: _digest([_words(plan_rule) for plan_rule in policy.plan_rules if plan_rule.name == name])
            for name in sorted({plan_rule.name for plan_rule in policy.plan_rules})
        },
        allow={
            words: _digest([[*map(str, allow)] for allow in policy.allow if allow.words == words])
            for words in sorted({allow.words for allow in policy.allow})
        },
        plugins={plugin.name: _plugin(plugin) for plugin in policy.plugins},
        baseline=[] if policy.baseline is None else [_digest(policy.baseline.model_dump())],
        # By content alone: where a project's folder is says nothing.
        schemas={
            kind: _digest([schema.documents[address] for address in sorted(schema.documents)])
            for kind, schema in sorted(schemas.items())
        },
    )


def _plugin(plugin: "Plugin") -> str:
    """Return the digest of what a plug-in declares, and of the files in which its rules are."""
    from assetpkg.rules.plugins import sources_of

    rules = [[rule.code, rule.slug, rule.severity.value, rule.page] for rule in plugin.rules]
    return _digest([rules, list(sources_of(plugin))])


def _words(plan_rule: "PlanRule") -> list[Any]:
    """Return what a team asks as JSON has it."""
    return [*plan_rule._replace(actions=()), [action.word for action in plan_rule.actions]]


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
