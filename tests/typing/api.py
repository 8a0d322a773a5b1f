# ruff: noqa: ERA001, T201 - the marks of the README's example look like code, and it prints
"""The README's example, which runs as a test, and calls that are only type-checked."""

from collections.abc import Iterable, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from os import PathLike
from pathlib import Path
from typing import Any, assert_type

# README: begin
import assetpkg

package = assetpkg.read("samples/order-center")
target = assetpkg.read_target("samples/production.json")

# The same package in both modes.
for mode in assetpkg.Mode:
    plan = assetpkg.plan(package, target, mode=mode, prefix="dev_")
    print(mode, plan.verdict, {action: number for action, number in plan.summary.items() if number})

# A data source that has another host over there.
source = package.document("datasource/mysql-orders")
changed = {**source, "content": {**source["content"], "host": "db.dev.example.com"}}
package = package.with_document("datasource/mysql-orders", changed)
assert not assetpkg.check(package)

# What is in the way, in the words of the rules.
plan = assetpkg.plan(package, target)
for change in plan.conflicts:
    print(change.address, *change.messages, sep="\n    ")

assetpkg.write(package, "order-center.zip")
# README: end


def every_way_to_name_a_place(text: str, path: Path, path_like: "PathLike[str]") -> None:
    for place in (text, path, path_like):
        assert_type(assetpkg.read(place), assetpkg.Package)
        assert_type(assetpkg.read_target(place, complete=False), assetpkg.Instance)
        assert_type(assetpkg.read_answers(place, complete=["application"]), assetpkg.Collected)
        assetpkg.write(package, place, store=True)
        assetpkg.unpack(package, place)


def what_many_packages_give(paths: Iterable[Path], executor: Executor) -> None:
    for checked in assetpkg.check_many(paths, executor=executor):
        assert_type(checked, assetpkg.Checked)
        assert_type(checked.diagnostics, tuple[assetpkg.Diagnostic, ...])
        assert_type(checked.failure, str | None)
    for planned in assetpkg.plan_many(paths, "target.json", mode="Merge", executor=ProcessPoolExecutor):
        assert_type(planned, assetpkg.Planned)
        assert_type(planned.verdict, assetpkg.Verdict | None)
        assert_type(planned.changes, tuple[assetpkg.Change, ...])
    assert_type(assetpkg.read("large.zip", executor=lambda: ProcessPoolExecutor(2)), assetpkg.Package)


def what_a_package_gives(found: assetpkg.Package) -> None:
    assert_type(found.resources, tuple[assetpkg.Resource, ...])
    assert_type(found.resource("topic/a").id_given, bool)
    assert_type(found.document("topic/a"), dict[str, Any])
    assert_type(found.digest, str)
    assert_type(found.understood, bool)
    assert_type(found.without("topic/a").with_document("topic/b", {"name": "b"}), assetpkg.Package)
    assert_type(assetpkg.Package.new("shop", asset_version="1.0"), assetpkg.Package)
    read_only: Mapping[str, str | int] = {"name": "a"}
    additions: Iterable[tuple[str, Mapping[str, str | int]]] = (("topic", read_only) for _ in range(2))
    assert_type(found.with_resources(additions), assetpkg.Package)


def what_a_copy_without_credentials_gives(found: assetpkg.Package, content: bytes) -> None:
    redaction = assetpkg.redact(found)
    assert_type(redaction.package, assetpkg.Package)
    assert_type(assetpkg.redact_snapshot(content, "target.json").content, bytes)
    for replacement in redaction.replaced:
        assert_type(replacement, assetpkg.Replacement)
        assert_type(replacement.placeholder, str | None)


def what_a_check_gives(found: assetpkg.Package) -> None:
    for diagnostic in assetpkg.check(found):
        assert_type(diagnostic, assetpkg.Diagnostic)
        assert_type(diagnostic.location, assetpkg.Location)
        assert_type(diagnostic.location.line, int | None)
        assert_type(diagnostic.severity.reaches(assetpkg.Severity.RISK), bool)


