"""How well predictions agree with gold annotations: precision, recall and F1 a field, micro-averaged over documents.

Every field becomes a multiset of tuples, of the gold file and of the prediction, and the two are compared. Width,
brackets, dashes, quotes and white space are folded first: no reader would call these an error.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

Json = dict[str, Any]
Bag = Counter[Hashable]

HEADLINE = (
    "document_number",
    "title",
    "issuers",
    "issue_date",
    "phases",
    "measures",
    "measure_units",
    "measure_roles",
    "leaders",
    "measure_deadlines",
    "recipients",
    "attachments",
    "citations",
    "deadlines",
)
"""The fields whose mean F1 is the headline figure."""

# --- values folded -----------------------------------------------------------------------------------------------

_FOLD = str.maketrans(
    dict.fromkeys("〔[［【(（", "(")
    | dict.fromkeys("〕]］】)）", ")")
    | dict.fromkeys("—–－-‐―─~～至", "-")
    | dict.fromkeys("“”\"'‘’「」『』《》〈〉·。．", "")
    | {"，": ",", "、": ",", "；": ";", "：": ":"}
)
_SPACE = re.compile(r"\s+")
_ORDINAL = re.compile(r"^\(?第?[一二三四五六七八九十\d]+(阶段|步)?\)?[:.,]?")
_DATED_BRACKET = re.compile(r"\([^)]*(\d|月|年)[^)]*\)")


def fold(value: str | None) -> str:
    """`value` as it is compared."""
    if not value:
        return ""
    plain = unicodedata.normalize("NFKC", str(value)).translate(_FOLD)
    return _SPACE.sub("", plain).strip(",;:.")


def fold_phase(name: str | None) -> str:
    """A phase's name without its ordinal, its bracketed period and 阶段."""
    plain = fold(name)
    plain = _ORDINAL.sub("", plain) or plain
    return _DATED_BRACKET.sub("", plain).removesuffix("阶段").strip(",;:.")


# --- policyparse JSON to the shape of gold files -----------------------------------------------------------------


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    found = value.get("normalized") or value.get("text") or value.get("title") or value.get("name")
    return None if found is None else str(found)


def _names(values: Iterable[Any] | None) -> list[str]:
    return [v if isinstance(v, str) else v.get("name") or v.get("text") or "" for v in values or []]


def gold_shape(doc: Json) -> Json:
    """policyparse JSON in the shape of a gold file; what has that shape already passes through."""
    date = doc.get("issue_date")
    enclosures = doc.get("enclosures") or [{}]
    cited = [c if isinstance(c, str) else _text(c.get("document_number")) for c in doc.get("citations") or []]
    return {
        "document_number": _text(doc.get("document_number")),
        "title": _text(doc.get("title")),
        "enclosed_title": doc["enclosed_title"] if "enclosed_title" in doc else _text(enclosures[0].get("title")),
        "doc_type": _text(doc.get("doc_type")),
        "issuers": _names(doc.get("issuers")),
        "recipients": _names(doc.get("recipients")),
        "issue_date": date.get("date") if isinstance(date, dict) else date,
        "phases": [_phase(p) for p in doc.get("phases") or []],
        "measures": [_measure(m) for m in doc.get("measures") or []],
        "leadership_groups": [_group(g) for g in doc.get("leadership_groups") or []],
        "attachments": [
            {"title": _text(a.get("title")) if isinstance(a, dict) else a} for a in doc.get("attachments") or []
        ],
        "citations": [c for c in cited if c],
        "deadlines": [_deadline(d) for d in doc.get("deadlines") or []],
    }


def _phase(p: Json) -> Json:
    period = p.get("period") or p
    return {"name": _text(p.get("name")), "start": period.get("start"), "end": period.get("end")}


