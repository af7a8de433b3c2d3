#!/usr/bin/env python3
"""Recomputes the comparison of two assessments apart from the program, written by somebody who had read the method's
description only. Usage: change.py pairs.json [key=value ...] > results.json   (key=value: another reading, see READ)"""
import json, math, re, sys
from scipy.stats import t as T

EPS = 1e-9
NU0, SIGMA2, RHO, RETEST = 4.0, 1.0, 0.5, 0.75
READ = {                        # first value: the reading taken; the others can be chosen on the command line
    "fullIsDeepened": "yes",    # yes | no        a side in scope full counts as deepened in every area
    "strayShare": "cut",        # cut | add | newer: comparable item outside a side's "asked by both" (core flags differ):
                                #   cut: not in that side's share; add: counts in both parts; newer: flags of the newer side
    "naInShare": "in",          # in | out        items not applicable on a side stay in that side's share
    "naBasis": "scope",         # scope | asked   the 30 % of an area: of what the side asked | of what both asked
    "state": "staff",           # staff | anyone  whose don't know / not applicable make an item's state
    "anonNamedM": "own",        # own | most      m of a named side compared with an anonymous one
    "tallyM": "first",          # first | any | latest   round of the tallies that m is taken from
    "tallyVotes": "answers",    # answers | all   whether dk and na are votes when m is taken from tallies
    "areaLink": "yes",          # yes | no        S_link² is added to an area's S², too
    "capDivisor": "capped",     # capped | real   divisor c - 1 in the estimate of tau_d² where c is capped
    "twice": "name",            # name | identity | identityGroup   what must not occur twice on a side
    "emptyM": "1",              # 1 | 0           m where the core is empty
}

def is_level(a):
    return isinstance(a, (int, float)) and not isinstance(a, bool)

