// The trainer's window: follows the stage of a lesson page and steers it from a second screen.

import { elapsed, isOver } from "./clock.js";
import { el, fill } from "./elements.js";
import { commandOf } from "./keys.js";

const STEERS = ["next", "back", "down", "up", "first", "last", "black", "preset"];

const page = new URLSearchParams(location.search).get("page");
const channel = new BroadcastChannel(`cx-trainer-${page}`);
const send = (command) => channel.postMessage(command);
const button = (attributes = {}) => el("button", { type: "button", ...attributes });

const view = {
  lesson: el("h1"),
  now: el("h2"),
  progress: el("p", { class: "progress" }),
  title: el("p", { class: "title" }),
  nextLabel: el("h3"),
  next: el("p", { class: "following" }),
  clock: el("dl", { class: "clocks" }),
  timeLabel: el("dt"),
  time: el("dd"),
  elapsedLabel: el("dt"),
  elapsed: el("dd"),
  back: button({ onclick: () => send({ do: "back" }) }),
  onwards: button({ class: "strong", onclick: () => send({ do: "next" }) }),
  black: button({ onclick: () => send({ do: "black" }) }),
  restart: button({ onclick: () => send({ do: "restart" }) }),
  start: button({ class: "strong", onclick: () => send({ do: "enter" }) }),
  off: el("p"),
  presetsLabel: el("h2"),
  presets: el("div", { class: "presets" }),
  notesLabel: el("h2"),
  notes: el("div", { class: "notes" }),
  trouble: el("p", { class: "notice", role: "alert", hidden: "" }),
};
view.clock.append(el("div", {}, view.timeLabel, view.time), el("div", {}, view.elapsedLabel, view.elapsed));
const steering = el("div", { class: "steering" }, view.back, view.onwards, view.black, view.restart);
const following = el("div", { class: "follow", "aria-live": "polite" }, view.progress, view.title, view.nextLabel, view.next);
const onStage = el("div", {}, view.now, following, steering, view.presetsLabel, view.presets);
const offStage = el("div", { class: "off" }, view.off, view.start);
document.body.append(
  el(
    "main",
    { class: "trainer" },
    el("header", {}, view.lesson, view.clock),
    view.trouble,
    offStage,
    onStage,
    el("section", {}, view.notesLabel, view.notes),
  ),
);

let told = null;

channel.onmessage = ({ data }) => {
  if (data.gone) return leaveAlone();
  told = data;
  label(data);
  follow(data);
  tick();
};

/** The words, in the language of the lesson. */
function label({ words, lang, lesson, notes }) {
  document.documentElement.lang = lang;
  document.title = `${words.title} · ${lesson}`;
  say(view.lesson, lesson);
  say(view.now, words.now);
  say(view.nextLabel, words.following);
  say(view.timeLabel, words.time);
  say(view.elapsedLabel, words.elapsed);
  say(view.back, words.back);
  say(view.onwards, words.next);
  say(view.black, words.black);
  say(view.restart, words.restart);
  say(view.start, words.start);
  say(view.off, words.offStage);
  say(view.presetsLabel, words.presets);
  say(view.notesLabel, words.notes);
  view.notesLabel.hidden = notes === "";
  if (!view.notes.hasChildNodes()) view.notes.innerHTML = notes;
}

function follow({ stage, words }) {
  view.trouble.hidden = true;
  offStage.hidden = stage !== null;
  onStage.hidden = stage === null;
  if (!stage) return;
  say(view.progress, stage.progress);
  say(view.title, stage.title);
  say(view.next, stage.next);
  view.black.setAttribute("aria-pressed", stage.black);
  showPresets(stage.presets, words);
}

/** Writes only what is new: a screen reader would read the rest aloud again. */
function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function showPresets(labels, words) {
  const shown = [...view.presets.querySelectorAll("button")].map((preset) => preset.textContent);
  if (shown.length > 0 && shown.join() === labels.join()) return;
  const press = (text, i) => el("button", { type: "button", onclick: () => send({ do: "preset", number: i + 1 }) }, text);
  view.presets.replaceChildren(...(labels.length > 0 ? labels.map(press) : [el("p", {}, words.noPresets)]));
}

function leaveAlone() {
  view.trouble.textContent = told.words.gone;
  view.trouble.hidden = false;
  onStage.hidden = offStage.hidden = true;
}

function tick() {
  if (!told) return;
  const { lang, words, begun, minutes } = told;
  view.time.textContent = new Date().toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit" });
  view.elapsed.textContent = fill(words.clock, { elapsed: begun ? elapsed(begun) : "0:00", minutes });
  view.elapsed.classList.toggle("over", Boolean(begun) && isOver(begun, minutes));
}

window.addEventListener("keydown", (event) => {
  const command = commandOf(event);
  if (!STEERS.includes(command?.do)) return;
  event.preventDefault();
  send(command);
});
setInterval(tick, 1000);
send({ do: "hello" });
