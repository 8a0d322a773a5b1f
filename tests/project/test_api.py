"""The Python face: what is public, where it lives, and what importing it costs."""

import ast
import inspect
import os
import shutil
import subprocess
import sys
import typing
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner

import assetpkg
from assetpkg.cli.program import cli as program
from assetpkg.running.spread import ExecutorLike
from tests.conftest import ROOT, SAMPLES
from tests.tables import every_row

FACE = ast.parse((ROOT / "assetpkg" / "__init__.py").read_text(encoding="utf-8"))
PUBLIC = [name for name in assetpkg.__all__ if name != "__version__"]


def python(*arguments: str, cwd: Path = ROOT) -> str:
    """Return what a fresh interpreter prints."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_the_public_names_are_sorted_and_there_once() -> None:
    assert assetpkg.__all__ == sorted(set(assetpkg.__all__))
    assert "__version__" in assetpkg.__all__


def test_dir_lists_the_public_names() -> None:
    assert dir(assetpkg) == assetpkg.__all__


@every_row("name", PUBLIC)
def test_a_public_name_can_be_imported_and_is_documented(name: str) -> None:
    value: Any = getattr(assetpkg, name)
    assert isinstance(value, type) or inspect.isfunction(value)
    documentation = value.__doc__ or ""
    assert documentation
    # A dataclass without a docstring gets its signature for one.
    assert not documentation.startswith(f"{name}(")


@every_row("name", PUBLIC)
def test_what_a_public_class_offers_is_documented(name: str) -> None:
    value = getattr(assetpkg, name)
    for member, found in vars(value).items() if isinstance(value, type) else ():
        if not member.startswith("_") and (inspect.isfunction(found) or isinstance(found, (property, classmethod))):
            assert inspect.getdoc(found), member


def test_what_the_type_checker_sees_is_what_is_imported() -> None:
    (block,) = (node for node in FACE.body if isinstance(node, ast.If))
    seen = {}
    for statement in block.body:
        assert isinstance(statement, ast.ImportFrom)
        assert statement.module is not None
        (alias,) = statement.names
        assert alias.asname == alias.name, "only `name as name` is exported to type checkers"
        seen[alias.name] = statement.module
    homes = assetpkg._HOMES  # noqa: SLF001 - the table is what is tested
    assert seen == {name: f"assetpkg.{home}" for home, names in homes.items() for name in names}
    assert sorted(seen) == PUBLIC


def test_every_public_name_is_the_one_of_its_home() -> None:
    for home, names in assetpkg._HOMES.items():  # noqa: SLF001 - the table is what is tested
        assert list(names) == sorted(names)
        for name in names:
            value = getattr(assetpkg, name)
            assert value is getattr(import_module(f"assetpkg.{home}"), name)
            assert value.__module__ == f"assetpkg.{home}"


def test_nothing_else_is_public() -> None:
    script = "import assetpkg; [getattr(assetpkg, name) for name in dir(assetpkg)]; print(*vars(assetpkg))"
    names = {name for name in python("-c", script).split() if not name.startswith("_")}
    others = names - set(assetpkg.__all__) - {"TYPE_CHECKING", "Any"}
    assert all(isinstance(getattr(assetpkg, name, None), ModuleType) for name in others)


def test_a_star_import_brings_the_public_names() -> None:
    script = "from assetpkg import *; print(*sorted(name for name in globals() if name in dir(assetpkg)))"
    assert python("-c", f"import assetpkg; {script}").split() == assetpkg.__all__


INSIDE = {
    "Change": {"place", "remarks"},
    "Checklist": {"because", "planned"},
    "Adaptation": {"allows", "diagnose", "given"},
    "Endpoint": {"lines", "listening"},
    "ImportOptions": {"assumes"},
    "Instance": {
        "called", "document", "facts", "functions", "index", "is_uncertain", "jobs", "known_as", "quotas", "repeats",
        "resolve", "uncertainties",
    },
    "Item": {"type"},
    "Kind": {"by_hand", "excluded_by", "page", "prefixed", "quota", "quota_within", "unique"},
    "Outcome": {"planned"},
    "Package": {"archive", "credentials", "entry_faults", "find_faults", "index", "inspections", "layout", "manifest",
        "loose_credentials"},
    "Plan": {"alone", "context", "judge", "made_by", "planned", "silent"},
    "LayoutFile": {"marks", "resources", "version"},
    "Policy": {"allow", "apply", "baseline", "plan_rules", "plugins"},
    "Problem": {"from_fault", "place"},
    "Rule": {"answered_by", "fix", "source"},
    "Resource": {"credentials", "faults", "inspection", "notes", "parent", "path", "place",
        "references", "unfilled"},
    "TeamSchemas": {"by_kind"},
    "Undo": {"planned"},
}  # fmt: skip
"""What public classes have for assetpkg itself: its types are not promised to anybody."""


def classes_in(hint: Any) -> Iterator[type]:
    """Yield the classes of assetpkg that an annotation is made of."""
    for part in hint if isinstance(hint, list) else typing.get_args(hint):
        yield from classes_in(part)
    if isinstance(hint, type) and hint.__module__.startswith("assetpkg"):
        yield hint


def annotations_of(name: str) -> Iterator[tuple[str, Any]]:
    """Yield every annotation in the signature of a public function, or in those of what a public class offers."""
    value, names = getattr(assetpkg, name), {public: getattr(assetpkg, public) for public in PUBLIC}
    names["ExecutorLike"] = ExecutorLike  # whose import takes as long as checking a small package
    found = dict(vars(value)) if isinstance(value, type) else {name: value}
    fields = inspect.get_annotations(value) if isinstance(value, type) else {}
    for field in fields.keys() - INSIDE.get(name, set()):
        shape = type(name, (), {"__annotations__": {field: fields[field]}, "__module__": value.__module__})
        yield field, typing.get_type_hints(shape, None, names)[field]
    for member, offered in found.items():
        function = getattr(offered, "fget", None) or getattr(offered, "func", None) or offered
        function = getattr(function, "__func__", function)
        if inspect.isfunction(function) and not member.startswith("_") and member not in INSIDE.get(name, set()):
            hints = typing.get_type_hints(function, None, names)
            yield from ((f"{member}: {key}", hint) for key, hint in hints.items())


@every_row("name", PUBLIC)
def test_every_type_in_a_public_signature_is_public(name: str) -> None:
    hidden = {f"{member}: {found.__name__}" for member, hint in annotations_of(name) for found in classes_in(hint)
              if getattr(assetpkg, found.__name__, None) is not found}  # fmt: skip
    assert hidden == set()


def test_what_is_inside_is_there() -> None:
    for name, members in INSIDE.items():
        value = getattr(assetpkg, name)
        assert members <= {*dir(value), *inspect.get_annotations(value)}, name


def test_an_unknown_name_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="module 'assetpkg' has no attribute 'raed'"):
        _ = assetpkg.raed
    with pytest.raises(ImportError, match="cannot import name 'raed'"):
        exec("from assetpkg import raed")  # noqa: S102 - a fixed statement


def test_every_exception_is_an_assetpkg_error() -> None:
    errors = [
        value for name in PUBLIC if isinstance(value := getattr(assetpkg, name), type) and issubclass(value, Exception)
    ]
    assert len(errors) == 8
    assert all(issubclass(error, assetpkg.AssetpkgError) for error in errors)


def test_importing_loads_nothing_that_is_slow() -> None:
    loaded = python("-c", "import sys, assetpkg; print(*sys.modules)").split()
    assert not {"pydantic", "click", "jsonschema", "hashlib", "tempfile"} & set(loaded)
    assert not [name for name in loaded if name.startswith("assetpkg.")]


def test_the_types_are_shipped() -> None:
    assert (ROOT / "assetpkg" / "py.typed").exists()


def test_the_example_runs(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES, tmp_path / "samples")
    python(str(ROOT / "tests" / "typing" / "api.py"), cwd=tmp_path)
    written = assetpkg.read(tmp_path / "order-center.zip").document("datasource/mysql-orders")
    assert written["content"]["host"] == "db.dev.example.com"


def test_the_example_is_short() -> None:
    text = (ROOT / "tests" / "typing" / "api.py").read_text(encoding="utf-8")
    example = text.partition("# README: begin\n")[2].partition("# README: end\n")[0]
    assert len(example.splitlines()) <= 25


PACKAGE, TARGET = SAMPLES / "order-center", SAMPLES / "production.json"


def test_package_and_target_may_be_paths_or_what_was_read() -> None:
    package, target = assetpkg.read(PACKAGE), assetpkg.read_target(TARGET)
    expected = assetpkg.plan(package, target).changes
    assert expected
    for subject in (package, PACKAGE, str(PACKAGE)):
        for there in (target, TARGET, str(TARGET)):
            assert assetpkg.plan(subject, there).changes == expected
        assert assetpkg.check(subject) == assetpkg.check(package)
        assert assetpkg.plan(subject, package).changes == assetpkg.plan(subject, PACKAGE).changes
    assert assetpkg.compare_imports(PACKAGE, TARGET).columns[0].changes == expected
    assert assetpkg.roll_out([PACKAGE], TARGET).steps[0].plan.changes == expected
    assert assetpkg.suggest_prefix(PACKAGE, TARGET) == assetpkg.suggest_prefix(package, target)


@pytest.mark.parametrize("word", ["Merge", "merge", "Overwrite", assetpkg.Mode.MERGE])
def test_a_mode_is_read_as_the_api_and_the_console_call_it(word: str) -> None:
    assert assetpkg.ImportOptions(mode=word).mode is assetpkg.Mode.MERGE
    assert assetpkg.plan(PACKAGE, TARGET, mode=word).options.mode == "Merge"


@every_row(
    ("words", "why"),
    [
        ({"mode": "Merged"}, "the mode is AddNew or Merge .*, not 'Merged'"),
        ({"mode": None}, "the mode is AddNew or Merge .*, not None"),
        ({"mode": True}, "the mode is AddNew or Merge .*, not True"),
        ({"prefix": 1}, "the prefix is a text, not 1"),
        ({"prefix": None}, "the prefix is a text, not None"),
        ({"datasource_overwrite": "false"}, "datasource_overwrite is True or False, not 'false'"),
        ({"datasource_overwrite": 1}, "datasource_overwrite is True or False, not 1"),
        ({"assumptions": ["merge-existing=keep"]}, "assumptions are answers by their names"),
        ({"assumptions": {"merge-existin": "keep"}}, "did you mean 'merge-existing'"),
        ({"assumptions": {1: "keep"}}, "no assumption is named '1'"),
        ({"assumptions": {"merge-existing": "kept"}}, "is one of undetermined, keep, update"),
        ({"assumptions": {"merge-existing": None}}, "cannot be 'None'"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(words: dict[str, Any], why: str) -> None:
    with pytest.raises(assetpkg.InvalidOption, match=why):
        assetpkg.ImportOptions(**words)
    with pytest.raises(assetpkg.InvalidOption, match=why):
        assetpkg.plan(PACKAGE, **words)


def test_a_word_that_is_no_action_is_refused() -> None:
    plan = assetpkg.plan(PACKAGE)
    for ask in (plan.count, plan.with_action):
        with pytest.raises(assetpkg.InvalidOption, match="no action is named 'creat'; did you mean 'create'"):
            ask("creat")


def test_words_and_options_are_not_mixed() -> None:
    with pytest.raises(assetpkg.InvalidOption, match="not by both"):
        assetpkg.plan(PACKAGE, options=assetpkg.ImportOptions(), mode="Merge")


def test_a_scenario_is_read_by_its_word() -> None:
    plan = assetpkg.plan(PACKAGE)
    assert plan.checklist("recovery") == plan.checklist(assetpkg.Scenario.RECOVERY)
    with pytest.raises(assetpkg.InvalidOption, match="not 'rescue'"):
        plan.checklist("rescue")


def test_a_plan_has_everything() -> None:
    plan = assetpkg.plan(PACKAGE, TARGET, prefix="dev_")
    assert sum(plan.summary.values()) == len(plan.changes) == 30
    assert plan.verdict == "blocked"
    assert plan.count("conflict") == plan.count(assetpkg.Action.CONFLICT) == len(plan.with_action("conflict"))
    assert plan.conflicts == plan.with_action(assetpkg.Action.CONFLICT)
    assert all(change.messages for change in plan.conflicts)
    assert {message for change in plan.changes for message in change.messages} <= {
        found.message for found in plan.diagnostics
    }
    assert sorted(map(repr, plan.changes)) == sorted(repr(change) for kind in plan.by_kind.values() for change in kind)
    applications = plan.by_application
    assert sum(map(len, applications.values())) == len(plan.changes)
    assert "topic/orders" in {change.address for change in applications["application/dev_Order Center"]}
    assert [change.address for stage in plan.order.stages for change in plan.changes if change.address in stage]
    assert plan.request.query["prefix"] == "dev_"
    assert plan.prediction.failed
    assert plan.updated_references
    assert plan.impact == ()
    assert plan.apply().left_out
    assert plan.undo().package is None
    assert plan.checklist().items


def test_a_plan_without_a_target_has_no_state_after_it() -> None:
    plan = assetpkg.plan(PACKAGE)
    assert plan.verdict == "unverified"
    for leads_on in (plan.apply, plan.undo):
        with pytest.raises(assetpkg.InvalidOption, match="needs a target"):
            leads_on()


def test_what_costs_is_computed_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from assetpkg.simulation import plan as module

    def never(*_: Any) -> Any:
        raise AssertionError

    for name in ("diagnose", "find_all", "predict_job", "find_impact", "order_changes", "find_stale_names"):
        monkeypatch.setattr(module, name, never)
    assert assetpkg.plan(PACKAGE, TARGET).summary["create"]


def test_several_changes_to_a_package_in_one_call() -> None:
    package = assetpkg.read(PACKAGE)
    shop = {"name": "Till", "key": "till-key"}
    topic = {**package.document("topic/orders"), "description": "another"}
    made = package.with_changes(
        added=[("application", shop), ("topic", {"name": "till"})],
        changed={"topic/orders": topic},
        removed=["topic/stock-changes"],
    )
    assert made.document("application/Till") == shop
    assert made.document("topic/orders")["description"] == "another"
    one_by_one = package.without("topic/stock-changes").with_resource("application", shop)
    one_by_one = one_by_one.with_resource("topic", {"name": "till"})
    assert one_by_one.with_document("topic/orders", topic).digest == made.digest
    with pytest.raises(assetpkg.InvalidPackage, match="cannot be changed and removed"):
        package.with_changes(changed={"topic/orders": topic}, removed=["topic/orders"])
    with pytest.raises(assetpkg.InvalidPackage, match="already has a resource 'topic/orders'"):
        package.with_changes(added=[("topic", {"name": "orders"})])
    # What is removed makes room in the same call.
    again = package.with_changes(added=[("topic", {"name": "orders"})], removed=["topic/orders"])
    assert again.document("topic/orders") == {"name": "orders"}


def test_a_kind_is_its_word_everywhere() -> None:
    package = assetpkg.read(PACKAGE)
    resource, change = package.resource("topic/orders"), assetpkg.plan(package).by_kind["topic"][0]
    assert resource.kind == change.kind == "topic"
    assert resource.kind != "api"
    assert f"{resource.kind} {resource.kind!s}" == "topic topic"
    kind: Any = resource.kind
    assert assetpkg.plan(package).by_kind[kind]
    assert {kind: 1}["topic"] == 1
    assert resource.kind == package.resource("topic/order-events").kind
    assert resource.kind != package.resource("task/sync_orders").kind


def test_a_target_of_dictionaries() -> None:
    package = assetpkg.read(PACKAGE)
    target = assetpkg.Instance.from_documents({"topic": [{"name": "orders"}], "task": []})
    assert target.covers == {"topic", "task"}
    assert [change.address for change in assetpkg.plan(package, target).conflicts] == ["topic/orders"]
    after = assetpkg.plan(package, target, mode="Merge").apply().instance
    assert after.document(after.index.by_address["topic/stock-changes"])["name"] == "stock-changes"
    with pytest.raises(assetpkg.InvalidPackage, match="no kind is named 'topics'; did you mean 'topic'"):
        assetpkg.Instance.from_documents({"topics": [{"name": "orders"}]})
    with pytest.raises(assetpkg.InvalidPackage, match="no kind is named 'topics'"):
        assetpkg.Instance.from_documents({}, covers=["topics"])
    with pytest.raises(assetpkg.InvalidPackage, match="needs a name"):
        assetpkg.Instance.from_documents({"topic": [{}]})


def values() -> list[Any]:
    """Return a value of most public classes."""
    plan = assetpkg.plan(PACKAGE, TARGET, mode="Merge")
    blocked = assetpkg.plan(PACKAGE, TARGET, prefix="dev_")
    job = assetpkg.parse_job(b'{"status": "FAILED", "reasons": [{"resource_type": "task", "resource_name": "a"}]}', "a")
    parts = assetpkg.split(plan.package)
    return [
        plan,
        plan.options,
        plan.package,
        plan.target,
        plan.package.resources[0],
        *blocked.changes,
        *(found for change in plan.changes for found in change.fields),
        *blocked.diagnostics,
        blocked.diagnostics[0].location,
        blocked.prediction,
        *blocked.prediction.reasons,
        *blocked.prediction.elsewhere,
        assetpkg.reconcile(blocked.prediction, job),
        job,
        *job.reasons,
        plan.apply(),
        plan.undo(),
        plan.checklist(),
        plan.request,
        *plan.impact,
        assetpkg.compare_imports(PACKAGE, TARGET),
        assetpkg.roll_out([PACKAGE], TARGET),
        assetpkg.Policy.parse(ignore=["RSC016"]),
        parts,
        *parts.batches,
        assetpkg.redact(plan.package),
    ]


def test_a_repr_is_one_line() -> None:
    for value in values():
        shown = repr(value)
        assert "\n" not in shown
        assert len(shown) <= 500, shown


def test_json_is_what_the_command_line_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    def said_by(*arguments: str) -> str:
        return CliRunner().invoke(program, arguments).stdout

    package, target = str(PACKAGE), str(TARGET)
    plan = assetpkg.plan(package, target, mode="Merge", prefix="dev_")
    for value, arguments in (
        (assetpkg.read(package), ["show", package]),
        (plan, ["plan", package, "--target", target, "--mode", "Merge", "--prefix", "dev_"]),
        (assetpkg.compare_imports(package, target), ["compare", package, "--target", target]),
        (assetpkg.diff(package, package), ["diff", package, package]),
        (assetpkg.roll_out([package, package], target), ["plan", package, package, "--target", target]),
    ):
        assert assetpkg.to_json(value) == said_by(*arguments, "--format", "json")
    part = assetpkg.subset(assetpkg.read(package), ["topic/*"])
    place = str(tmp_path / "part")
    said = said_by("subset", package, "--only", "topic/*", "-o", place, "--format", "json")
    assert assetpkg.to_json(part) == said.replace(f'"output": "{place}"', '"output": null')
    merged = assetpkg.merge(assetpkg.read(package), assetpkg.read(package))
    said = said_by("merge", package, package, "-o", f"{place}.zip", "--format", "json")
    assert assetpkg.to_json(merged) == said.replace(f'"output": "{place}.zip"', '"output": null')
    plan = assetpkg.plan(package, target, mode="Merge")
    for outcome, arguments in (
        (plan.apply(), ["apply", "--partial", "-o", "after.json"]),
        (plan.undo(), ["undo", "-o", "undo.zip"]),
        (plan.checklist(), ["checklist"]),
    ):
        asked = ["--target", target, "--mode", "Merge", "--format", "json"]
        said = said_by(arguments[0], package, *asked, *arguments[1:])
        assert assetpkg.to_json(outcome, plan=plan) == said
        for other in (None, assetpkg.plan(package, target)):
            with pytest.raises(assetpkg.InvalidOption, match="needs the plan that it was made by"):
                assetpkg.to_json(outcome, plan=other)
    expected = said_by("check", package, "--format", "json")
    said = assetpkg.to_json(
        assetpkg.check(package),
        path=package,
        unused_files=0,
        container="folder",
        resources=[each.address for each in assetpkg.read(package).resources],
    )
    assert said == expected
