"""The company is entered once; every lab on the learner's own figures starts from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlib.catalogue.terms import INDUSTRIES
from cxlib.labs.invest_and_return import breakeven, own_plan
from cxlib.labs.invest_and_return.costs import template
from cxlib.learning.fields import Quantity
from cxlib.learning.lab import LabFace
from cxlib.learning.page import Page
from cxlib.learning.panel import Panel
from cxlib.learning.profile import (
    FIELDS,
    FIGURES,
    PROFILE,
    UNITS,
    Profile,
    borrowed,
    moved,
    summary,
    templates,
)
from cxlib.learning.store import Store

JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
EMPTY: Final[dict[str, Any]] = {name: field.default for name, field in FIELDS.items()}

each_industry = pytest.mark.parametrize("industry", list(INDUSTRIES))


def send(panel: Panel, **event: Any) -> dict[str, Any]:
    panel._handle_custom_msg(event, [])
    return dict(panel.state)


def plain(text: str) -> str:
    """The text with ordinary spaces."""
    return text.replace("\u00a0", " ")


def page_with(industry: str) -> Page:
    page = Page("00-lobby", "vi")
    send(page.profile(), do="enter", name="industry", raw=industry)
    return page


@each_industry
def test_choosing_an_industry_fills_a_whole_profile(industry: str) -> None:
    profile = Profile.kept(page_with(industry).store)
    assert profile is not None
    assert {name: getattr(profile, name) for name in FIGURES} == templates()[industry]


def test_no_profile_until_an_industry_is_chosen() -> None:
    page = Page("00-lobby", "vi")
    state = send(page.profile(), do="enter", name="name", raw="An Nhiên")
    assert Profile.kept(page.store) is None
    assert state["hidden"] == ["template"]


@given(
    st.sampled_from(list(INDUSTRIES)),
    st.sampled_from(list(INDUSTRIES)),
    st.sets(st.sampled_from(FIGURES)),
)
def test_own_figures_survive_a_change_of_industry(first: str, then: str, own: set[str]) -> None:
    values = moved(EMPTY, first)
    values |= {name: values[name] * 0.9 + 0.01 for name in own}
    after = moved(values, then)
    assert {name: after[name] for name in own} == {name: values[name] for name in own}
    others = set(FIGURES) - own
    assert {name: after[name] for name in others} == {
        name: templates()[then][name] for name in others
    }
    assert others <= set(borrowed(after))


def test_page_says_which_figures_are_only_illustrative() -> None:
    page = page_with("retail")
    panel = page.profile()
    assert "Tất cả mới là số minh họa" in panel.state["screen"]
    told = send(panel, do="enter", name="customers", raw="61.000")["screen"]
    assert "số khách hàng" not in told
    assert "số nhân viên" in told
    back = send(panel, do="act", name="template")["screen"]
    assert "Tất cả mới là số minh họa" in back


def test_nonsense_is_told_and_the_figure_stays() -> None:
    page = page_with("retail")
    state = send(page.profile(), do="enter", name="retention", raw="170 %")
    assert "99 %" in plain(state["fields"]["retention"]["problem"])
    assert Profile.kept(page.store).retention == templates()["retail"]["retention"]


def test_a_name_is_shown_as_letters_only() -> None:
    page = page_with("retail")
    state = send(page.profile(), do="enter", name="name", raw="<b>An & Nhiên</b>")
    assert "&lt;b&gt;An &amp; Nhiên&lt;/b&gt;" in state["screen"]


@given(JSON)
def test_anything_in_the_store_is_a_profile_or_none(junk: Any) -> None:
    store = Store()
    store.put(PROFILE, junk)
    assert Profile.kept(store) is None
    assert "Hãy chọn ngành" in screen_with(store)


@given(st.dictionaries(st.sampled_from(list(FIELDS)), JSON))
def test_fields_of_a_wrong_kind_are_left_empty(junk: dict[str, Any]) -> None:
    store = Store()
    store.put(PROFILE, junk)
    kept = Profile.kept(store)
    assert kept is None or kept.industry in INDUSTRIES
    assert screen_with(store)


def screen_with(store: Store) -> str:
    page = Page("00-lobby", "vi")
    panel = page.profile()
    page.store.load(store.values())
    return str(panel.state["screen"])


def test_summary_adds_up_in_the_unit_chosen() -> None:
    store = page_with("retail").store
    profile = Profile.kept(store)
    assert plain(summary(profile).vi) == (
        "Công ty bạn: doanh thu 120 tỷ ₫ một năm, biên lợi nhuận đóng góp 30 tỷ ₫. "
        "Với tỷ lệ ở lại 70 %, mỗi năm khoảng 15.000 khách rời đi."
    )
    written = {unit: plain(replace(profile, unit=unit).money(120e9).en) for unit in UNITS}
    assert written == {
        "dong": "₫120,000,000,000",
        "thousand": "₫120,000,000 thousand",
        "million": "₫120,000 million",
        "billion": "₫120 billion",
    }


# ------------------------------------------------------------------------- labs on own figures


def values(panel: Panel) -> dict[str, Any]:
    face = panel.face
    assert isinstance(face, LabFace)
    return dict(face.values)


def test_without_a_profile_a_company_lab_starts_from_its_defaults() -> None:
    page = Page("09-invest-and-return", "vi")
    assert values(page.company(breakeven)) == {n: f.default for n, f in breakeven.fields.items()}


@each_industry
def test_company_labs_take_every_industrys_figures(industry: str) -> None:
    page = page_with(industry)
    profile, figures = Profile.kept(page.store), values(page.company(breakeven))
    taken = {name: figures[name] for name in ("customers", "margin", "retention")}
    assert taken == {
        "customers": profile.customers,
        "margin": pytest.approx(profile.margin_per_customer),
        "retention": profile.retention,
    }
    plan, mix = values(page.company(own_plan)), template(industry)
    sizes = [plan[name] / amount for name, amount in mix.items() if amount > 1e8]
    assert sizes == pytest.approx([sizes[0]] * len(sizes), rel=0.1)


def test_a_changed_profile_reaches_an_untouched_lab_that_is_open() -> None:
    page = page_with("retail")
    lab = page.company(breakeven)
    version = lab.state["version"]
    send(page.profile(), do="enter", name="customers", raw="61.000")
    assert values(lab)["customers"] == 61_000
    assert lab.state["version"] == version + 1
    assert lab.state["fields"]["customers"]["text"] == "61.000"


def test_what_was_entered_in_the_lab_goes_before_the_profile() -> None:
    page = page_with("retail")
    lab = page.company(breakeven)
    send(lab, do="enter", name="customers", raw="70.000")
    send(page.profile(), do="enter", name="customers", raw="61.000")
    assert values(lab)["customers"] == 70_000
    assert values(page.company(breakeven))["customers"] == 70_000


def test_reset_brings_a_lab_back_to_the_profile() -> None:
    page = page_with("retail")
    lab = page.company(breakeven)
    send(lab, do="enter", name="customers", raw="70.000")
    send(lab, do="act", name="reset")
    assert values(lab)["customers"] == 50_000
    send(page.profile(), do="enter", name="customers", raw="61.000")
    assert values(lab)["customers"] == 61_000


def test_only_company_labs_follow_the_profile() -> None:
    page = page_with("bank")
    assert values(page.lab(breakeven))["customers"] == 50_000


def corners() -> Iterator[dict[str, float]]:
    fields = breakeven.for_company().fields
    ends = [[(n, end) for end in f.ends()] for n, f in fields.items() if isinstance(f, Quantity)]
    return (dict(corner) for corner in product(*ends))


def test_figures_of_any_company_give_a_finding() -> None:
    own = breakeven.for_company()
    for corner in corners():
        told = own(**corner).finding.en
        assert "–" not in told, f"no number for {corner}: {told}"


def test_first_touch_is_kept() -> None:
    page = Page("09-invest-and-return", "vi")
    lab = page.lab(breakeven)
    page.company(breakeven)
    assert page.store.values() == {}
    send(lab, do="enter", name="rate", raw=0.1)
    assert page.store.values() == {breakeven.tried(): True}
