// Text → a unit vector that is near for texts with the same words, and the same on every machine: hashed word n-grams.

const defaultDimensions = 3072;

function words(text: string): string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 0);
}

function* features(text: string): Generator<[feature: string, weight: number]> {
  const list = words(text);
  for (const [index, word] of list.entries()) {
    yield [word, 1];
    const next = list[index + 1];
    if (next !== undefined) yield [`${word} ${next}`, 0.5];
    for (let at = 0; at + 3 <= word.length; at += 1) yield [`#${word.slice(at, at + 3)}`, 0.25];
  }
}

/** FNV-1a, 32 bits, with a final mix so that neighbouring features do not land in neighbouring dimensions. */
function hash(feature: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < feature.length; at += 1) value = Math.imul(value ^ feature.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}

export function embedding(text: string, dimensions = defaultDimensions): number[] {
  const vector = new Array<number>(dimensions).fill(0);
  for (const [feature, weight] of features(text)) {
    const hashed = hash(feature);
    const at = hashed % dimensions;
    vector[at] = (vector[at] ?? 0) + (hashed & 0x80000000 ? -weight : weight);
  }
  const length = Math.hypot(...vector);
  if (length === 0) {
    vector[0] = 1;
    return vector;
  }
  return vector.map((value) => value / length);
}