def _measure(m: Json) -> Json:
    units = m.get("units") if "units" in m else m.get("responsibilities")
    deadline = m.get("deadline")
    end = deadline.get("end") if isinstance(deadline, dict) else None
    return {
        "text": m.get("anchor") or f"{m.get('heading') or ''}\n{m.get('text') or ''}",
        "alt": m.get("text") or "",
        "units": [{"name": u.get("name"), "role": u.get("role") or "responsible"} for u in units or []],
        "deadline_end": m.get("deadline_end") if "deadline_end" in m else end,
    }


def _group(g: Json) -> Json:
    office = g.get("office") or {}
    return {
        "members": g.get("members") or [],
        "office_at": g.get("office_at") if "office_at" in g else _text(office.get("located_at")),
        "office_staff": g.get("office_staff") if "office_staff" in g else office.get("members") or [],
    }


def _deadline(d: Json) -> Json:
    return {
        "anchor": d.get("anchor") or f"{d.get('context') or ''}\n{d.get('text') or ''}",
        "date": d.get("date") or d.get("end") or (d.get("period") or {}).get("end"),
    }


# --- a field as a multiset ---------------------------------------------------------------------------------------


class Pair(NamedTuple):
    """What gold and prediction say of one field."""

    gold: Bag
    pred: Bag

    @property
    def hits(self) -> int:
        """How many entries agree."""
        return sum((self.gold & self.pred).values())


def _bag(values: Iterable[Hashable]) -> Bag:
    return Counter(v for v in values if v)


def _value(name: str) -> Callable[[Json], Bag]:
    return lambda doc: _bag([fold(doc.get(name))])


def _list(name: str) -> Callable[[Json], Bag]:
    return lambda doc: _bag(fold(v) for v in doc.get(name) or [])


def _phase_names(doc: Json) -> Bag:
    return Counter(fold_phase(p["name"]) for p in doc.get("phases") or [])


def _phases(doc: Json) -> Bag:
    return Counter((fold_phase(p["name"]), p.get("start"), p.get("end")) for p in doc.get("phases") or [])


def _groups(key: str) -> Callable[[Json], Bag]:
    return lambda doc: Counter(_member(m) for g in doc.get("leadership_groups") or [] for m in g.get(key) or [])


def _member(m: Json) -> Hashable:
    return fold(m.get("role")), fold(m.get("person")) or fold(m.get("post"))


def _offices(doc: Json) -> Bag:
    return Counter(fold(g.get("office_at")) for g in doc.get("leadership_groups") or [] if g.get("office_at"))


def _attachments(doc: Json) -> Bag:
    return _bag(fold(a.get("title")) for a in doc.get("attachments") or [])


_SIDE_BY_SIDE: dict[str, Callable[[Json], Bag]] = {
    "document_number": _value("document_number"),
    "title": _value("title"),
    "enclosed_title": _value("enclosed_title"),
    "doc_type": _value("doc_type"),
    "issuers": _list("issuers"),
    "recipients": _list("recipients"),
    "issue_date": _value("issue_date"),
    "phase_names": _phase_names,
    "phases": _phases,
    "leaders": _groups("members"),
    "group_offices": _offices,
    "office_staff": _groups("office_staff"),
    "attachments": _attachments,
    "citations": _list("citations"),
}
"""Fields whose entries are compared by their value alone."""


def compare(gold: Json, pred: Json) -> dict[str, Pair]:
    """Field -> what the gold file and the prediction (in gold shape) say."""
    pairs = {name: Pair(read(gold), read(pred)) for name, read in _SIDE_BY_SIDE.items()}
    pairs["citations"] = Pair(pairs["citations"].gold, Counter(set(pairs["citations"].pred)))
    pairs |= _compare_measures(gold.get("measures") or [], pred.get("measures") or [])
    pairs["deadlines"] = _compare_deadlines(gold.get("deadlines") or [], pred.get("deadlines") or [])
    return {name: pairs[name] for name in FIELDS}


