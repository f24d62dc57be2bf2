// What a key asks of the stage. A key belongs first to whatever has the focus and uses it.

const COMMANDS = {
  ArrowRight: "next",
  ArrowLeft: "back",
  ArrowDown: "down",
  ArrowUp: "up",
  PageDown: "next",
  PageUp: "back",
  " ": "next",
  Home: "first",
  End: "last",
  Escape: "leave",
  ".": "black",
  b: "black",
  o: "overview",
  a: "answers",
  n: "notes",
  f: "fullscreen",
};
const TYPED_IN = "textarea, select, [contenteditable], input:not([type=range], [type=radio], [type=checkbox])";
const MOVED_BY_ARROWS = "input[type=range], input[type=radio], .scroll, .cx-scroll";
const PRESSED_BY_SPACE = "button, summary, a, input, [role=button]";

/** The command of a key, such as `{ do: "next" }` or `{ do: "preset", number: 2 }`, or null. */
export function commandOf(event) {
  const { key } = event;
  const foreign = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
  if (foreign || event.defaultPrevented || isUsedBy(event.target, key)) return null;
  if (/^[1-9]$/.test(key)) return { do: "preset", number: Number(key) };
  const command = COMMANDS[key.length === 1 ? key.toLowerCase() : key];
  return command ? { do: command } : null;
}

/** Page keys are what clickers send, so only a box with lines of its own keeps them. */
function isUsedBy(focused, key) {
  if (key.startsWith("Page")) return focused.matches("textarea, select");
  if (key === "Escape") return false;
  if (focused.matches(TYPED_IN)) return true;
  if (key === " ") return focused.matches(PRESSED_BY_SPACE);
  return /^(Arrow|Home|End)/.test(key) && focused.matches(MOVED_BY_ARROWS);
}

export function isTypedIn(focused) {
  return focused.matches(TYPED_IN);
}
