"""Reads JUnit XML reports, so that CI judges what ran and not only how the build ended.

reports.py count DIR...                        prints "PASSED FAILED SKIPPED" over all reports below the folders
reports.py tiers DIR MODULE:CLASS...           fails unless each class ran, and skipped only what its target cannot do

A test that a target cannot pass says so: it is skipped with a reason that begins with "capability:". Every other skip in
a tier is a test that should have run and did not.
"""

import re
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

# What stands before the reason of a test that skipped itself: the exception's name, and JUnit's own words where an
# assumption failed.
ASSUMPTION = re.compile(r"(org\.opentest4j\.TestAbortedException: )?(Assumption failed: )?")
CAPABILITY = "capability:"


@dataclass
class Tally:
    passed: int = 0
    failed: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def add(self, report: Path) -> None:
        for case in ElementTree.parse(report).getroot().iter("testcase"):
            name = f"{case.get('classname')}.{case.get('name')}"
            skip = case.find("skipped")
            if case.find("failure") is not None or case.find("error") is not None:
                self.failed.append(name)
            elif skip is None:
                self.passed += 1
            else:
                reason = (skip.get("message") or skip.text or "").strip().split("\n")[0]
                reason = ASSUMPTION.sub("", reason, count=1)
                kind = self.lacking if reason.startswith(CAPABILITY) else self.skipped
                kind.append(f"{name}: {reason or 'no reason'}")


def reports_below(folder: Path) -> list[Path]:
    """Surefire's, Failsafe's and pytest's reports; a copy of one inside the built classes is not a report."""
    return [
        path
        for path in sorted(folder.rglob("TEST-*.xml"))
        if path.parent.name in ("surefire-reports", "failsafe-reports", "python-reports")
    ]


def count(*folders: str) -> None:
    tally = Tally()
    for folder in folders:
        for report in reports_below(Path(folder)):
            tally.add(report)
    print(tally.passed, len(tally.failed), len(tally.lacking) + len(tally.skipped))


def tiers(folder: str, *names: str) -> None:
    wrong = False
    for name in names:
        module, simple = name.split(":")
        tally = Tally()
        for report in reports_below(Path(folder) / module / "target"):
            top_level = report.stem.removeprefix("TEST-").split("$")[0]
            if top_level.split(".")[-1] == simple:
                tally.add(report)
        print(
            f"{simple}: {tally.passed} passed, {len(tally.failed)} failed,"
            f" {len(tally.lacking)} beyond its target, {len(tally.skipped)} skipped"
        )
        for line in tally.lacking:
            print(f"  beyond its target: {line}")
        for line in tally.failed:
            print(f"  FAILED: {line}")
        for line in tally.skipped:
            print(f"  SKIPPED without a capability: {line}")
        if tally.passed == 0:
            print(f"  NOTHING RAN: no test of {simple} passed in {module}")
        wrong = wrong or bool(tally.failed or tally.skipped or tally.passed == 0)
    sys.exit(wrong)


{"count": count, "tiers": tiers}[sys.argv[1]](*sys.argv[2:])
