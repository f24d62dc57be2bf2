// Stage mode: the lesson one screen at a time, for a projector, a clicker and a class.
// Screens are shown and hidden; their nodes stay where they are, so every lab stays as it was.

import { classAnswers } from "./answers.js";
import { elapsed, isOver } from "./clock.js";
import { el, fill } from "./elements.js";
import { commandOf, isTypedIn } from "./keys.js";
import { screensOf } from "./sections.js";

const LARGEST = 2.5; // hundredths of the screen's width in one rem
const SMALLEST = 1.25;
const NARROWINGS = 5;
const SCRAP = 0.035; // less than this share of the screen is not worth a page of its own

const words = JSON.parse(document.getElementById("stage-words").textContent);
const root = document.documentElement;
const lesson = document.getElementById("lesson");
const answers = classAnswers(words, () => current && fit());
const bar = makeBar();
const overview = el("dialog", { class: "stage-overview", "aria-label": words.overview });
const black = el("div", { class: "stage-black", role: "status", hidden: "", onclick: () => run({ do: "black" }) });
const line = trainerLine();
const grown = new MutationObserver(onGrown);
const resized = new ResizeObserver(onResized);

let screens = [];
let current = null;
let entry = null;
let begun = null;

const COMMANDS = {
  enter,
  leave,
  next: () => step(1),
  back: () => step(-1),
  down: () => step(1),
  up: () => step(-1),
  first: () => show(screens[0]),
  last: () => show(screens.at(-1)),
  black: toggleBlack,
  overview: showOverview,
  answers: () => (answers.toggle(), fit()),
  notes: openNotes,
  fullscreen: toggleFullscreen,
  preset: ({ number }) => presets()[number - 1]?.click(),
  restart: () => ((begun = Date.now()), tick()),
};

export function toggle() {
  run({ do: current ? "leave" : "enter" });
}

export function openNotes() {
  line.open();
}

function run(command) {
  if (!current && command.do !== "enter") return;
  if (!black.hidden) toggleBlack();
  else COMMANDS[command.do](command);
  line.tell();
}

// ---- entering and leaving -----------------------------------------------------------------

async function enter() {
  await dressed();
  if (current) return;
  screens = screensOf(lesson);
  const inView = screens.findLast(({ cells }) => cells[0].getBoundingClientRect().top < innerHeight / 3);
  entry = { screen: inView ?? screens[0], scroll: scrollY };
  begun ??= Date.now();
  root.dataset.stage = "true";
  lesson.append(answers.node);
  document.body.append(bar.node, overview, black);
  window.addEventListener("keydown", onKey, true);
  window.addEventListener("resize", fit);
  grown.observe(lesson, { subtree: true, attributeOldValue: true, attributeFilter: ["hidden", "data-ready"] });
  lesson.addEventListener("scroll", signMore);
  entry.ticking = setInterval(tick, 1000);
  show(entry.screen);
  line.tell();
}

function leave() {
  const { place, cells } = current;
  const unmoved = current.cells[0] === entry.screen.cells[0];
  clearInterval(entry.ticking);
  grown.disconnect();
  resized.disconnect();
  window.removeEventListener("keydown", onKey, true);
  window.removeEventListener("resize", fit);
  lesson.removeEventListener("scroll", signMore);
  for (const node of [answers.node, bar.node, overview, black]) node.remove();
  for (const cell of cells) cell.classList.remove("staged");
  delete root.dataset.stage;
  root.style.removeProperty("--stage-size");
  current = null;
  if (document.fullscreenElement) document.exitFullscreen();
  if (unmoved) scrollTo({ top: entry.scroll, behavior: "instant" });
  else place.scrollIntoView({ behavior: "instant" });
  place.focus({ preventScroll: true });
}

/** The stage's own style sheet, fetched the first time. */
function dressed() {
  const href = new URL("stage.css", import.meta.url).href;
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    document.head.append(el("link", { rel: "stylesheet", href, onload: resolve, onerror: reject }));
  });
}

// ---- moving -------------------------------------------------------------------------------

