// How long the class has been on stage.

/** Minutes and seconds since a moment, as `12:05`. */
export function elapsed(since) {
  const seconds = Math.max(0, Math.floor((Date.now() - since) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export function isOver(since, minutes) {
  return Date.now() - since > minutes * 60_000;
}