def _compare_measures(gold: list[Json], found: list[Json]) -> dict[str, Pair]:
    pred = [m for m in found if m.get("units")]
    partner = _align(gold, pred)
    keys: list[Hashable] = [partner.get(j, f"?{j}") for j in range(len(pred))]
    gold_units = [(i, fold(u["name"]), u["role"]) for i, m in enumerate(gold) for u in m["units"]]
    pred_units = [(key, fold(u["name"]), u["role"]) for key, m in zip(keys, pred, strict=True) for u in m["units"]]
    return {
        "measures": Pair(Counter(range(len(gold))), Counter(keys)),
        "measure_units": Pair(Counter(u[:2] for u in gold_units), Counter(u[:2] for u in pred_units)),
        "measure_roles": Pair(Counter(gold_units), Counter(pred_units)),
        "measure_deadlines": Pair(
            Counter((i, m["deadline_end"]) for i, m in enumerate(gold) if m.get("deadline_end")),
            Counter((partner[j], m["deadline_end"]) for j, m in enumerate(pred) if m["deadline_end"] and j in partner),
        ),
    }


_ANCHOR, _HEAD, _SLACK = 12, 60, 24
"""A measure is found when the first 12 characters of its gold anchor begin within the first 25 of the 60 that the
predicted item starts with."""


def _align(gold: list[Json], pred: list[Json]) -> dict[int, int]:
    """Index of a predicted measure -> index of the gold measure that it is."""
    heads = [[fold(t)[:_HEAD] for t in (m["text"], m["alt"])] for m in pred]
    partner: dict[int, int] = {}
    for i, m in enumerate(gold):
        anchor = fold(m.get("anchor") or m.get("text"))[:_ANCHOR]
        for j, texts in enumerate(heads):
            if j not in partner and anchor and any(0 <= t.find(anchor) <= _SLACK for t in texts):
                partner[j] = i
                break
    return partner


def _compare_deadlines(gold: list[Json], pred: list[Json]) -> Pair:
    anchors = [fold(y.get("anchor")) for y in pred]
    agreed: Bag = Counter()
    used: set[int] = set()
    for i, x in enumerate(gold):
        a = fold(x.get("anchor"))
        for j, y in enumerate(pred):
            if j not in used and x["date"] == y["date"] and _same_place(a, anchors[j]):
                used.add(j)
                agreed[(i, x["date"])] += 1
                break
    extra: Bag = Counter((f"?{j}", y["date"]) for j, y in enumerate(pred) if j not in used and y.get("date"))
    return Pair(Counter((i, x["date"]) for i, x in enumerate(gold)), agreed + extra)


def _same_place(a: str, b: str, common: int = 6) -> bool:
    """True when one anchor holds the other or they share a stretch of `common` characters."""
    if not (a and b):
        return False
    return a in b or b in a or any(a[i : i + common] in b for i in range(len(a) - common + 1))


FIELDS = (
    *("document_number", "title", "enclosed_title", "doc_type", "issuers", "recipients", "issue_date"),
    *("phase_names", "phases", "measures", "measure_units", "measure_roles", "measure_deadlines"),
    *("leaders", "group_offices", "office_staff", "attachments", "citations", "deadlines"),
)
"""Every field that is scored, in the order of the report."""

# --- figures -----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Score:
    """Counts of one field, and the figures made of them."""

    hits: int = 0
    gold: int = 0
    pred: int = 0

    def add(self, pair: Pair) -> None:
        """Count one more document."""
        self.hits += pair.hits
        self.gold += pair.gold.total()
        self.pred += pair.pred.total()

    @property
    def precision(self) -> float:
        """Share of the predicted entries that are right."""
        return self.hits / self.pred if self.pred else float(not self.gold)

    @property
    def recall(self) -> float:
        """Share of the gold entries that were found."""
        return self.hits / self.gold if self.gold else float(not self.pred)

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def as_json(self) -> Json:
        """The figures by name."""
        return {"p": self.precision, "r": self.recall, "f1": self.f1, "gold": self.gold, "pred": self.pred}


