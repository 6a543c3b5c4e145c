// A model's reply → the JSON object in it, or undefined where it holds no whole one.

/** Bare, or in the fence that models put around it. What is null was left out. */
export function jsonIn(text: string): unknown {
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}');
  if (start === -1 || end < start) return undefined;
  try {
    return JSON.parse(text.slice(start, end + 1), (_, value: unknown) => (value === null ? undefined : value));
  } catch {
    // Malformed is an ordinary reply: whoever reads it asks for another, or goes on without.
    return undefined;
  }
}
