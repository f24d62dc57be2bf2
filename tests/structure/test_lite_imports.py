"""What a page of the browser's course fetches is found in the code, cell by cell."""

from __future__ import annotations

from lite.imports import libraries


def test_a_cell_needs_what_its_own_lab_needs() -> None:
    setup, cost, chance = libraries(
        [
            "from cxlib.labs import invest_and_return as labs\nfrom cxlib.learning import Page",
            "page.lab(labs.cost_builder)",
            "page.lab(labs.uncertainty)",
        ]
    )
    assert {"anywidget", "babel", "matplotlib"} <= setup
    assert "scipy" not in setup | cost
    assert "scipy" in chance


def test_a_lab_that_bears_the_name_of_its_module_is_followed() -> None:
    _, lottery = libraries(["from cxlib.labs import was_it_cx as labs", "labs.lottery"])
    assert "scipy" in lottery


def test_imports_inside_functions_and_of_a_cell_itself_count() -> None:
    (found,) = libraries(["from cxlib.learning.paper import paper_docx\nimport seaborn as sns"])
    assert {"docx", "seaborn"} <= found


def test_imports_for_type_checkers_do_not_count() -> None:
    (found,) = libraries(["from cxlib.charts.svg import to_svg"])
    assert "pandas" not in found
