#!/usr/bin/env python3
"""Random pairs of assessments for change.py. Usage: pairs.py COUNT SEED > pairs.json"""
import json, random, sys

NAMES = ["Ana", "Bo", "Cem", "Dora", "Eve", "Finn", "Gül", "Hana", "CEO", "Sales", "P1", "7"]

def side(rng, items, weights, votes, names, kind):
    raters = []
    for k, name in enumerate(names):
        raters.append({"id": f"r{k + 1}", "name": name, "group": "customer" if rng.random() < .05 else "staff",
                       "department": rng.choice(["Sales", "Ops", ""]), "isLabel": kind["table"],
                       "person": f"#{name}" if kind["persons"] and rng.random() < .8 else None})
    if all(r["group"] == "customer" for r in raters): raters[0]["group"] = "staff"
    scope = kind["scope"]
    deepened = sorted(d for d in weights if scope == "core" and rng.random() < .3)
    s = {"cut": 50, "scope": scope, "deepened": deepened, "anonymous": kind["anonymous"],
         "dimensions": [{"id": d, "weight": w} for d, w in weights.items()], "items": items,
         "raters": [] if kind["anonymous"] else raters, "votes": [], "settled": {}, "tallies": []}
    shift = rng.gauss(0, .7)
    for item in items:
        if not (scope == "full" or item["core"] or item["dimension"] in deepened): continue
        level = rng.gauss(2, .8) + shift
        def answer():
            x = rng.random()
            if x < kind["gaps"] / 2: return "dk"
            if x < kind["gaps"]: return "na"
            v = min(4, max(0, round(level + rng.gauss(0, 1))))
            return 4 - v if item["turned"] else v
        if kind["anonymous"]:
            counts = [0] * 5
            for _ in range(kind["voters"]): counts[min(4, max(0, round(level + rng.gauss(0, 1))))] += 1
            s["tallies"].append({"item": item["id"], "round": 1, "counts": counts, "dk": 0, "na": 0})
            continue
        for r in raters:
            if rng.random() < kind["absent"]: continue
            s["votes"].append([item["id"], r["id"], 1, answer()])
            if rng.random() < .1:
                s["votes"].append([item["id"], r["id"], 2, answer()])
        if rng.random() < kind["settled"]: s["settled"][item["id"]] = rng.choice([0, 1, 2, 3, 4, 4, 3, "dk", "na"])
    return s

def pair(rng):
    areas = rng.randint(1, 4)
    dims = [f"d{k}" for k in range(areas)]
    base = []
    for k in range(rng.randint(areas * 2, areas * 5)):
        base.append({"id": f"item-{k}", "dimension": dims[k % areas], "weight": rng.choice([1, 1, 2, 3]),
                     "core": k < areas or rng.random() < .5, "turned": rng.random() < .3})
    same_version = rng.random() < .5
    W1 = {d: rng.choice([1, 1, 2]) for d in dims}
    W2 = W1 if same_version else {d: rng.choice([1, 2, 3]) for d in dims}
    exact, other = [], []
    for item in base:
        if same_version:
            other.append(dict(item)); exact.append([item["id"], item["id"]]); continue
        x = rng.random()
        if x < .08: continue                                     # removed
        new = dict(item)
        if x < .2: new["id"] = item["id"] + "-b"
        if rng.random() < .05: new["dimension"] = rng.choice(dims)
        other.append(new)
        if x > .28: exact.append([item["id"], new["id"]])
        elif x > .14: exact.append([item["id"], new["id"]])
    if not same_version:
        for k in range(rng.randint(0, 2)):
            other.append({"id": f"new-{k}", "dimension": rng.choice(dims), "weight": 1, "core": rng.random() < .5,
                          "turned": False})
    for its in (base, other):
        if not any(i["core"] for i in its): its[0]["core"] = True
    present = {i["dimension"] for i in other}
    W2 = {d: w for d, w in W2.items() if d in present}
    newer = "to" if same_version or rng.random() < .8 else "from"
    first, second = (base, other) if newer == "to" else (other, base)
    w1, w2 = (W1, W2) if newer == "to" else (W2, W1)
    if newer == "from": exact = [[b, a] for a, b in exact]
    pool = rng.sample(NAMES, rng.randint(1, 6))
    who = rng.random()
    later = pool if who < .35 else rng.sample(NAMES, rng.randint(1, 6)) if who < .7 else pool[: max(1, len(pool) - 1)] + rng.sample(NAMES, 1)
    def kind():
        return {"table": rng.random() < .25, "persons": rng.random() < .25, "scope": rng.choice(["full", "full", "core"]),
                "anonymous": rng.random() < .12, "voters": rng.randint(3, 9), "gaps": rng.choice([0, 0, .1, .3]),
                "absent": rng.choice([0, 0, .1, .5, .7]), "settled": rng.choice([0, 0, .15])}
    return {"newer": newer, "samePeople": rng.random() < .2, "exact": exact,
            "linkErrors": [] if same_version or rng.random() < .4 else [round(rng.uniform(.2, 3), 2)],
            "from": side(rng, first, w1, None, pool, kind()), "to": side(rng, second, w2, None, later, kind())}

rng = random.Random(int(sys.argv[2]))
json.dump({"pairs": [pair(rng) for _ in range(int(sys.argv[1]))]}, sys.stdout, separators=(",", ":"))
