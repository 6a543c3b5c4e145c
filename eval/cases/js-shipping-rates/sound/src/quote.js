import { zoneOf } from './rates.js';

/** The price in cents: that of the first tier which the parcel is not too heavy for. */
export function quote({ country, grams }) {
  const { name, tiers } = zoneOf(country);
  const tier = tiers.find(({ upToGrams }) => grams <= upToGrams);
  if (!tier) throw new RangeError(`no rate for ${grams} g in zone ${name}`);
  return tier.cents;
}
