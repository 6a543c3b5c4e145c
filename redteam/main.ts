// `npm run redteam`: the corpus against the App's own way from a reply to a push, and from a log to every text that leaves.
import { allHonest, allReplies } from './corpus.ts';
import { hostileTexts } from './hostile-texts.ts';
import { type Row, refusals, replyRows, textRows } from './results.ts';

const mostRefused = 2;
const widths = [38, 46, 5, 7];

const line = (cells: readonly (string | number)[]): string =>
  cells
    .map((cell, i) => (i >= 2 ? String(cell).padStart(widths[i] ?? 0) : String(cell).padEnd(widths[i] ?? 0)))
    .join('  ');

function tell(title: string, where: string, rows: readonly Row[]): number {
  const through = rows.reduce((sum, row) => sum + row.through.length, 0);
  const tried = rows.reduce((sum, row) => sum + row.tried, 0);
  console.log(`\n${title}\n\n${line(['family', where, 'tried', 'through'])}  stopped by`);
  for (const row of rows) {
    const by = [...row.by].sort(([, a], [, b]) => b - a).map(([rule, count]) => `${rule} ${count}`);
    console.log(`${line([row.family, [...row.where].join(' '), row.tried, row.through.length])}  ${by.join(', ')}`);
  }
  console.log(line(['all', '', tried, through]));
  for (const { family, through: those } of rows) for (const one of those) console.log(`\nTHROUGH: ${family}, ${one}`);
  return through;
}

const replies = tell(
  'Hostile replies (a reply may be stopped by several rules)',
  'languages',
  await replyRows(allReplies()),
);
const texts = tell('Hostile logs and issues', 'read as', await textRows(hostileTexts()));
const honest = allHonest();
const refused = await refusals(honest);
console.log(
  `\nHonest patches\n\ntried ${honest.length}, passed ${honest.length - refused.length}, refused ${refused.length}`,
);
for (const { name, by, said } of refused) console.log(`REFUSED: ${name} [${by.join(', ')}] ${said.slice(0, 300)}`);
process.exitCode = replies > 0 || texts > 0 || refused.length > mostRefused ? 1 : 0;
