"""Holds the choice of actions to HiGHS: the same optimum on the same problems, and the time beside it, in one run.

    swift build -c release --static-swift-stdlib --product ScoringChecks
    pip install highspy
    python3 Tests/Benchmarks/selection.py .build/release/ScoringChecks

Ends with 1 where an optimum differs, was not proven, or took over 100 ms.
"""
import json
import statistics
import subprocess
import sys
import time

import highspy

TARGET = 100  # ms


def solve(steps, capacity):
    """The best benefit: a binary for each step, the days within the capacity, nothing without what it requires."""
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    model.setOptionValue("mip_rel_gap", 0.0)
    model.setOptionValue("mip_abs_gap", 1e-9)
    taken = {step: model.addBinary(obj=-benefit) for step, _, benefit, _, _ in steps}
    model.addConstr(sum(days * taken[step] for step, _, _, days, _ in steps) <= capacity)
    for step, _, _, _, requires in steps:
        for needed in requires:
            model.addConstr(taken[step] <= taken[needed])
    begin = time.perf_counter()
    model.run()
    return -model.getObjectiveValue(), (time.perf_counter() - begin) * 1e3


def main():
    output = subprocess.run([sys.argv[1], "selection"], capture_output=True, text=True).stdout
    ours, theirs, failures = [], [], 0
    for line in output.splitlines():
        problem = json.loads(line)
        best, milliseconds = solve(problem["steps"], problem["capacity"])
        ours.append(problem["milliseconds"])
        theirs.append(milliseconds)
        if abs(best - problem["benefit"]) > 1e-6 or not problem["optimal"] or problem["milliseconds"] > TARGET:
            failures += 1
            print(f"seed {problem['seed']}: {problem['benefit']} (optimal: {problem['optimal']}, "
                  f"{problem['milliseconds']:.1f} ms), HiGHS {best}")
    print(f"{len(ours)} problems of 120 steps, {failures} differ or are late")
    for name, times in (("ours", ours), ("HiGHS", theirs)):
        print(f"{name:6} median {statistics.median(times):7.2f} ms   slowest {max(times):7.2f} ms")
    return 1 if failures or not ours else 0


sys.exit(main())
