"""Laws of baselines and allows: what is accepted once stays so, what is fixed is said, and no verdict changes."""

import random

from hypothesis import given
from hypothesis import strategies as st

import assetpkg
from assetpkg import ImportOptions, Mode
from assetpkg.archive.archive import Archive
from assetpkg.diagnostics.model import Findings
from assetpkg.package.package import Package, load
from assetpkg.planning.assumptions import complete_assumptions
from assetpkg.rules.accepting import made_by_check
from assetpkg.rules.baseline import Baseline, dump_baseline, entries_for, make_baseline, parse_baseline
from assetpkg.rules.policy import Policy
from assetpkg.target.snapshot import parse_snapshot
from tests.build import encode
from tests.laws.strategies import contents_of, laws, packages, snapshot_of

RANDOM = st.randoms(use_true_random=False)
OPTIONS = st.sampled_from([ImportOptions(), ImportOptions(mode=Mode.MERGE, prefix="dev_")])


def baseline_of(package: Package, found: Findings) -> Baseline:
    return make_baseline(made_by_check(complete_assumptions({})), entries_for(package.own_name, found))


def turned(package: Package, chance: random.Random) -> Package:
    """Return the same package with its entries in another order."""
    entries = list(contents_of(package).items())
    chance.shuffle(entries)
    return load(Archive.from_contents(dict(entries)))


@laws
@given(packages(), RANDOM)
def test_what_a_baseline_accepts_is_accepted_in_any_order_and_nothing_else_is_said(
    package: Package, chance: random.Random
) -> None:
    found, other = assetpkg.check(package), turned(package, chance)
    content = dump_baseline(baseline_of(package, found))
    assert dump_baseline(baseline_of(other, assetpkg.check(other))) == content
    policy = Policy(baseline=parse_baseline(content, "baseline.json"))
    for subject in (package, other):
        again = assetpkg.check(subject, policy)
        assert again == []
        assert sorted(each.diagnostic.fingerprint for each in again.accepted) == sorted(
            each.fingerprint for each in found
        )


@laws
@given(packages(), st.data())
def test_each_entry_that_is_taken_out_comes_back_and_each_that_is_added_is_fixed(
    package: Package, data: st.DataObject
) -> None:
    found = assetpkg.check(package)
    baseline = baseline_of(package, found)
    missing = data.draw(st.lists(st.sampled_from(baseline.findings), unique_by=id)) if baseline.findings else []
    gone = {each.fingerprint for each in missing}
    added = [
        each.model_copy(update={"fingerprint": each.fingerprint[::-1] + "0"})
        for each in baseline.findings
        if each.fingerprint not in gone
    ]
    kept = [each for each in baseline.findings if each.fingerprint not in gone]
    changed = baseline.model_copy(update={"findings": [*kept, *added]})
    again = assetpkg.check(package, Policy(baseline=changed))
    assert {each.fingerprint for each in again if each.code != "ACC001"} == gone
    assert sum(1 + each.more for each in again if each.code == "ACC001") == len(added)


@laws
@given(packages(), RANDOM, OPTIONS)
def test_a_plan_whose_findings_are_all_accepted_has_no_open_conflict_and_the_same_verdict(
    package: Package, chance: random.Random, options: ImportOptions
) -> None:
    target = parse_snapshot(encode(snapshot_of(package, chance)), "target.json")
    before = assetpkg.plan(package, target, options)
    baseline = make_baseline(before.made_by, entries_for(package.own_name, before.diagnostics))
    codes = {each.code for each in before.diagnostics}
    allows = [{"code": code, "address": "*", "reason": "agreed"} for code in codes]
    for policy in (Policy(baseline=baseline), Policy.parse(allow=allows)):
        after = assetpkg.plan(package, target, options, policy=policy)
        assert after.diagnostics == ()
        assert len(after.accepted) == len(before.diagnostics)
        assert after.open_conflicts == ()
        assert (after.verdict, after.summary, after.changes) == (before.verdict, before.summary, before.changes)
        assert after.prediction == before.prediction
