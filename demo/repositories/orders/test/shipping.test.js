import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shippingCost, shippingLabel } from '../src/shipping.js';

const order = {
  id: 7,
  delivery: 'parcel',
  customer: { name: 'Ada Lovelace', address: { street: 'Ringstr. 1', zip: '10115', city: 'Berlin', country: 'DE' } },
};

test('a label has the name, the street, the city and the country', () => {
  assert.deepEqual(shippingLabel(order), ['Ada Lovelace', 'Ringstr. 1', '10115 Berlin', 'DE']);
});

test('shipping costs by zone', () => {
  assert.equal(shippingCost(order), 4.9);
});
