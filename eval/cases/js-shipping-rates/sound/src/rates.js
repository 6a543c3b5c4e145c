import { readFileSync } from 'node:fs';

const file = new URL('../config/rates.json', import.meta.url);
const { zones } = JSON.parse(readFileSync(file, 'utf8'));

export function zoneOf(country) {
  const found = Object.entries(zones).find(([, zone]) => zone.countries.includes(country));
  if (!found) throw new RangeError(`we do not deliver to ${country}`);
  const [name, { tiers }] = found;
  return { name, tiers };
}
