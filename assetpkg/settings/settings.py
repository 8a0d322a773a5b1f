"""What a project has settled for all calls: each setting is a field here, declared once for every source."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from assetpkg.diagnostics.model import Rule, Severity
from assetpkg.errors import InvalidOption
from assetpkg.limits import Limits, complete_limits
from assetpkg.settings import table
from assetpkg.settings.table import FAIL_ON, NEVER, row, settings_of

if TYPE_CHECKING:
    from datetime import date

    from assetpkg.layouts.declaration import LayoutFile
    from assetpkg.rules.allows import Allow
    from assetpkg.rules.judge import Judge
    from assetpkg.rules.plugins import Plugins
    from assetpkg.rules.policy import Policy, Prefixes
    from assetpkg.rules.team_plan import PlanRule
    from assetpkg.settings.targets import NamedTarget


_READ_LATER = ("baseline", "today")


class Doubt(NamedTuple):
    """The beginning of a code that no rule of assetpkg has; and where it was said, as the beginning of a sentence."""

    prefix: str
    where: str


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What one source says, or several laid over each other; `None` and empty tables are what nobody has said.

    `folder` is the project's: that of the file, which the paths of `schemas` are relative to; those of `baseline`,
    `layouts` and `targets` are relative to where the command runs. `doubts` are codes that only a plug-in can know.
    """

    select: "Prefixes | None" = field(
        default=None,
        metadata=row(
            "select",
            "Only these rules: prefixes of codes, separated by commas.",
            'select = ["PKG", "RSC"]',
            table.read_codes,
            words=table.all_words,
            metavar="CODES",
        ),
    )
    ignore: "Prefixes | None" = field(
        default=None,
        metadata=row(
            "ignore",
            "Not these rules: prefixes of codes, separated by commas.",
            'ignore = ["RSC016"]',
            table.read_codes,
            words=table.all_words,
            metavar="CODES",
        ),
    )
    fail_on: Severity | Literal["never"] | None = field(
        default=None,
        metadata=row(
            "fail-on",
            "The least severity that makes the exit status 1; never: no finding does.  [default: risk]",
            'fail-on = "warning"',
            table.read_threshold,
            words=table.last_word,
            choices=FAIL_ON,
        ),
    )
    severities: Mapping[str, Severity] = field(
        default_factory=_nothing,
        metadata=row(
            "severity",
            "Give rules, by a prefix of their codes, another severity: error, risk, warning or info.",
            'severity = { RSC016 = "warning" }',
            table.read_severities,
            words=table.named_values,
            metavar="CODE=LEVEL",
            lay=table.lay_severities,
        ),
    )
    per_kind: "Mapping[str, Prefixes]" = field(
        default_factory=_nothing,
        metadata=row(
            "per-kind-ignores",
            "Not these rules for the resources of a kind.",
            'per-kind-ignores = { topic = ["RSC016"] }',
            table.read_kinds,
            words=table.named_codes,
            metavar="KIND:CODES",
            separator=";",
        ),
    )
    per_path: "Mapping[str, Prefixes]" = field(
        default_factory=_nothing,
        metadata=row(
            "per-path-ignores",
            "Not these rules for files of the package that match a pattern, for example 'apis/Legacy/**'.",
            'per-path-ignores = { "apis/Legacy/**" = ["RSC"] }',
            table.read_patterns,
            words=table.named_codes,
            metavar="PATTERN:CODES",
            separator=";",
        ),
    )
    allow: "tuple[Allow, ...] | None" = field(
        default=None,
        metadata=row(
            "allow",
            "Findings that are accepted, each by its rule and its place, with a reason, and if wanted a last day.",
            '[[allow]]\ncode = "SEC003"\naddress = "datasource/legacy-*"\nreason = "rotated every day"',
            table.read_allows,
        ),
    )
    baseline: str | None = field(
        default=None,
        metadata=row(
            "baseline",
            "Accept the findings in this file, which --write-baseline makes, and report what of them is fixed.",
            'baseline = "baseline.json"',
            table.read_baseline_file,
            words=table.last_word,
            metavar="FILE",
            what="the baseline",
        ),
    )
    assumptions: Mapping[str, str] = field(
        default_factory=_nothing,
        metadata=row(
            "assume",
            "Give an open question another answer than the default.",
            'assume = { merge-existing = "keep" }',
            table.read_assumptions,
            words=table.named_values,
            metavar="NAME=VALUE",
        ),
    )
    schemas: Mapping[str, str] = field(
        default_factory=_nothing,
        metadata=row(
            "schemas",
            "JSON Schemas of your own for the resources of a kind.",
            'schemas = { topic = "schemas/topic.json" }',
            table.read_schema_files,
        ),
    )
    layouts: Mapping[str, str] = field(
        default_factory=_nothing,
        metadata=row(
            "layouts",
            "A layout file, which says where another program's archives have their resources.",
            'layouts = { export = "layouts/export.toml" }',
            table.read_layout_files,
            option="layout",
            words=table.named_by_themselves,
            metavar="FILE",
            what="a layout file",
            separator=os.pathsep,
        ),
    )
    limits: Mapping[str, int] = field(
        default_factory=_nothing,
        metadata=row(
            "limits",
            "Read more, or less, than by default, for example 'entry=128MiB'; 'assetpkg help settings' has the names.",
            'limits = { entry = "128 MiB" }',
            table.read_limits,
            option="limit",
            words=table.named_values,
            metavar="NAME=VALUE",
        ),
    )
    utf8_names: bool | None = field(
        default=None,
        metadata=row(
            "assume-utf8-names",
            "The same as --names-encoding utf-8.",
            "assume-utf8-names = true",
            table.read_switch,
            words=table.switched,
        ),
    )
    encoding: str | None = field(
        default=None,
        metadata=row(
            "names-encoding",
            "How names in a zip are read that are not ASCII, and not marked as UTF-8: gbk, big5, shift-jis and others.",
            'names-encoding = "gbk"',
            table.read_encoding,
            words=table.last_word,
            metavar="ENCODING",
        ),
    )
    jobs: int | None = field(
        default=None,
        metadata=row(
            "jobs",
            "How many processes share the work.  [default: one for each processor, where the work is large]",
            "jobs = 1",
            table.read_jobs,
            words=table.last_number,
            metavar="N",
        ),
    )
    plan_rules: "tuple[PlanRule, ...] | None" = field(
        default=None,
        metadata=row(
            "plan-rules",
            "What your team asks of every plan.",
            '[[plan-rules]]\nname = "no new applications"\nkinds = ["application"]\nat-most = 0',
            table.read_plan_rules,
        ),
    )
    plugins: "Plugins | None" = field(
        default=None,
        metadata=row(
            "plugins",
            "A Python module with rules of your own, which is installed beside assetpkg; it is run.",
            'plugins = ["acme_rules"]',
            table.read_plugins,
            option="plugin",
            words=table.all_words,
            metavar="MODULE",
            separator=",",
        ),
    )
    targets: "Mapping[str, NamedTarget]" = field(
        default_factory=_nothing,
        metadata=row(
            "targets",
            "Names for --target: the snapshot of an instance, and how packages are adapted and imported into it.",
            '[targets.production]\nsnapshot = "snapshots/production.json"\nmode = "Merge"',
            table.read_named_targets,
        ),
    )
    folder: Path = Path()
    doubts: tuple[Doubt, ...] = ()

    def over(self, below: "Settings") -> "Settings":
        """Return both together, each setting laid as its row says; the folder is that of the schemas."""
        laid = {
            each.field: each.lay(getattr(self, each.field), getattr(below, each.field)) for each in SETTINGS.values()
        }
        laid["doubts"] = (*self.doubts, *below.doubts)
        if not self.schemas or self.folder == below.folder:
            return Settings(**laid, folder=below.folder)
        # Paths are relative to one folder: what is below cannot be reached from it.
        return Settings(**{**laid, "schemas": self.schemas}, folder=self.folder)

    @property
    def threshold(self) -> Severity | None:
        """The least severity that makes a command fail; `None` where no finding does."""
        return None if self.fail_on == NEVER else Severity(self.fail_on or Severity.RISK)

    @property
    def reading_limits(self) -> Limits:
        """How much is read."""
        return complete_limits(self.limits)

    @property
    def names_encoding(self) -> str | None:
        """How names in a zip are read that are not ASCII, and not marked as UTF-8; `None` refuses them."""
        return self.encoding or ("utf-8" if self.utf8_names else None)

    @property
    def policy(self) -> "Policy":
        """Which findings count, and how much: what the settings say of each field that it has."""
        from assetpkg.rules.policy import Policy

        # The file of a baseline is read only where packages and plans are judged.
        said: dict[str, Any] = {name: getattr(self, name) for name in Policy._fields if name not in _READ_LATER}
        return Policy(**{name: value for name, value in said.items() if value})

    @property
    def catalogue(self) -> "Mapping[str, Rule]":
        """Every rule by its code, those of plug-ins among them; raises `InvalidOption` for one that cannot be used."""
        from assetpkg.rules.plugins import catalogue_with

        return catalogue_with(self.plugins or ())

    def without_plugins(self) -> "Settings":
        """Return the same without plug-ins; codes that only these can know are passed over."""
        return replace(self, plugins=None, doubts=())

    def refuse_doubts(self) -> None:
        """Raise `InvalidOption` for a code that no rule has, of assetpkg or of a plug-in, which is loaded for that."""
        if not self.doubts:
            return
        from assetpkg.rules.codes import refuse_unknown

        known = self.catalogue
        for prefix, where in self.doubts:
            try:
                refuse_unknown(prefix, known)
            except InvalidOption as error:
                raise InvalidOption(f"{where}{error}") from None

    def read_layouts(self) -> "tuple[LayoutFile, ...]":
        """Return the layouts that are taught; raises `CannotRead` and `InvalidOption` for a file that is not one."""
        if not self.layouts:
            return ()
        from assetpkg.layouts.reading import read_layout

        return tuple(read_layout(path) for path in dict.fromkeys(self.layouts.values()))

    def read_judge(self, today: "date | None" = None) -> "Judge":
        """Return by what packages and plans are judged, on the day that it is.

        Raises `InvalidOption` for a schema or a plug-in that cannot be used, and `CannotRead` for what is no baseline.
        """
        from assetpkg.rules.judge import Judge

        if self.plugins:
            _ = self.catalogue  # which says what is wrong with one of them
        self.refuse_doubts()
        policy = self.policy._replace(today=today)
        if self.baseline:
            from assetpkg.rules.baseline import read_baseline

            policy = policy._replace(baseline=read_baseline(self.baseline, self.reading_limits))
        if not self.schemas:
            return Judge(policy)
        from assetpkg.json_schema.team import TeamSchemas

        return Judge(policy, TeamSchemas.read(self.schemas, self.folder))


SETTINGS = settings_of(fields(Settings))
"""The settings by their keys, in the order in which they are declared."""