@dataclass(slots=True)
class Evaluation:
    """The result over all documents."""

    documents: int = 0
    missing: list[str] = field(default_factory=list)
    """Ids of gold files without a prediction."""
    scores: dict[str, Score] = field(default_factory=lambda: {name: Score() for name in FIELDS})
    compared: dict[str, dict[str, Pair]] = field(default_factory=dict)
    """Document id -> field -> both sides, for reports document by document."""

    @property
    def headline(self) -> float:
        """Mean F1 of the HEADLINE fields."""
        return sum(self.scores[f].f1 for f in HEADLINE) / len(HEADLINE)

    def as_json(self) -> Json:
        """The figures, as `eval --json` prints them."""
        return {
            "documents": self.documents,
            "missing": len(self.missing),
            "headline_f1": self.headline,
            "fields": {name: score.as_json() for name, score in self.scores.items()},
        }


def evaluate(gold_folder: Path, pred_folder: Path, only: Iterable[str] = ()) -> Evaluation:
    """Compare every gold file (or those with the ids `only`) with its prediction; a missing one counts as empty."""
    result = Evaluation()
    wanted = set(only)
    for path in sorted(gold_folder.glob("*.json")):
        if wanted and path.stem not in wanted:
            continue
        gold = json.loads(path.read_text("utf-8"))
        prediction = find_prediction(pred_folder, path.stem, gold.get("source"))
        if prediction is None:
            result.missing.append(path.stem)
        found = json.loads(prediction.read_text("utf-8")) if prediction else {}
        result.documents += 1
        result.compared[path.stem] = compare(_plain(gold), gold_shape(found))
        for name, pair in result.compared[path.stem].items():
            result.scores[name].add(pair)
    return result


def _plain(gold: Json) -> Json:
    """A gold file of the project's own `golden/`, with richer citations and enclosures, as the guide's."""
    cited = [c if isinstance(c, str) else c.get("document_number") for c in gold.get("citations") or []]
    enclosed = [e.get("title") for e in gold.get("enclosures") or []]
    return {"enclosed_title": next(iter(enclosed), None), **gold, "citations": [c for c in cited if c]}


def find_prediction(folder: Path, identity: str, source: str | None) -> Path | None:
    """The prediction for a gold file: named after the source file (also at its place in the tree) or the id."""
    named = PurePosixPath(source or identity)
    tries = [folder / f"{name}.json" for name in (named.name, named.stem, identity, named.as_posix())]
    return next((p for p in (*tries, *sorted(folder.glob(f"{identity}.*.json"))) if p.is_file()), None)


def report_lines(result: Evaluation) -> Iterator[str]:
    """The figures for a person."""
    yield f"{result.documents} documents, {len(result.missing)} without a prediction"
    for name, s in result.scores.items():
        mark = "  *" if name in HEADLINE else ""
        figures = f"P {s.precision:.3f}  R {s.recall:.3f}  F1 {s.f1:.3f}   gold {s.gold:5d}  pred {s.pred:5d}"
        yield f"{name:18s} {figures}{mark}"
    yield f"headline (mean F1 of *): {result.headline:.4f}"


def document_lines(result: Evaluation) -> Iterator[str]:
    """A line a document: its fields that are not all right."""
    for identity, pairs in result.compared.items():
        scores = {name: Score(p.hits, p.gold.total(), p.pred.total()).f1 for name, p in pairs.items()}
        yield identity + " " + (" ".join(f"{n}={f:.2f}" for n, f in scores.items() if f < 0.9995) or "all right")


def error_lines(result: Evaluation, name: str) -> Iterator[str]:
    """A line a document whose field `name` differs: what is missing (-) and what is extra (+)."""
    for identity, pairs in result.compared.items():
        gold, pred = pairs[name]
        if gold != pred:
            missing, extra = list((gold - pred).elements()), list((pred - gold).elements())
            yield f"{identity}: - {missing}  + {extra}"
