"""Whether `portfolio` comes to what pandas and SciPy make of the same answers.

    python3 Tests/recompute/portfolio.py PROGRAM [SEED]

Makes 400 organisations with one to three teams, some of which have answered before and some of which don't know this or that;
takes them in; works out from the tables of answers and of results what a portfolio says of its scales and items; and names what
differs. Needs pandas and scipy from PyPI.
"""
import io
import json
import os
import random
import subprocess
import sys
import tempfile

import numpy
import pandas
from scipy import optimize, stats

program = os.path.abspath(sys.argv[1])
seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
folder = tempfile.mkdtemp()
TODAY, EARLIEST = "2026-11-26", "2024-11-26"


def run(*arguments):
    return subprocess.run([program, *arguments, "--data-dir", folder], check=True, capture_output=True, text=True).stdout


book = pandas.read_csv(io.StringIO(run("questionnaire", "show", "outside-in", "--format", "csv").lstrip("\ufeff")), keep_default_na=False)
book = book[book.dimension != ""]
generator = random.Random(seed)
lines, number = [], 0
for organization in range(400):
    level = generator.gauss(2.1, 0.6)
    for team in range(generator.choice([1, 1, 2, 3])):
        leaning = generator.gauss(level, 0.7)
        for _ in range(generator.choice([1, 1, 2])):
            number += 1
            day = f"{generator.choice([2024, 2025, 2026])}-{generator.randrange(1, 11):02}-{number % 28 + 1:02}"
            responses = []
            for item, turned in zip(book.item, book.outsideIn == "left"):
                value = min(4, max(0, round(generator.gauss(leaning, 0.9))))
                responses.append(
                    {"item": item, "state": "dontKnow"} if generator.random() < 0.004
                    else {"item": item, "value": 4 - value if turned else value})
            lines.append(json.dumps({
                "schema": "outside-in.assessment/1", "id": f"R{number}", "organization": f"O{organization}", "team": f"T{team}",
                "startedAt": f"{day}T09:00:00Z", "finishedAt": f"{day}T09:{number % 60:02}:00Z",
                "questionnaire": {"id": "outside-in"}, "responses": responses}))
with open(f"{folder}/in.jsonl", "w") as file:
    file.write("\n".join(lines))
run("import", f"{folder}/in.jsonl")
portfolio = json.loads(run("portfolio", "--format", "json", "--until", TODAY))
answers = pandas.read_csv(io.StringIO(run("export", "--all", "--format", "csv", "--names").lstrip("\ufeff")))
results = pandas.read_csv(io.StringIO(run("portfolio", "--format", "csv", "--names", "--until", TODAY).lstrip("\ufeff")))

# Each team's latest of the last two years; then organisations.
results["last"] = results.groupby(["organization", "team"]).date.transform("max")
marked = set(results[results.latest == "yes"].assessment)
assert marked == set(answers[answers.latest == "yes"].assessment)
answers = answers.merge(results[["assessment", "date"]], on="assessment")
answers = answers[(answers.latest == "yes") & (answers.date >= EARLIEST) & (answers.final == "yes")]
values = answers.pivot_table(index=["organization", "team"], columns="item", values="oriented").groupby("organization").mean()
latest = results[(results.latest == "yes") & (results.date >= EARLIEST)]
teams = latest.groupby("organization").agg(
    index=("index", "mean"), teams=("index", "size"), variance=("standardError", lambda errors: (errors ** 2).sum()))
problems = []


def hold(name, found, wanted, tolerance=1e-9):
    if found is None or abs(found - wanted) > tolerance * max(1, abs(wanted)):
        problems.append(f"{name}: {found}, and recomputed {wanted}")


def omega(covariance):
    k, deviations = len(covariance), numpy.sqrt(numpy.diag(covariance))

    def misfit(parameters):
        loadings, errors = parameters[:k], numpy.exp(parameters[k:])
        model = numpy.outer(loadings, loadings) + numpy.diag(errors)
        return numpy.linalg.slogdet(model)[1] + numpy.trace(numpy.linalg.solve(model, covariance))

    start = numpy.r_[deviations * 0.6, numpy.log(deviations ** 2 * 0.6)]
    fit = optimize.minimize(misfit, start, method="BFGS", options={"gtol": 1e-8, "maxiter": 10_000}).x
    common = fit[:k].sum() ** 2
    return common / (common + numpy.exp(fit[k:]).sum())


