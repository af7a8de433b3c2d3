"""How long one report takes, from nothing to the file, against a page of the same pictures made with Jinja2 and matplotlib.

    python3 Tests/Benchmarks/report.py PROGRAM

Both are started anew each time, in turns, and write one HTML file; ours reads the example from its store, scores it, plans, compares
and draws; theirs has all figures given and only draws them. Needs jinja2 and matplotlib from PyPI.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

program = os.path.abspath(sys.argv[1])
folder = tempfile.mkdtemp()
subprocess.run([program, "demo", "--data-dir", folder], stdin=subprocess.DEVNULL, capture_output=True, check=True)
store = f"{folder}/demo"
figures = subprocess.run(
    [program, "report", "last", "--format", "json", "--data-dir", store], capture_output=True, check=True).stdout
with open(f"{folder}/figures.json", "wb") as file:
    file.write(figures)

# The peer: the same seven pictures as SVG within one page.
peer = f"{folder}/peer.py"
with open(peer, "w") as file:
    file.write('''
import io, json, sys
import matplotlib
matplotlib.use("svg")
import matplotlib.pyplot as plt
from jinja2 import Template
data = json.load(open(sys.argv[1]))
def svg(draw, height=3):
    figure, axes = plt.subplots(figsize=(7, height))
    draw(axes)
    out = io.StringIO()
    figure.savefig(out, format="svg")
    plt.close(figure)
    return out.getvalue()
card, plan = data["scorecard"], data["plan"]
names = [d["id"] for d in card["dimensions"]]
scores = [d["score"] or 0 for d in card["dimensions"]]
items = data["agreement"]["items"]
charts = [
    svg(lambda a: (a.barh(names, scores), a.axvline(50))),
    svg(lambda a: [a.scatter([k] * n, [row] * n) for row, i in enumerate(items) for k, n in enumerate(i["distribution"] or []) if n]),
    svg(lambda a: a.scatter([e["gap"] or 0 for e in plan["expectations"]], [e["importance"] or 0 for e in plan["expectations"]])),
    svg(lambda a: a.plot([m["emotion"] or 0 for m in plan["moments"]])),
    svg(lambda a: a.barh([x["title"] for x in plan["actions"]], [x["effortDays"] or 5 for x in plan["actions"]])),
    svg(lambda a: a.plot([s["index"] for s in data["comparison"]["series"]])),
    svg(lambda a: a.barh([d["id"] for d in data["comparison"]["dimensions"]], [d["delta"] for d in data["comparison"]["dimensions"]])),
]
page = Template("""<!DOCTYPE html><html><body><h1>{{ data.organization }}</h1>
{% for chart in charts %}<figure>{{ chart }}</figure>{% endfor %}
<table>{% for c in data.scorecard.contributions %}<tr><td>{{ c.item|e }}</td><td>{{ c.contribution }}</td></tr>{% endfor %}</table>
{% for a in data.plan.actions %}<h3>{{ a.title|e }}</h3><p>{{ a.firstStep|e }}</p>{% endfor %}</body></html>""")
open(sys.argv[2], "w").write(page.render(data=data, charts=charts))
''')

ours = [program, "report", "last", "-o", f"{folder}/report.html", "--without-notes", "--data-dir", store]
theirs = [sys.executable, peer, f"{folder}/figures.json", f"{folder}/peer.html"]


def timed(command):
    begin = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return (time.perf_counter() - begin) * 1000


timed(ours), timed(theirs)
mine, others = [], []
for turn in range(30):
    mine.append(timed(ours))
    if turn % 5 == 0:
        others.append(timed(theirs))
middle, peers = statistics.median(mine), statistics.median(others)
print(f"ours {middle:.1f} ms in the middle ({min(mine):.1f} to {max(mine):.1f}), {os.path.getsize(folder + '/report.html')} bytes; "
      f"Jinja2 with matplotlib {peers:.0f} ms ({min(others):.0f} to {max(others):.0f}): {peers / middle:.0f} times as long")
sys.exit(0 if middle <= 20 else 1)