def what_a_plan_gives(found: assetpkg.Package, instance: assetpkg.Instance | None) -> None:
    made = assetpkg.plan(found, instance)
    assert_type(assetpkg.plan(found, options=assetpkg.ImportOptions(mode=assetpkg.Mode.MERGE)), assetpkg.Plan)
    assert_type(made.diagnostics, tuple[assetpkg.Diagnostic, ...])
    assert_type(made.verdict, assetpkg.Verdict)
    assert_type(made.count(assetpkg.Action.CREATE), int)
    for change in made.changes:
        assert_type(change, assetpkg.Change)
        assert_type(change.reason, assetpkg.Reason)
        assert_type(change.fields, tuple[assetpkg.FieldChange, ...])
        assert_type(change.depends_on, tuple[str, ...])


def what_an_import_ends_in(found: assetpkg.Package, instance: assetpkg.Instance, path: Path) -> None:
    made = assetpkg.plan(found, instance)
    outcome = made.apply()
    assert_type(outcome, assetpkg.Outcome)
    assert_type(outcome.created, tuple[str, ...])
    assert_type(assetpkg.plan(found, outcome.instance), assetpkg.Plan)
    assetpkg.write_snapshot(outcome.instance, path)
    way_back = made.undo()
    assert_type(way_back, assetpkg.Undo)
    assert_type(way_back.package, assetpkg.Package | None)
    assert_type(way_back.options, assetpkg.ImportOptions)


def what_a_job_tells(found: assetpkg.Package, instance: assetpkg.Instance | None, content: bytes) -> None:
    made = assetpkg.plan(found, instance)
    foreseen = made.prediction
    assert_type(foreseen, assetpkg.Prediction)
    assert_type(foreseen.reasons, tuple[assetpkg.FailingReason, ...])
    assert_type(foreseen.elsewhere, tuple[assetpkg.Elsewhere, ...])
    job = assetpkg.parse_job(content, "JOB.json")
    assert_type(job, assetpkg.Job)
    assert_type(job.reasons, tuple[assetpkg.JobReason, ...])
    assert_type(assetpkg.reconcile(foreseen, job), assetpkg.Reconciliation)


def what_two_packages_make(one: assetpkg.Package, other: assetpkg.Package) -> None:
    made = assetpkg.merge(one, other, prefer="a")
    assert_type(made, assetpkg.Merge)
    assert_type(made.package, assetpkg.Package | None)
    assert_type([clash.message for clash in made.clashes], list[str])
    assetpkg.merge(one, other, one, prefer="c")  # type: ignore[arg-type]


def what_is_left_to_people(found: assetpkg.Package, instance: assetpkg.Instance | None) -> None:
    made = assetpkg.plan(found, instance).checklist(assetpkg.Scenario.RECOVERY)
    assert_type(made, assetpkg.Checklist)
    assert_type([item.id for item in made.items], list[str])


def what_goes_wrong(place: str) -> str:
    try:
        assetpkg.write(assetpkg.read(place), place)
    except (assetpkg.CannotRead, assetpkg.CannotWrite, assetpkg.InvalidPackage) as error:
        return str(error)
    except (assetpkg.UnknownAddress, assetpkg.InvalidOption) as error:
        caught: assetpkg.AssetpkgError = error
        return str(caught)
    return ""


def what_must_not_be_accepted(found: assetpkg.Package) -> None:
    """Every line is wrong, and mypy says so: an ignore that is not needed is an error."""
    assetpkg.ImportOptions("dev_")  # type: ignore[call-arg]
    assetpkg.ImportOptions(mode=1)  # type: ignore[arg-type]
    assetpkg.plan(b"samples")  # type: ignore[arg-type]
    assetpkg.read(b"samples")  # type: ignore[arg-type]
    assetpkg.write(found, "a.zip", True)  # type: ignore[call-arg]  # noqa: FBT003
    found.manifest = found.manifest  # type: ignore[misc]
    found.with_resource({"name": "a"})  # type: ignore[call-arg, arg-type]
