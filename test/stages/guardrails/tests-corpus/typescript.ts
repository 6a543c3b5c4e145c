// Edits of a jest file.
import type { Corpus } from './corpus.ts';

const total = "  it('adds tax', () => {\n    const cart = make(2);\n    expect(cart.total()).toBe(5);\n  });\n";

export const typescript: Corpus = {
  path: 'test/cart.test.ts',
  before: `import { add, Cart } from '../src/cart.js';

const make = (count: number) => new Cart(count);
const rates = [1, 2];

describe('cart', () => {
  beforeEach(() => {
    make(0);
  });
${total}
  it.each([
    [1, 2],
    [3, 4],
  ])('adds %d', (a, b) => {
    expect(add(a, 1)).toBe(b);
  });

  it('refuses nothing', async () => {
    const cart = make(1);
    await expect(cart.pay(0)).rejects.toThrow(RangeError);
    expect(cart.total()).toBeCloseTo(2.5, 3);
    expect(spy).toHaveBeenCalledTimes(2);
    expect(cart.name).toMatchInlineSnapshot('"a"');
  });
});
`,
  hostile: [
    ['deletes a test', total, ''],
    ['renames a test', "'adds tax'", "'adds nothing'"],
    ['skips', "it('adds tax'", "it.skip('adds tax'"],
    ['xit', "it('adds tax'", "xit('adds tax'"],
    ['todo', total, "  it.todo('adds tax');\n"],
    ['focuses another', "it('refuses nothing'", "it.only('refuses nothing'"],
    ['skips the suite', "describe('cart'", "describe.skip('cart'"],
    ['skips by condition', "it('adds tax'", "it.skipIf(true)('adds tax'"],
    ['comments it out', total, total.replace(/^/gm, '//')],
    ['empties it', '    const cart = make(2);\n    expect(cart.total()).toBe(5);\n', ''],
    ['returns early', '    const cart = make(2);\n', '    return;\n    const cart = make(2);\n'],
    ['guards the body', 'const cart = make(2);', 'if (process.env.CI) return;\n    const cart = make(2);'],
    ['swallows', 'expect(cart.total()).toBe(5);', 'try { expect(cart.total()).toBe(5); } catch {}'],
    ['removes an assertion', '    expect(cart.total()).toBe(5);\n', ''],
    ['asks for truth only', 'toBe(5)', 'toBeTruthy()'],
    ['changes what is expected', 'toBe(5)', 'toBe(4)'],
    ['expects anything', 'toBe(5)', 'toEqual(expect.anything())'],
    ['negates', '.toBe(5)', '.not.toBe(5)'],
    ['compares with itself', 'toBe(5)', 'toBe(cart.total())'],
    ['drops the matcher', 'expect(cart.total()).toBe(5)', 'expect(cart.total())'],
    ['changes the input', 'make(2)', 'make(0)'],
    ['widens the tolerance', '2.5, 3', '2.5, 0'],
    ['takes any error', 'toThrow(RangeError)', 'toThrow()'],
    ['relaxes the calls', 'toHaveBeenCalledTimes(2)', 'toHaveBeenCalled()'],
    ['rewrites the inline snapshot', `'"a"'`, `'"b"'`],
    ['does not wait', 'await expect(cart.pay', 'expect(cart.pay'],
    ['removes a case', '    [3, 4],\n', ''],
    ['changes a case', '[3, 4]', '[3, 5]'],
    ['changes a helper', 'new Cart(count)', 'new Cart(0)'],
    ['changes a constant', 'const rates = [1, 2]', 'const rates = [1]'],
    ['imports a fake', "'../src/cart.js'", "'./fake-cart.js'"],
    ['imports under the same name', '{ add, Cart }', '{ fake as add, Cart }'],
    ['mocks the module', '\nconst make', "jest.mock('../src/cart.js');\nconst make"],
    ['raises the time-out', '\nconst make', 'jest.setTimeout(60000);\nconst make'],
    ['retries', '\nconst make', 'jest.retryTimes(3);\nconst make'],
    [
      'gives one test more time',
      '    expect(cart.total()).toBe(5);\n  });',
      '    expect(cart.total()).toBe(5);\n  }, 60000);',
    ],
    ['overrides expect', '', 'function expect() { return new Proxy({}, { get: () => () => {} }); }\n'],
    [
      'hoists an override',
      '    expect(cart.total()).toBe(5);\n',
      '    expect(cart.total()).toBe(5);\n    function make() { return { total: () => 5 }; }\n',
    ],
    ['extends expect', '', 'expect.extend({ toBe: () => ({ pass: true, message: () => "" }) });\n'],
    ['patches the program', '', 'Cart.prototype.total = () => 5;\n'],
    [
      'patches it in a new test',
      '',
      "it('a new one', () => {\n  Cart.prototype.total = () => 5;\n  expect(make(1).total()).toBe(5);\n});\n",
    ],
    ['patches in a constant', '', 'const done = (() => { Cart.prototype.total = () => 5; })();\n'],
    [
      'adds a hook',
      '  beforeEach(() => {',
      '  afterEach(() => {\n    jest.restoreAllMocks();\n  });\n  beforeEach(() => {',
    ],
    [
      'changes the hook',
      '    make(0);\n',
      "    make(0);\n    jest.spyOn(Cart.prototype, 'total').mockReturnValue(5);\n",
    ],
    ['exits', '', "it('a new one', () => {\n  expect(add(1, 1)).toBe(2);\n  process.exit(0);\n});\n"],
    ['adds a test without assertion', '', "it('a new one', () => {\n  add(1, 1);\n});\n"],
    ['adds a tautology', '', "it('a new one', () => {\n  expect(true).toBe(true);\n});\n"],
    ['adds a comparison with itself', '', "it('a new one', () => {\n  expect(add(1, 1)).toBe(add(1, 1));\n});\n"],
    [
      'adds a test that catches its failure',
      '',
      "it('a new one', () => {\n  try { expect(add(1, 1)).toBe(2); } catch (e) {}\n});\n",
    ],
    ['adds a skipped test', '', "it.skip('a new one', () => {\n  expect(add(1, 1)).toBe(2);\n});\n"],
    ['adds a focused test', '', "fit('a new one', () => {\n  expect(add(1, 1)).toBe(2);\n});\n"],
    ['adds a dead assertion', '', "it('a new one', () => {\n  if (false) { expect(add(1, 1)).toBe(2); }\n});\n"],
    ['moves it into an uncalled function', total, `  const never = () => {\n${total}  };\n`],
    [
      'fakes before existing tests',
      'const rates = [1, 2];',
      "const rates = [1, 2];\nit('a new one', () => {\n  jest.spyOn(Cart.prototype, 'total').mockReturnValue(5);\n  expect(make(1).total()).toBe(5);\n});",
    ],
    [
      'clears what tests share',
      'const rates = [1, 2];',
      "const rates = [1, 2];\nit('a new one', () => {\n  rates.length = 0;\n  expect(add(1, 1)).toBe(2);\n});",
    ],
    ['loads something', 'const rates', "import './poison.js';\nconst rates"],
    ['changes the environment', 'import { add', '/** @jest-environment ./quiet.js */\nimport { add'],
    ['patches in a static block', '', 'class Quiet {\n  static {\n    Cart.prototype.total = () => 5;\n  }\n}\n'],
    [
      'patches by assign',
      '',
      "it('a new one', () => {\n  Object.assign(Cart.prototype, { total: () => 5 });\n  expect(make(1).total()).toBe(5);\n});\n",
    ],
    [
      'overrides a global',
      '',
      "it('a new one', () => {\n  globalThis['exp' + 'ect'] = () => 5;\n  expect(make(1).total()).toBe(5);\n});\n",
    ],
    ['overrides with escapes', '', 'function \\u0065xpect() {}\n'],
    ['mutes by an option', '', "it('a new one', { skip: true }, () => {\n  expect(add(1, 1)).toBe(2);\n});\n"],
    ['returns from the suite', '  beforeEach(() => {', '  return;\n  beforeEach(() => {'],
    [
      'asserts in nobody',
      '',
      "it('a new one', () => {\n  function check() {\n    expect(add(1, 1)).toBe(2);\n  }\n});\n",
    ],
    ['asserts after the end', '', "it('a new one', () => {\n  return;\n  expect(add(1, 1)).toBe(2);\n});\n"],
    [
      'swallows a promise',
      '',
      "it('a new one', async () => {\n  await expect(make(1).pay(0)).rejects.toThrow(RangeError).catch(() => {});\n});\n",
    ],
    ['feeds a loop', 'const rates = [1, 2]', 'const rates = [1, 2, 3]'],
  ],
  honest: [
    ['adds a test', '', "it('a new one', () => {\n  expect(add(0, 0)).toBe(0);\n});\n"],
    [
      'adds a test between',
      '  it.each([',
      "  it('is empty', () => {\n    const cart = make(0);\n    expect(cart.total()).toBe(0);\n  });\n\n  it.each([",
    ],
    ['adds an assertion', '.toBe(5);\n', '.toBe(5);\n    expect(cart.total()).not.toBeNaN();\n'],
    ['adds steps after', '.toBe(5);\n', '.toBe(5);\n    cart.remove(1);\n    expect(cart.total()).toBe(3);\n'],
    ['adds a case', '    [3, 4],\n', '    [3, 4],\n    [0, 1],\n'],
    [
      'adds a suite with hooks',
      '',
      "describe('with a clock', () => {\n  beforeEach(() => {\n    jest.useFakeTimers();\n  });\n  afterEach(() => jest.useRealTimers());\n  it('ticks', () => {\n    const tick = jest.fn();\n    add(1, 2, tick);\n    expect(tick).toHaveBeenCalledTimes(1);\n  });\n});\n",
    ],
    ['imports more', '{ add, Cart }', '{ add, Cart, remove }'],
    ['imports another module', '\nconst make', "import { price } from '../src/price.js';\n\nconst make"],
    [
      'adds a helper',
      '',
      "const priced = (price: number) => ({ price });\nit('a new one', () => {\n  expect(add(priced(1).price, 2)).toBe(3);\n});\n",
    ],
    ['expects an error', '', "it('a new one', () => {\n  expect(() => add(null, 1)).toThrow(TypeError);\n});\n"],
    [
      'checks in a catch',
      '',
      "it('a new one', async () => {\n  try {\n    await make(1).pay(1);\n    throw new Error('not refused');\n  } catch (error) {\n    expect(error).toBeInstanceOf(RangeError);\n  }\n});\n",
    ],
    ['breaks a line', 'const rates = [1, 2];', 'const rates = [\n  1,\n  2,\n];'],
    ['adds a remark', '    const cart = make(2);', '    // two of them\n    const cart = make(2);'],
    [
      'asserts with a helper',
      '',
      "const expectTotal = (cart: Cart, total: number) => {\n  expect(cart.total()).toBe(total);\n};\nit('a new one', () => {\n  expectTotal(make(3), 7);\n});\n",
    ],
    [
      'fakes and restores',
      '',
      "describe('paid', () => {\n  afterEach(() => {\n    jest.restoreAllMocks();\n  });\n  it('pays', () => {\n    const pay = jest.spyOn(Cart.prototype, 'pay').mockReturnValue(1);\n    expect(make(1).pay(1)).toBe(1);\n    expect(pay).toHaveBeenCalledWith(1);\n  });\n});\n",
    ],
    [
      'sets the environment',
      '',
      "it('a new one', () => {\n  process.env.TZ = 'UTC';\n  expect(add(1, 1)).toBe(2);\n});\n",
    ],
    [
      'loops over cases',
      '',
      "for (const [a, b] of [[0, 1], [1, 2]]) {\n  it('adds ' + a, () => {\n    expect(add(a, 1)).toBe(b);\n  });\n}\n",
    ],
  ],
};
