"""The pytest plugin: fixtures for authors, the fixed list of checks, verdicts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from grader import resources, seeds
from grader.checks import showing, verdicts  # noqa: F401  showing: once here, not in every fork
from grader.checks.candidate import Candidate
from grader.checks.link import pack_outcome, tell
from grader.checks.recorder import Recorder, parameters
from grader.checks.run import Run
from grader.model import Check, Verdict

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


class Plugin:
    """Registered with the server's pytest; `run` is set in the process that serves one submission."""

    def __init__(self, data: Path | None, metrics: frozenset[str], seconds: float) -> None:
        self.data = data
        self.metric_names = metrics
        self.seconds = seconds
        self.longest = math.inf  # for any check, whatever its mark says
        self.broken: list[str] = []
        self.parameters: Mapping[str, Sequence[str]] = {}
        self.serve: Callable[[pytest.Session], None] = lambda session: None
        self.run: Run | None = None
        self._errors: list[pytest.ExceptionInfo[BaseException]] = []

    def folders(self) -> list[Path]:
        """Where tables are read from."""
        return [folder for folder in (self.data, resources.folder("datasets")) if folder is not None]

    # Collection: the list of checks is fixed before any candidate's code runs.

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.broken.append(f"{report.nodeid}: {report.longreprtext}")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of running the checks: wait for submissions and run them in forks."""
        self.serve(session)
        return True

    def checks(self, session: pytest.Session) -> list[Check]:
        """Every collected check. What is wrong with one is added to `broken`."""
        found = [self._check(item) for item in session.items if isinstance(item, pytest.Function)]
        self._fixtures(session)
        self.parameters = parameters(session.config.rootpath)
        return found

    def _check(self, item: pytest.Function) -> Check:
        identity = check_id(item)
        title = (item.function.__doc__ or "").strip().splitlines()
        if not title:
            self.broken.append(
                f"{identity}: has no docstring; its first line is the title that candidates are shown"
            )
        points = _argument(item, "points", 1.0)
        hint = _argument(item, "hint", "")
        if type(points) not in (int, float) or not math.isfinite(points) or points < 0:
            self.broken.append(f"{identity}: points({points!r}) is not a number of points")
            points = 0.0
        visible = identity.startswith("visible/")
        return Check(
            id=identity,
            name=item.name,
            title=title[0].strip() if title else item.name,
            points=0.0 if visible else float(points),
            hint=str(hint),
            suite="visible" if visible else "hidden",
        )

    def _fixtures(self, session: pytest.Session) -> None:
        uses: dict[str, set[str]] = {}
        for item in session.items:
            names = set(getattr(item, "fixturenames", ()))
            uses.setdefault(check_id(item).partition("::")[0], set()).update(
                names & {"candidate", "shared_candidate"}
            )
        for file, names in uses.items():
            if len(names) > 1:
                self.broken.append(
                    f"{file}: uses both candidate and shared_candidate; split it into two files"
                )

    # Running one submission.

    def cap(self, seconds: float) -> None:
        """Let no check take longer than this."""
        self.seconds = self.longest = seconds

    def run_checks(
        self, session: pytest.Session, run: Run, select: Sequence[str], *, stop_at_failure: bool = False
    ) -> None:
        """Run the selected checks in their order and report each outcome on the run's channel."""
        self.run = run
        known = {check_id(item): item for item in session.items}
        items = [known[identity] for identity in select]
        for item, following in zip(items, [*items[1:], None], strict=True):
            self._errors = []
            run.recorder = None
            if not run.over:
                seconds = float(_argument(item, "limits", self.seconds, key="seconds"))
                visible = check_id(item).startswith("visible/")
                run.start_check(min(seconds, self.longest), Recorder() if visible else None)
                hook = item.config.hook
                hook.pytest_runtest_protocol(item=item, nextitem=following)
                if run.fault is not None:
                    # Nothing that module fixtures hold is alive; the next check sets them up again.
                    hook.pytest_runtest_teardown(item=item, nextitem=None)
            if run.infrastructure:
                tell(run.channel, {"op": "infrastructure", "text": run.infrastructure})
                break
            if run.unloadable:
                break
            identity = check_id(item)
            suite = identity.partition("/")[0]
            result = verdicts.outcome(run, identity, suite, self._errors, self.parameters)
            tell(run.channel, {"op": "outcome", "outcome": pack_outcome(result)})
            if stop_at_failure and result.verdict is not Verdict.PASSED:
                break
        tell(run.channel, {"op": "done"})

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> pytest.TestReport | None:
        """Note the error, and spare pytest its description of it: nobody reads that, and it takes longer than
        the check."""
        if call.excinfo is None or call.when == "collect":
            return None
        self._errors.append(call.excinfo)
        return pytest.TestReport(item.nodeid, item.location, {}, "failed", None, call.when)

    # Fixtures.

    @pytest.fixture
    def candidate(self) -> Iterator[Candidate]:
        """The submission in a fresh process of its own."""
        with self._running().process() as worker:
            yield Candidate(worker)

    @pytest.fixture(scope="module")
    def shared_candidate(self) -> Iterator[Candidate]:
        """The submission in one process for the whole file."""
        with self._running().process() as worker:
            yield Candidate(worker)

    @pytest.fixture
    def new_process(self, candidate: Candidate) -> Callable[[], None]:
        """Goes on with another process of the submission: nothing that the first one remembers is there."""

        def change() -> None:
            worker = self._running().worker
            if worker is not None:  # else it was lost, and the next call says so
                worker.end()
                worker.begin()

        return change

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        """Random numbers from the run's secret seed and the check's name."""
        return self._generator(check_id(request.node))

    @pytest.fixture(scope="module")
    def shared_rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        """Random numbers from the run's secret seed and the file's name."""
        return self._generator(check_id(request.node))

    @pytest.fixture
    def metric(self) -> Callable[[str, float], None]:
        """Records a figure that challenge.toml declares."""

        def record(name: str, value: float) -> None:
            if name not in self.metric_names:
                raise LookupError(f"challenge.toml declares no metric {name!r}")
            self._running().metrics.append((name, float(value)))

        return record

    @pytest.fixture(scope="session")
    def dataset(self) -> Callable[[str], pd.DataFrame]:
        """The real tables of the bank, by name."""
        from grader import datasets  # pandas and pydantic, which few challenges need

        return lambda name: datasets.load(name, self.data)

    def _running(self) -> Run:
        assert self.run is not None
        return self.run

    def _generator(self, name: str) -> np.random.Generator:
        import numpy as np

        return np.random.default_rng(seeds.derive(self._running().seed, name))


def check_id(node: Any) -> str:
    """The node's id below the challenge's folder of checks."""
    return str(node.nodeid).removeprefix("checks/")


def _argument(item: pytest.Item, marker: str, default: Any, key: str = "") -> Any:
    found = item.get_closest_marker(marker)
    if found is None:
        return default
    return found.kwargs.get(key) if key in found.kwargs else (found.args or (default,))[0]