class Side:
    def __init__(self, s):
        self.s, self.anonymous = s, bool(s.get("anonymous"))
        self.scope, self.deepened = s["scope"], set(s.get("deepened") or [])
        self.W = {d["id"]: d["weight"] for d in s["dimensions"]}
        self.all = {i["id"]: i for i in s["items"]}
        self.items = {k: i for k, i in self.all.items()            # the rest: as if the questionnaire hadn't them
                      if self.scope == "full" or i["core"] or i["dimension"] in self.deepened}
        self.raters = {r["id"]: r for r in s.get("raters") or []}
        self.first, self.tally = {}, {}                             # item -> {rater: oriented}; item -> {round: tally}
        last, firstRound = {}, {}
        if self.anonymous:
            for y in s.get("tallies") or []:
                b = self.tally.setdefault(y["item"], {}).setdefault(y["round"], {"counts": [0] * 5, "dk": 0, "na": 0})
                b["counts"] = [p + q for p, q in zip(b["counts"], y["counts"])]
                b["dk"] += y.get("dk", 0); b["na"] += y.get("na", 0)
        else:
            for v in s.get("votes") or []:
                i, r, n, a = v
                if i not in self.items or r not in self.raters:
                    continue
                if (i, r) not in last or n >= last[i, r][0]:
                    last[i, r] = (n, a)
                if is_level(a) and self.staff(r) and ((i, r) not in firstRound or n <= firstRound[i, r]):
                    firstRound[i, r] = n
                    self.first.setdefault(i, {})[r] = self.oriented(i, a)
        self.state, self.value = {}, {}
        latest = {}
        for (i, r), (n, a) in last.items():
            latest.setdefault(i, []).append((r, a))
        settled = s.get("settled") or {}
        for i in self.items:
            answers, dk, na = [], False, False
            if i in self.tally:
                b = self.tally[i][max(self.tally[i])]
                answers = [self.oriented(i, l) for l, n in enumerate(b["counts"]) for _ in range(n)]
                dk, na = b["dk"] > 0, b["na"] > 0
            for r, a in latest.get(i, []):
                if is_level(a):
                    if self.staff(r): answers.append(self.oriented(i, a))
                elif self.staff(r) or READ["state"] == "anyone":
                    dk, na = dk or a == "dk", na or a == "na"
            if settled.get(i) is not None:
                a = settled[i]
                self.state[i] = "answered" if is_level(a) else a
                if is_level(a): self.value[i] = self.oriented(i, a)
            elif answers:
                self.state[i], self.value[i] = "answered", sum(answers) / len(answers)
            else:
                self.state[i] = "dk" if dk else "na" if na else "open"

    def staff(self, r): return self.raters[r]["group"] == "staff"
    def oriented(self, i, a): return 4 - a if self.items[i]["turned"] else a
    def dim(self, i): return self.items[i]["dimension"]
    def deep(self, d):
        return d in self.deepened or (self.scope == "full" and READ["fullIsDeepened"] == "yes")

    def weights(self, ids):
        """Effective weights, computed anew on ids: dimension weight among theirs x item weight in its dimension."""
        sums = {}
        for i in ids:
            sums[self.dim(i)] = sums.get(self.dim(i), 0) + self.items[i]["weight"]
        total = sum(self.W[d] for d in sums)
        return {i: self.W[self.dim(i)] / total * self.items[i]["weight"] / sums[self.dim(i)] for i in ids}

    def na_share(self, d, among):
        ids = [i for i in among if self.dim(i) == d]
        w = sum(self.items[i]["weight"] for i in ids)
        return sum(self.items[i]["weight"] for i in ids if self.state[i] == "na") / w if w > 0 else 0.0

    def most_votes(self, ids):
        best = 0
        for i in ids:
            if not self.anonymous:
                best = max(best, len(self.first.get(i, {}))); continue
            rounds = self.tally.get(i, {})
            size = {n: sum(b["counts"]) + (b["dk"] + b["na"] if READ["tallyVotes"] == "all" else 0)
                    for n, b in rounds.items()}
            filled = sorted(n for n in size if size[n] > 0)
            if filled:
                best = max(best, size[filled[0]] if READ["tallyM"] == "first" else
                           size[max(rounds)] if READ["tallyM"] == "latest" else max(size.values()))
        return best

    def error(self, omega, anon):
        """m, e_r, tau², nu of §2 on the items of omega (their weights here), from first votes."""
        e, ids = {}, list(omega)
        for i in ids:
            x = self.first.get(i, {})
            for r in x:
                e[r] = e.get(r, 0.0) + omega[i] * 25 * (x[r] - sum(x.values()) / len(x)) / len(x)
        if self.anonymous or (anon and READ["anonNamedM"] == "most"):
            m = self.most_votes(ids)
            votes = {i: sum(self.tally[i][min(self.tally[i])]["counts"]) if i in self.tally else 0 for i in ids}
        else:
            m = len(e)
            votes = {i: len(self.first.get(i, {})) for i in ids}
        # What was settled without votes is one view.
        mean = sum(omega[i] * max(1, votes[i]) for i in ids)
        if mean < .6 * m - EPS:
            m = math.floor(mean + EPS)
        m = max(m, 1 if ids or READ["emptyM"] == "1" else 0)
        tau0 = 625 * SIGMA2 * (RHO + (1 - RHO) * sum(w * w for w in omega.values()))
        if anon:
            return m, e, tau0, tau0, NU0
        tau2 = tau0
        if m > 1:
            tauHat = m * (m / (m - 1) * sum(v * v for v in e.values()))
            tau2 = (NU0 * tau0 + (m - 1) * tauHat) / (NU0 + m - 1)
        return m, e, tau0, tau2, NU0 + m - 1

def fold(s): return (s or "").strip().casefold()

def nobody(name, departments):
    """A number, a word for a rater with a number, a role or a department, with or without a number."""
    bare = re.sub(r"[\s._#-]*\d+$", "", name).strip()
    if re.fullmatch(r"[\d\s.,#-]+", name) or name in departments or bare in departments or bare in ("ceo", "sales"):
        return True
    return bool(re.fullmatch(r"(p|r|rater|person|participant|respondent|user)[\s._#-]*\d+", name))

