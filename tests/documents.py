"""Documents for tests: the samples, the development set where it lies beside the checkout, and made-up ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from policyparse import readers
from policyparse.model import PolicyDocument
from policyparse.pipeline import parse_bytes
from policyparse.source import RawDoc

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ROOT / "corpora"
DEVSET = ROOT.parent / "shared" / "devset"
READABLE = (".txt", ".html", ".htm", ".md")


def sample_files() -> list[Path]:
    """Every sample document that is text or html, the texts first."""
    found = (p for p in CORPORA.rglob("*") if p.suffix in READABLE)
    return sorted(found, key=lambda p: (p.parent.name != "notices", p))


def devset_files() -> list[Path]:
    """Every text and html document of the development set; none where it is not there."""
    folder = DEVSET / "files"
    return sorted(p for p in folder.rglob("*") if p.suffix in READABLE) if folder.is_dir() else []


@cache
def parsed(path: Path) -> PolicyDocument:
    """The document in a file, read once a test run."""
    return parse_bytes(path.read_bytes(), path.name)


def raw_of(data: bytes, name: str) -> RawDoc:
    """What the reader gives for a file."""
    return readers.read(data, name)


_TITLES = ["关于印发《青禾市河道整治实施方案》的通知", "青禾市人民政府办公室关于做好防汛工作的通知", "河道整治工作方案"]
_NUMBERS = ["青政办发〔2021〕7号", "青政〔2021〕 12 号", "青水函[2020]3号"]
_MARKERS = [
    "一、",
    "二、",
    "三、",
    "（一）",
    "（二）",
    "(三)",
    "1.",
    "2．",
    "3、",
    "（1）",
    "①",
    "第一条 ",
    "第一阶段：",
    "一是",
]
_WORDS = [
    "加强组织领导",
    "开展排查整治",
    "完善工作机制",
    "落实主体责任",
    "做好宣传引导",
    "各有关单位要",
    "督促企业",
    "建立台账",
]
_NOTES = [
    "（责任单位：市水利局、各县（市、区）人民政府）",
    "（市水利局牵头，市财政局、市住建局配合）",
    "责任单位：市水利局，市财政局等",
    "（市水利局会同市财政局负责；完成时限：10月底前）",
    "牵头单位：市水利局；配合单位：市公安局、市交通局",
]
_DATES = [
    "2021年3月1日",
    "3月15日前",
    "6月底前",
    "2021年下半年",
    "3月上旬至5月底",
    "次年1月10日前",
    "2021年9月31日",
    "20212023年",
]
_ROSTER = [
    "组　长：李　青　　副市长",
    "副组长：王大河　市水利局局长",
    "成　员：各县（市、区）人民政府分管负责人",
    "领导小组下设办公室，办公室设在市水利局",
]
_TABLE = [
    "序号\t工作任务\t责任单位\t完成时限",
    "1\t排查河道\t市水利局\t6月底前",
    "2\t整治堤防\t市水利局、市财政局\t2021年12月",
]
_TAIL = [
    "附件：1. 任务分工表",
    "2. 联系方式",
    "青禾市水利局",
    "2021年2月3日",
    "附件1",
    "（此件公开发布）",
    "抄送：市委办公室。",
    "— 3 —",
]


def notices() -> st.SearchStrategy[str]:
    """Made-up notices: the parts that real ones are made of in any order, with noise between them."""
    noise = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r"), max_size=12)
    words = st.lists(
        st.sampled_from([*_WORDS, *_DATES, "，", "。", "、", " ", "　", "（", "）", "《", "》"]), max_size=8
    ).map("".join)
    item = st.tuples(st.sampled_from(_MARKERS), words, st.sampled_from(["", "", *_NOTES])).map("".join)
    line = st.one_of(
        item, item, st.sampled_from([*_TITLES, *_NUMBERS, *_NOTES, *_ROSTER, *_TABLE, *_TAIL]), words, noise
    )
    return st.tuples(st.lists(line, max_size=25), st.sampled_from(["\n", "\n\n", "\r\n", "", "　　"])).map(
        lambda parts: parts[1].join(parts[0])
    )


def long_notice(length: int) -> str:
    """A plain notice of about `length` characters, made of the first sample's body over and over."""
    body = sample_files()[0].read_text("utf-8")
    return (body * (length // len(body) + 1))[:length]


def walk(value: object) -> Iterator[object]:
    """Every model object below `value`, itself included."""
    if hasattr(value, "model_fields_set"):
        yield value
        for name in type(value).model_fields:  # type: ignore[attr-defined]
            yield from walk(getattr(value, name))
    elif isinstance(value, list):
        for inner in value:
            if not isinstance(inner, tuple | str | int):
                yield from walk(inner)
