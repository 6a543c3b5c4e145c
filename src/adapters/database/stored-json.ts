// A record → text that a jsonb column accepts, and what the column gives back → the very same record.

/** PostgreSQL's jsonb refuses NUL and lone surrogates, which logs and sources of strangers do contain; this character introduces their escapes. */
const mark = '\uE000';
const refused = /[\0\uE000]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
const escaped = /\uE000([0-9a-f]{4})/g;

export function storedJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'string'
      ? inner.replace(refused, (character) => mark + character.charCodeAt(0).toString(16).padStart(4, '0'))
      : inner,
  );
}

export function restoredJson(value: unknown): unknown {
  if (typeof value === 'string')
    return value.replace(escaped, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  if (Array.isArray(value)) return value.map(restoredJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, restoredJson(inner)]));
}
