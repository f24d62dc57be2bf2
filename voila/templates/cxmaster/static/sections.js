// Cuts a lesson into screens: each prose cell begins one, and the panel that follows belongs to it.

const HEADINGS = "h1, h2, h3";

/** The screens in order: `{ cells, part, title, place }`; `place` takes the focus. */
export function screensOf(lesson) {
  const screens = [];
  let chapter = "";
  for (const part of lesson.querySelectorAll("section.part:not(.part-setup)")) {
    for (const cells of grouped([...part.children].filter(isShown))) {
      const heading = cells[0].querySelector(HEADINGS);
      if (heading) chapter = wordsOf(heading);
      const title = heading ? chapter : (panelTitle(cells) ?? chapter);
      screens.push({ cells, part: partName(part), title, place: heading ?? cells[0] });
    }
  }
  return screens;
}

function isShown(cell) {
  return cell.matches(".prose") || cell.querySelector(".output, .notice") !== null;
}

function grouped(cells) {
  const groups = [];
  for (const cell of cells) {
    const last = groups.at(-1);
    const joins = cell.matches(".live") && last?.length === 1 && last[0].matches(".prose");
    if (joins) last.push(cell);
    else groups.push([cell]);
  }
  return groups;
}

function panelTitle(cells) {
  return cells.map((cell) => cell.querySelector(".cx-title")?.textContent).find(Boolean);
}

function partName(part) {
  return part.className.match(/part-(\w+)/)[1];
}

function wordsOf(heading) {
  const copy = heading.cloneNode(true);
  copy.querySelector(".anchor-link")?.remove();
  return copy.textContent.trim();
}