def identities(side, samePeople, departments):
    """rater id -> identity of those who are somebody."""
    names, out = {}, {}
    for r in side.raters.values():
        names[fold(r["name"])] = names.get(fold(r["name"]), 0) + 1
    for r in side.raters.values():
        person, name = fold(r.get("person")), fold(r["name"])
        if person:
            out[r["id"]] = person
        elif name and (samePeople or not (r.get("isLabel") or nobody(name, departments))):
            if READ["twice"] != "name" or names[name] == 1:
                out[r["id"]] = name
    key = (lambda i: (out[i], side.raters[i]["group"])) if READ["twice"] == "identityGroup" else (lambda i: out[i])
    seen = {}
    for i in out: seen[key(i)] = seen.get(key(i), 0) + 1
    return {i: out[i] for i in out if seen[key(i)] == 1}

def same_people(f, t, samePeople):
    departments = {fold(r.get("department")) for s in (f, t) for r in s.raters.values()} - {""}
    a, b = identities(f, samePeople, departments), identities(t, samePeople, departments)
    back = {b[r]: r for r in b if t.staff(r)}
    return [(r, back[a[r]]) for r in a if f.staff(r) and a[r] in back]

def compare(f, t, omegaF, omegaT, people, link, level):
    """The change on one core (or area); omegaF and omegaT carry the same newer weights under each side's ids."""
    anon = f.anonymous or t.anonymous
    m1, e1, tau0, tau1, nu1 = f.error(omegaF, anon)
    m2, e2, _, tau2, nu2 = t.error(omegaT, anon)
    both = [] if anon else [(a, b) for a, b in people if a in e1 and b in e2]
    out = {"same": len(both), "m": (m1, m2)}
    if not omegaF: return out
    c = min(len(both), m1, m2)
    V1, V2 = tau1 / m1, tau2 / m2
    if c > 0:
        d = [m2 * e2[b] - m1 * e1[a] for a, b in both]
        mean = sum(d) / len(d)
        tauD = NU0 * 2 * (1 - RETEST) * tau0
        if c > 1:
            tauHat = sum((x - mean) ** 2 for x in d) / ((c if READ["capDivisor"] == "capped" else len(both)) - 1)
            tauD += (c - 1) * tauHat
        tauD /= NU0 + c - 1
        S2 = V1 + V2 - c / (m1 * m2) * (tau1 + tau2 - tauD)
        nu = NU0 + min(m1, m2) - 1
    else:
        S2 = V1 + V2
        nu = S2 ** 2 / (V1 ** 2 / nu1 + V2 ** 2 / nu2)
    S = math.sqrt(S2 + link)
    y1 = sum(w * 25 * f.value[i] for i, w in omegaF.items())
    y2 = sum(w * 25 * t.value[i] for i, w in omegaT.items())
    out.update({"from": y1, "to": y2, "delta": y2 - y1, "standardError": S, "degreesOfFreedom": nu,
                "p": float(2 * T.sf(abs(y2 - y1) / S, nu)), "detectable": float(T.ppf(level, nu)) * S})
    return out

def outcome(delta, reliable): return "none" if not reliable else "improvement" if delta > 0 else "decline"

