"""The project's own evaluation gives the figures of the reference scorer, figure by figure."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from policyparse.evaluate import FIELDS, HEADLINE, compare, error_lines, evaluate, fold, fold_phase, gold_shape
from tests.documents import ROOT

SCORER = ROOT.parent / "shared" / "score.py"

GOLD: dict[str, Any] = {
    "id": "t900",
    "source": "files/t900.txt",
    "document_number": "青政办发〔2021〕7号",
    "title": "关于印发《青禾市河道整治实施方案》的通知",
    "enclosed_title": "青禾市河道整治实施方案",
    "doc_type": "通知",
    "issuers": ["青禾市人民政府办公室"],
    "recipients": ["各县（市、区）人民政府", "市直各单位"],
    "issue_date": "2021-02-03",
    "phases": [
        {"name": "动员部署", "start": None, "end": "2021-02-28"},
        {"name": "整治", "start": "2021-03-01", "end": "2021-06-30"},
    ],
    "measures": [
        {
            "number": "1",
            "anchor": "排查河道隐患。组织力量对全市",
            "units": [{"name": "市水利局", "role": "lead"}, {"name": "市财政局", "role": "cooperate"}],
            "deadline": "6月底前",
            "deadline_end": "2021-06-30",
        },
        {
            "number": "2",
            "anchor": "整治重点堤防。对存在险情的",
            "units": [{"name": "市水利局", "role": "responsible"}],
            "deadline": None,
            "deadline_end": None,
        },
    ],
    "leadership_groups": [
        {
            "name": "领导小组",
            "members": [
                {"role": "组长", "person": "李青", "post": "副市长"},
                {"role": "成员", "person": None, "post": "市直各单位"},
            ],
            "office_at": "市水利局",
            "office_staff": [{"role": "办公室主任", "person": "王大河", "post": None}],
        }
    ],
    "attachments": [{"label": "附件1", "title": "任务分工表"}],
    "citations": ["青政〔2020〕12号", "青水函〔2020〕3号"],
    "deadlines": [
        {"anchor": "于4月10日前报市水利局", "date": "2021-04-10"},
        {"anchor": "年底前完成验收", "date": "2021-12-31"},
    ],
}

OUTPUT: dict[str, Any] = {
    "document_number": {"text": "青政办发[2021]7号", "normalized": "青政办发〔2021〕7号"},
    "title": {"text": "关于印发《青禾市河道整治实施方案》的通知"},
    "enclosures": [{"title": "青禾市河道整治实施方案", "doc_type": "方案"}],
    "doc_type": "通知",
    "issuers": [{"name": "青禾市人民政府"}],
    "recipients": [{"name": "各县(市、区)人民政府"}, {"name": "市直各单位"}, {"name": "各企业"}],
    "issue_date": {"text": "2021年2月3日", "date": "2021-02-03"},
    "phases": [
        {"name": "第一阶段：动员部署阶段（2月底前）", "period": {"start": None, "end": "2021-02-28"}},
        {"name": "整治", "period": None},
    ],
    "measures": [
        {
            "number": "1",
            "heading": "排查河道隐患",
            "text": "排查河道隐患。组织力量对全市河道",
            "responsibilities": [{"name": "市水利局", "role": "lead"}, {"name": "市财政局", "role": "responsible"}],
            "deadline": {"text": "6月底前", "end": "2021-06-30"},
        },
        {
            "number": "3",
            "heading": None,
            "text": "别的事项",
            "responsibilities": [{"name": "市公安局", "role": "lead"}],
            "deadline": {"text": "年底", "end": "2021-12-31"},
        },
        {"number": "4", "heading": None, "text": "没有责任单位", "responsibilities": [], "deadline": None},
    ],
    "leadership_groups": [
        {
            "name": "领导小组",
            "members": [{"role": "组长", "person": "李 青", "post": None}],
            "office": {"located_at": "市水利局", "members": []},
        }
    ],
    "attachments": [{"label": "附件1", "title": "《任务分工表》"}],
    "citations": [
        {"title": None, "document_number": {"text": "", "normalized": "青政〔2020〕12号"}},
        {"title": "某办法", "document_number": None},
    ],
    "deadlines": [
        {"text": "4月10日前", "context": "形成方案，于4月10日前报市水利局。", "period": {"end": "2021-04-10"}},
        {"text": "5月底前", "context": "5月底前完成", "period": {"end": "2021-05-31"}},
    ],
}


def figures(gold: Path, pred: Path, *only: str) -> dict[str, Any]:
    run = [sys.executable, str(SCORER), str(gold), str(pred), "--json", "--only", ",".join(only)]
    result: dict[str, Any] = json.loads(subprocess.run(run, capture_output=True, check=True, text=True).stdout)
    return result


def write(folder: Path, name: str, value: object) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(json.dumps(value, ensure_ascii=False), "utf-8")


def spoiled(value: Any, dice: random.Random) -> Any:
    """A prediction with errors of every kind: lost, doubled, shuffled and changed entries."""
    if isinstance(value, dict):
        return {k: spoiled(v, dice) if dice.random() > 0.08 else None for k, v in value.items()}
    if isinstance(value, list):
        kept = [spoiled(v, dice) for v in value if dice.random() > 0.15]
        return kept + kept[: dice.randint(0, 1)] if dice.random() < 0.3 else kept
    return value[: dice.randint(1, len(value))] if isinstance(value, str) and value and dice.random() < 0.1 else value


def without_nulls(pred: dict[str, Any]) -> dict[str, Any]:
    """Entries of lists must be objects that have their names."""
    for field in ("phases", "measures", "deadlines", "leadership_groups", "attachments", "citations"):
        pred[field] = [v for v in pred.get(field) or [] if v]
    for phase in pred["phases"]:
        phase["name"] = phase["name"] or ""
    return pred


def test_own_figures() -> None:
    pairs = compare(GOLD, gold_shape(OUTPUT))
    counts = {name: (p.hits, p.gold.total(), p.pred.total()) for name, p in pairs.items()}
    assert counts["document_number"] == counts["title"] == counts["issue_date"] == (1, 1, 1)
    assert counts["issuers"] == (0, 1, 1)
    assert counts["recipients"] == (2, 2, 3)
    assert counts["phase_names"] == (2, 2, 2)
    assert counts["phases"] == (1, 2, 2)
    assert counts["measures"] == (1, 2, 2)
    assert counts["measure_units"] == (2, 3, 3)
    assert counts["measure_roles"] == (1, 3, 3)
    assert counts["measure_deadlines"] == (1, 1, 1)
    assert counts["leaders"] == (1, 2, 1)
    assert counts["citations"] == (1, 2, 1)
    assert counts["deadlines"] == (1, 2, 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("青政办发〔2021〕7号", "青政办发[2021] 7号"),
        ("《甲》、乙：", "甲,乙"),
        ("１２月—次月", "12月-次月"),
        (None, ""),
    ],
)
def test_fold_leaves_out_what_no_reader_would_call_an_error(one: str | None, other: str) -> None:
    assert fold(one) == fold(other)


def test_fold_phase() -> None:
    assert fold_phase("第二阶段：集中整治阶段（3月1日—6月30日）") == "集中整治"
    assert fold_phase("（一）动员") == "动员"
    assert fold_phase("第一阶段") == "第一"


def test_gold_against_itself_is_all_right(tmp_path: Path) -> None:
    write(tmp_path / "gold", "t900.json", GOLD)
    result = evaluate(tmp_path / "gold", tmp_path / "gold")
    assert result.headline == 1.0
    assert not list(error_lines(result, "measures"))


def test_missing_prediction_counts_as_empty(tmp_path: Path) -> None:
    write(tmp_path / "gold", "t900.json", GOLD)
    (tmp_path / "pred").mkdir()
    result = evaluate(tmp_path / "gold", tmp_path / "pred")
    assert result.missing == ["t900"]
    assert all(result.scores[f].recall == 0 for f in HEADLINE)


def test_same_figures_as_the_reference_on_made_up_predictions(tmp_path: Path) -> None:
    if not SCORER.is_file():
        pytest.skip("no reference scorer beside the checkout")
    dice = random.Random(7)
    for i in range(60):
        base = OUTPUT if i % 2 else {k: v for k, v in GOLD.items() if k not in ("id", "source")}
        write(tmp_path / "gold", f"t{i:03d}.json", GOLD | {"source": f"files/t{i:03d}.txt"})
        write(tmp_path / "pred", f"t{i:03d}.txt.json", without_nulls(spoiled(base, dice)))
    expected = figures(tmp_path / "gold", tmp_path / "pred")
    own = evaluate(tmp_path / "gold", tmp_path / "pred").as_json()
    assert list(own["fields"]) == list(FIELDS) == list(expected["fields"])
    assert own == expected


def test_same_figures_as_the_reference_on_the_development_set(tmp_path: Path) -> None:
    gold = ROOT.parent / "shared" / "devset" / "gold"
    if not (SCORER.is_file() and gold.is_dir()):
        pytest.skip("no development set beside the checkout")
    dice = random.Random(11)
    for path in sorted(gold.glob("*.json")):
        write(tmp_path, path.name, without_nulls(spoiled(json.loads(path.read_text("utf-8")), dice)))
    assert evaluate(gold, tmp_path).as_json() == figures(gold, tmp_path)
