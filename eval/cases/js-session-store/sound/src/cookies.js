/** 'a=1; b=2' → Map { 'a' => '1', 'b' => '2' }. */
export function readCookies(header = '') {
  const pairs = header.split(';').map((pair) => pair.trim().split('='));
  return new Map(pairs.filter(([name]) => name !== '').map(([name, ...value]) => [name, value.join('=')]));
}
