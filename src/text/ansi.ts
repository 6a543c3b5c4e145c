// Text as a terminal shows it → the same text without the terminal's control sequences.

/**
 * CSI, OSC, DCS/PM/APC/SOS strings, two-character escapes and the 8-bit CSI. Every branch consumes what it scanned, so
 * the time is linear; `stripVTControlCharacters` of node:util needs seconds for 400 kB of unterminated links.
 */
const controlSequence =
  /\x1b(?:\[[0-?]*[ -/]*[@-~]?|\][^\x07\x1b\n]*(?:\x07|\x1b\\)?|[PX^_][^\x1b\n]*(?:\x1b\\)?|[ -/]+[0-~]?|[0-~])?|\x9b[0-?]*[ -/]*[@-~]?/g;

export const withoutAnsi = (text: string): string =>
  text.includes('\x1b') || text.includes('\x9b') ? text.replace(controlSequence, '') : text;