def pair(p):
    f, t = Side(p["from"]), Side(p["to"])
    toNewer = p["newer"] == "to"
    new, old = (t, f) if toNewer else (f, t)
    comparable = []                                                   # (newer id, older id)
    if abs(p["from"]["cut"] - p["to"]["cut"]) <= EPS:
        for a, b in p["exact"]:
            if f.state.get(a) == "answered" and t.state.get(b) == "answered":
                c = (b, a) if toNewer else (a, b)
                if c not in comparable: comparable.append(c)
    newOf = {o: n for n, o in comparable}
    oldOf = dict(comparable)
    exactNew = {(a if toNewer else b): (b if toNewer else a) for a, b in p["exact"]}   # older id -> newer id
    anyCore = f.scope == "core" or t.scope == "core"

    def asked(s):
        """What both were asked, as this side has it."""
        def core(i):
            n = exactNew.get(i)
            if READ["strayShare"] == "newer" and s is old and n in new.all: return new.all[n]["core"]
            return s.items[i]["core"]
        ids = [i for i in s.items if not anyCore or core(i) or (f.deep(s.dim(i)) and t.deep(s.dim(i)))
               or (READ["strayShare"] == "add" and i in (oldOf if s is new else newOf))]
        return ids
    askedOf = {id(s): asked(s) for s in (new, old)}
    def counted(s): return [i for i in askedOf[id(s)] if READ["naInShare"] == "in" or s.state[i] != "na"]

    share = 0.0
    if comparable:
        share = min(sum(w for i, w in s.weights(counted(s)).items() if i in own) for s, own in ((new, oldOf), (old, newOf)))
    status = ("refused" if not comparable or share < .5 - EPS else
              "full" if share >= (.65 if anyCore else .80) - EPS else "partial")
    people = same_people(f, t, bool(p.get("samePeople")))
    link = sum(x * x for x in p.get("linkErrors") or [])

    def both_sides(omegaNew):                                         # newer weights under the ids of from and of to
        o = {oldOf[i]: w for i, w in omegaNew.items()}
        return (o, omegaNew) if toNewer else (omegaNew, o)
    omega = new.weights([n for n, _ in comparable])
    oF, oT = both_sides(omega)
    r = compare(f, t, oF, oT, people, link, .95)
    result = {"status": status, "share": share, "core": sorted(oldOf),
              "raters": {"same": r["same"], "from": r["m"][0], "to": r["m"][1]},
              "index": None, "dimensions": [], "decomposition": None}

    if status == "full":
        reliable = abs(r["delta"]) > r["detectable"]
        result["index"] = {k: r[k] for k in ("from", "to", "delta", "standardError", "degreesOfFreedom")}
        result["index"].update(rci=r["delta"] / r["standardError"], p=r["p"], detectable=r["detectable"],
                               outcome=outcome(r["delta"], reliable))
        own1, own2 = f.weights(list(oF)), t.weights(list(oT))         # each side's own weights, anew on the core
        perf = comp = 0.0
        for n, o in comparable:
            a, b = (o, n) if toNewer else (n, o)
            y1, y2 = 25 * f.value[a], 25 * t.value[b]
            perf += (own1[a] + own2[b]) / 2 * (y2 - y1)
            comp += (y1 + y2) / 2 * (own2[b] - own1[a])
        total = sum(own2[b] * 25 * t.value[b] for b in oT) - sum(own1[a] * 25 * f.value[a] for a in oF)
        result["decomposition"] = {"total": total, "performance": perf, "composition": comp}

    if status != "refused":
        areas = []
        for d in (x["id"] for x in new.s["dimensions"]):
            mine = [n for n, _ in comparable if new.dim(n) == d]
            if not mine: continue
            shares = []
            for s, own in ((new, set(mine)), (old, {oldOf[n] for n in mine})):
                ids = [i for i in counted(s) if s.dim(i) == d]
                w = sum(s.items[i]["weight"] for i in ids)
                shares.append(sum(s.items[i]["weight"] for i in ids if i in own) / w if w > 0 else 0.0)
            if not anyCore and (len(mine) < 3 or min(shares) < .5 - EPS): continue
            if any(s.na_share(d, s.items if READ["naBasis"] == "scope" else askedOf[id(s)]) > .30 + EPS
                   for s in (new, old)): continue
            areas.append((d, mine, min(shares)))
        k = len(areas)
        for d, mine, sh in areas:
            w = sum(new.items[i]["weight"] for i in mine)
            aF, aT = both_sides({i: new.items[i]["weight"] / w for i in mine})
            a = compare(f, t, aF, aT, people, link if READ["areaLink"] == "yes" else 0.0, 1 - .05 / k)
            row = {"id": d, "items": len(mine), "share": sh}
            row.update({x: a[x] for x in ("from", "to", "delta", "standardError", "degreesOfFreedom", "p", "detectable")})
            row["outcome"] = "none"
            result["dimensions"].append(row)
        for j, row in enumerate(sorted(result["dimensions"], key=lambda x: x["p"]), 1):      # Holm
            if row["p"] > .10 / (k - j + 1) + EPS: break
            row["outcome"] = outcome(row["delta"], True)
    return result

def run(data): return [pair(p) for p in data["pairs"]]

if __name__ == "__main__":
    for arg in sys.argv[2:]:
        key, value = arg.split("=")
        if key not in READ: sys.exit("no such reading: " + key)
        READ[key] = value
    with open(sys.argv[1]) as h:
        json.dump(run(json.load(h)), sys.stdout, indent=1)
