"""What a learner keeps: listeners hear of changes, and the browser's copy stays in step."""

from __future__ import annotations

import pytest

from cxlib.learning.page import Page
from cxlib.learning.page_widget import PageWidget
from cxlib.learning.store import Store


@pytest.fixture
def store() -> Store:
    return Store()


def test_value_comes_back(store: Store) -> None:
    store.put("a", [1, 2])
    assert store.get("a") == [1, 2]
    assert store.get("b") is None
    assert store.get("b", 7) == 7


def test_values_are_a_copy(store: Store) -> None:
    store.put("a", 1)
    store.values()["a"] = 2
    assert store.get("a") == 1


def test_listeners_hear_what_changed_and_only_that(store: Store) -> None:
    heard: list[frozenset[str]] = []
    store.listen(heard.append)
    store.load({"a": 1, "b": 2})
    store.load({"a": 1, "b": 3})
    store.load({"a": 1})
    assert heard == [{"a", "b"}, {"b"}]


def test_listener_finds_the_new_value(store: Store) -> None:
    seen = []
    store.listen(lambda changed: seen.append({key: store.get(key) for key in changed}))
    store.put("a", 5)
    assert seen == [{"a": 5}]


class TestPageWidget:
    def test_change_is_mirrored_to_the_browser(self, store: Store) -> None:
        browser = PageWidget(store)
        store.put("a", 1)
        store.put("b", 2)
        assert browser.saved == {"a": 1, "b": 2}

    def test_what_the_browser_kept_is_found(self, store: Store) -> None:
        browser = PageWidget(store)
        browser._handle_custom_msg({"found": {"a": 1}}, [])
        assert store.get("a") == 1

    @pytest.mark.parametrize("message", [{}, {"found": None}, {"found": [1]}, {"x": {"a": 1}}])
    def test_anything_else_from_the_browser_is_ignored(self, store: Store, message: dict) -> None:
        browser = PageWidget(store)
        browser._handle_custom_msg(message, [])
        assert store.values() == {}


def test_two_pages_share_nothing() -> None:
    first, second = (Page("09-invest-and-return", "vi") for _ in range(2))
    first.store.put("company", 1e9)
    assert second.store.values() == {}