hold("organisations", portfolio["organizations"], len(teams))
hold("mean index", portfolio["index"]["mean"], teams["index"].mean())
for place, probability in enumerate([0, 0.25, 0.5, 0.75, 1]):
    hold(f"quantile {probability}", portfolio["index"]["quartiles"][place], teams["index"].quantile(probability), 1e-6)
for scale in portfolio["scales"]:
    name = scale.get("dimension", scale["kind"])
    table = values[scale["items"]].dropna()
    n, k = table.shape
    alpha = k / (k - 1) * (1 - table.var().sum() / table.sum(axis=1).var())
    hold(f"{name}: organisations", scale["organizations"], n)
    hold(f"{name}: left out", scale["incomplete"], len(values) - n)
    hold(f"{name}: alpha", scale["alpha"], alpha)
    for place, probability in enumerate([0.975, 0.025]):
        hold(f"{name}: interval", scale["interval"][place], 1 - (1 - alpha) * stats.f.ppf(probability, n - 1, (n - 1) * (k - 1)))
    hold(f"{name}: omega", scale["omega"], omega(numpy.cov(table.T)), 1e-5)
    if scale["kind"] == "dimension":
        rows = {row["item"]: row for row in portfolio["questions"]}
        for item in table:
            rest = table.drop(columns=item)
            hold(f"{item}: item-rest", rows[item]["itemRest"], numpy.corrcoef(table[item], rest.sum(axis=1))[0, 1])
            j = k - 1
            hold(f"{item}: alpha without", rows[item]["alphaWithout"], j / (j - 1) * (1 - rest.var().sum() / rest.sum(axis=1).var()))
group = portfolio["betweenOrganizations"][0]
# What is missing adds to the standard error, but not to what the choice of raters makes of it.
whole = latest[latest.coverage == 1]
assert whole.standardError.nunique() <= 3
hold("variance", group["variance"], teams["index"].var())
if group["reliability"] is not None:
    hold("reliability", group["reliability"], max(0, 1 - group["raterVariance"] / group["variance"]))
hold("latest by date", len(results[(results.date == results["last"]) & (results.latest == "yes")]), len(marked))

# One against the mean of the others: S² = V_0 + ΣV_k/(g − 1)², by Welch and Satterthwaite.
def mean(rows):
    """Index, variance and degrees of freedom of a mean."""
    n, variances = len(rows), [v for _, v, _ in rows]
    variance = sum(variances) / n ** 2
    return sum(i for i, _, _ in rows) / n, variance, variance ** 2 / sum((v / n ** 2) ** 2 / d for _, v, d in rows)


organizations = {
    name: mean([(r["index"], r["standardError"] ** 2, r["degreesOfFreedom"]) for _, r in rows.iterrows()])
    for name, rows in latest.groupby("organization")}
for name in list(organizations)[::80]:
    found = json.loads(run("portfolio", "--of", name, "--format", "json", "--until", TODAY))["against"]
    own, others = organizations[name], mean([one for other, one in organizations.items() if other != name])
    variance = own[1] + others[1]
    degrees = variance ** 2 / (own[1] ** 2 / own[2] + others[1] ** 2 / others[2])
    delta, error = own[0] - others[0], variance ** 0.5
    hold(f"{name}: index", found["index"], own[0])
    hold(f"{name}: mean of the others", found["mean"], others[0])
    hold(f"{name}: error", found["standardError"], error)
    hold(f"{name}: degrees of freedom", found["degreesOfFreedom"], degrees)
    hold(f"{name}: p", found["p"], 2 * stats.t.sf(abs(delta) / error, degrees))
    hold(f"{name}: detectable", found["detectable"], stats.t.ppf(0.95, degrees) * error)
    half = stats.t.ppf(0.95, own[2]) * own[1] ** 0.5
    for place, end in enumerate([max(0, own[0] - half), min(100, own[0] + half)]):
        hold(f"{name}: range", found["range"][place], end)
        below = sum(1 for other, one in organizations.items() if other != name and one[0] < end)
        hold(f"{name}: below", found["below"][place], below / (len(organizations) - 1))

# Who has changed: Benjamini and Hochberg over all.
changes = portfolio["changes"]
p = sorted(row["amongAll"]["p"] for row in changes["teams"])
holding = max([k for k, value in enumerate(p, 1) if value <= k * changes["level"] / changes["compared"]], default=0)
hold("changes that hold", changes["holding"], holding)
print(f"{len(results)} assessments, {len(teams)} organisations, {len(portfolio['scales'])} scales, {len(portfolio['questions'])} questions")
for problem in problems:
    print(problem)
sys.exit(1 if problems else 0)
