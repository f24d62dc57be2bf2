"""A lesson page: it knows its lesson and language and puts panels on the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cxlib.learning.certificate import CertificateFace
from cxlib.learning.diagnostic import AFTER, BEFORE, DiagnosticFace
from cxlib.learning.evidence import Evidence
from cxlib.learning.glossary import GlossaryFace
from cxlib.learning.lab import Lab, LabFace, LabPanel
from cxlib.learning.lobby import CourseMapFace, KeepFace, LobbyPanel
from cxlib.learning.page_widget import PageWidget
from cxlib.learning.panel import Face, Panel
from cxlib.learning.place import without_code
from cxlib.learning.predict import Prediction, PredictionFace
from cxlib.learning.profile import ProfileFace
from cxlib.learning.questions import exercise, questions
from cxlib.learning.quiz import Elsewhere, ExerciseFace, Feedback, QuestionsFace, check
from cxlib.learning.store import Store
from cxlib.text import Lang


class Page:
    """Everything a notebook calls; show the page itself first, so that answers are remembered."""

    def __init__(self, lesson: str, lang: Lang) -> None:
        self.lesson = lesson
        self.lang = lang
        self.store = Store()
        self._widget = PageWidget(self.store)

    def predict(self, prediction: Prediction) -> Panel:
        """Ask for a prediction before the lab opens."""
        return Panel(PredictionFace(prediction, self.lang, self.store), self.store)

    def lab(self, lab: Lab, after: Prediction | None = None) -> LabPanel:
        """Show a lab; with ``after`` it stays closed until that prediction is committed."""
        face = LabFace(lab, self.lang, self.store, after=after, tried=lab.tried())
        return LabPanel(face, self.store)

    def company(self, lab: Lab) -> LabPanel:
        """Show a lab on the learner's own figures, kept in her browser.

        It starts with what she entered here before, else with her profile.
        """
        own, tried = lab.for_company(), lab.tried(own=True)
        face = LabFace(own, self.lang, self.store, memory=lab.memory, tried=tried)
        return LabPanel(face, self.store)

    def show(self, face: Callable[[Lang, Store], Face]) -> Panel:
        """Show a face that a lesson brings along; it follows everything the learner keeps."""
        return LobbyPanel(face(self.lang, self.store), self.store)

    def evidence(self, *keys: str) -> Evidence:
        """Show published figures with their source and how sure we are of them."""
        return Evidence(keys, self.lang)

    def quiz(self) -> Panel:
        """Show the lesson's quiz."""
        items = questions(self.lesson, "quiz")
        face = QuestionsFace(f"quiz.{self.lesson}", items, self.lang, self.store)
        return Panel(face, self.store)

    def exercise(self, key: str) -> Panel:
        """Show one exercise whose answer is typed in and checked at once."""
        memory = f"exercise.{self.lesson}.{key}"
        face = ExerciseFace(memory, exercise(self.lesson, key), self.lang, self.store)
        return Panel(face, self.store)

    def check(self, key: str, answer: Any) -> Feedback | Elsewhere:
        """Judge an answer computed in a code cell; where none can be edited, say where to go."""
        if answer is ... and without_code():
            return Elsewhere(f"exercises/{self.lang}/{self.lesson}.ipynb", self.lang)
        return check(exercise(self.lesson, key), answer, self.lang)

    def profile(self) -> Panel:
        """Ask once for the figures of the learner's company."""
        return LobbyPanel(ProfileFace(self.lang, self.store), self.store)

    def course_map(self) -> Panel:
        """Show every lesson and how far the learner has come."""
        return LobbyPanel(CourseMapFace(self.lang, self.store), self.store)

    def pretest(self) -> Panel:
        """Ask the ten questions before the course."""
        return LobbyPanel(DiagnosticFace(BEFORE, self.lang, self.store), self.store)

    def posttest(self) -> Panel:
        """Ask the same ten questions after it, this time with answers and reasons."""
        return LobbyPanel(DiagnosticFace(AFTER, self.lang, self.store), self.store)

    def keep(self) -> Panel:
        """Let the learner save her progress to a file, open it and erase it."""
        return LobbyPanel(KeepFace(self.lang, self.store), self.store)

    def certificate(self) -> Panel:
        """Show the certificate once it is earned."""
        return LobbyPanel(CertificateFace(self.lang, self.store), self.store)

    def glossary(self) -> Panel:
        """Show the course's terms with a search box."""
        return Panel(GlossaryFace(self.lang), self.store)

    def _repr_mimebundle_(self, **_: Any) -> Any:
        return self._widget._repr_mimebundle_()