/** Moves on by a screen; what is taller than the projector is paged through first. */
function step(by) {
  if (hiddenBeyond(by) > SCRAP * lesson.clientHeight) {
    lesson.scrollBy({ top: by * 0.85 * lesson.clientHeight });
    return;
  }
  show(screens[indexOf(current) + by]);
}

function hiddenBeyond(direction) {
  const { scrollTop, scrollHeight, clientHeight } = lesson;
  return direction < 0 ? scrollTop : scrollHeight - clientHeight - scrollTop;
}

function indexOf(screen) {
  return screens.findIndex(({ cells }) => cells[0] === screen.cells[0]);
}

function show(screen) {
  if (!screen) return;
  for (const cell of current?.cells ?? []) cell.classList.remove("staged");
  current = screen;
  arrange();
  lesson.scrollTop = 0;
  bar.said.textContent = `${bar.progress.textContent}: ${nameOf(current)}`;
  current.place.setAttribute("tabindex", "-1");
  current.place.focus({ preventScroll: true });
}

/** Puts the cells of the current screen on stage, and says so in the bar. */
function arrange() {
  resized.disconnect();
  for (const cell of current.cells) {
    cell.classList.add("staged");
    resized.observe(cell);
  }
  const n = indexOf(current) + 1;
  bar.progress.textContent = fill(words.progress, { n, all: screens.length });
  bar.title.textContent = nameOf(current);
  bar.node.style.setProperty("--done", n / screens.length);
  bar.answers.hidden = !answers.turnTo(current.cells);
  fit();
  tick();
}

function nameOf({ part, title }) {
  const kind = words.parts[part];
  return kind && kind !== title ? `${title} · ${kind}` : title;
}

/** Gives the screen the largest type with which it fits; if none does, the smallest. */
function fit() {
  const fits = (size) => {
    root.style.setProperty("--stage-size", size);
    return lesson.scrollHeight <= lesson.clientHeight;
  };
  if (!fits(LARGEST)) {
    let [low, high] = [SMALLEST, LARGEST];
    for (let i = 0; i < NARROWINGS; i++) {
      const middle = (low + high) / 2;
      if (fits(middle)) low = middle;
      else high = middle;
    }
    fits(low);
  }
  signMore();
}

function signMore() {
  bar.more.hidden = hiddenBeyond(1) <= SCRAP * lesson.clientHeight;
}

/** A curtain that opens or a panel that arrives changes what the screen holds. */
function onGrown(changes) {
  const real = ({ target, attributeName, oldValue }) =>
    target.matches(".cx-curtain, .cx-panel") && target.getAttribute(attributeName) !== oldValue;
  if (!changes.some(real)) return;
  screens = screensOf(lesson);
  current = screens[indexOf(current)];
  arrange();
  line.tell();
}

/** An answer may make its panel taller; type that shrank stays small until the next screen. */
function onResized() {
  const overflows = lesson.scrollHeight > lesson.clientHeight;
  if (overflows && root.style.getPropertyValue("--stage-size") > SMALLEST) fit();
  else signMore();
  line.tell();
}

function presets() {
  return current.cells
    .flatMap((cell) => [...cell.querySelectorAll(".cx-presets:not([hidden]) button")])
    .filter((button) => button.checkVisibility());
}

// ---- keys ---------------------------------------------------------------------------------

