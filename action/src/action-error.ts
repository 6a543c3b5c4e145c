// What went wrong in words for the person who set the workflow up → an error that ends the Action and stands in its report.

/** The message says what is wrong, where, and what to do about it. */
export class ActionError extends Error {
  override readonly name = 'ActionError';
}
