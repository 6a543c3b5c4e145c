// A run of lines in a file.

/** 1-based, inclusive. */
export interface Lines {
  from: number;
  to: number;
}