function onKey(event) {
  if (overview.open) return moveInOverview(event);
  const command = commandOf(event);
  const scrolls = { down: 1, up: -1 }[command?.do];
  if (!command || (scrolls && hiddenBeyond(scrolls) > 0 && black.hidden)) return;
  if (command.do === "leave" && escapeIsTaken(event.target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  run(command);
}

/** Escape first closes an explanation and leaves a box; only then does it leave the stage. */
function escapeIsTaken(focused) {
  if (document.querySelector('.staged .term [role="tooltip"]:not([hidden])')) return true;
  if (!isTypedIn(focused)) return false;
  current.place.focus({ preventScroll: true });
  return true;
}

// ---- black screen, overview, full screen --------------------------------------------------

function toggleBlack() {
  black.hidden = !black.hidden;
  black.textContent = black.hidden ? "" : words.isBlack;
  lesson.inert = bar.node.inert = !black.hidden;
  if (black.hidden) current.place.focus({ preventScroll: true });
}

function showOverview() {
  const items = screens.map((screen) => {
    const choose = () => {
      overview.close();
      show(screen);
      line.tell();
    };
    const here = screen.cells[0] === current.cells[0] ? { "aria-current": "true" } : {};
    return el("li", {}, el("button", { type: "button", onclick: choose, ...here }, nameOf(screen)));
  });
  const close = el("button", { type: "button", class: "stage-close", onclick: () => overview.close() }, words.close);
  overview.replaceChildren(el("header", {}, el("h2", {}, words.overview), close), el("ol", {}, ...items));
  overview.showModal();
  overview.querySelector("[aria-current]").focus();
}

function moveInOverview(event) {
  const by = { ArrowDown: 1, ArrowRight: 1, PageDown: 1, ArrowUp: -1, ArrowLeft: -1, PageUp: -1 }[event.key];
  if (!by) return;
  const items = [...overview.querySelectorAll("li button")];
  items.at((items.indexOf(document.activeElement) + by) % items.length).focus();
  event.preventDefault();
  event.stopImmediatePropagation();
}

function toggleFullscreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else root.requestFullscreen();
}

// ---- the bar below ------------------------------------------------------------------------

function makeBar() {
  const press = (command, key, attributes = {}, label = words[command]) =>
    el(
      "button",
      { type: "button", title: `${words[command]} (${key})`, onclick: () => run({ do: command }), ...attributes },
      label,
    );
  const arrow = (command, key, sign) =>
    press(command, key, { class: "stage-step", "aria-label": words[command] }, sign);
  const parts = {
    said: el("p", { class: "stage-said", "aria-live": "polite" }),
    more: el("button", { type: "button", class: "stage-more", hidden: "", onclick: () => run({ do: "next" }) }, words.more),
    progress: el("strong"),
    title: el("span"),
    clock: el("p", { class: "stage-clock", role: "timer", "aria-live": "off" }),
    answers: press("answers", "A"),
  };
  const node = el(
    "nav",
    { class: "stage-bar", "aria-label": words.bar },
    parts.said,
    parts.more,
    arrow("back", "←", "‹"),
    arrow("next", "→", "›"),
    el("p", { class: "stage-where" }, parts.progress, parts.title),
    parts.clock,
    press("overview", "O"),
    parts.answers,
    press("notes", "N"),
    press("black", "B"),
    press("leave", "Esc"),
  );
  return { ...parts, node };
}

function tick() {
  const over = isOver(begun, words.minutes);
  const said = fill(words.clock, { elapsed: elapsed(begun), minutes: words.minutes });
  bar.clock.textContent = over ? `${said} · ${words.over}` : said;
  bar.clock.classList.toggle("stage-over", over);
}

// ---- the trainer's window -----------------------------------------------------------------

/** The page's end of the line: the window asks and gives orders, the page tells what it shows. */
function trainerLine() {
  const page = Math.random().toString(36).slice(2);
  const channel = new BroadcastChannel(`cx-trainer-${page}`);
  const notes = [...document.querySelectorAll("template.part-trainer")].map((notes) => notes.innerHTML).join("");
  const following = () => screens[indexOf(current) + 1];
  const tell = () =>
    channel.postMessage({
      words: { ...words.trainer, back: words.back, next: words.next, black: words.black, clock: words.clock },
      lang: words.lang,
      lesson: words.title,
      minutes: words.minutes,
      notes,
      begun,
      stage: current && {
        progress: bar.progress.textContent,
        title: nameOf(current),
        next: following() ? nameOf(following()) : words.trainer.end,
        presets: presets().map((button) => button.textContent),
        black: !black.hidden,
      },
    });
  channel.onmessage = ({ data }) => (data.do === "hello" ? tell() : run(data));
  window.addEventListener("pagehide", () => channel.postMessage({ gone: true }));
  const open = () =>
    window.open(new URL(`trainer.html?page=${page}`, import.meta.url), "cx-trainer", "popup,width=720,height=860");
  return { open, tell };
}
