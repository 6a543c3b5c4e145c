// A model's reply → the same reply as chats, editors, other models and cut connections damage it: one way each, and what it means stays knowable.

/** From 0 to below 1. */
export type Random = () => number;

export interface Mutation {
  name: string;
  mutate(reply: string, random: Random): string;
}

type Lines = string[];

const mutation = (name: string, mutate: Mutation['mutate']): Mutation => ({ name, mutate });

const index = (random: Random, length: number): number => Math.floor(random() * length);
const mapLines = (reply: string, change: (line: string) => string): string => reply.split('\n').map(change).join('\n');
const isMarker = (line: string): boolean => /^(?:<{7} SEARCH|={7}|>{7} REPLACE)$/.test(line);
const isDiffHeader = (line: string): boolean => /^(?:diff --git |index |new file mode |--- |\+\+\+ |@@ )/.test(line);
const isPath = (line: string): boolean => /^[\w./-]+\.\w+$/.test(line);
const isFence = (line: string): boolean => /^`{3,}/.test(line);

const inBlocks = (reply: string, change: (search: Lines, replace: Lines) => [Lines, Lines]): string =>
  reply.replace(
    /(<{7} SEARCH\n)([\s\S]*?)(={7}\n)([\s\S]*?)(>{7} REPLACE)/g,
    (_, open: string, search: string, divider: string, replace: string, close: string) => {
      const lines = (text: string) => text.split('\n').slice(0, -1);
      const [mine, theirs] = change(lines(search), lines(replace));
      const text = (all: Lines) => all.map((line) => `${line}\n`).join('');
      return open + text(mine) + divider + text(theirs) + close;
    },
  );

/** The lines of edits, without what is only the reply's. */
const inContent = (reply: string, change: (line: string) => string): string =>
  inHunks(
    inBlocks(reply, (search, replace) => [search.map(change), replace.map(change)]),
    (line) => `${line.slice(0, 1)}${change(line.slice(1))}`,
  );

function inHunks(reply: string, change: (line: string) => string): string {
  let isInside = false;
  return mapLines(reply, (line) => {
    if (/^@@ /.test(line)) isInside = true;
    else if (isFence(line) || isDiffHeader(line)) isInside = false;
    else if (isInside && /^[ +-]/.test(line)) return change(line);
    return line;
  });
}

/** A line of SEARCH, or a context line of a diff, that REPLACE keeps: without it, what is meant can still be told. */
function atKeptLine(reply: string, random: Random, change: (line: string) => string[], isInside = false): string {
  const blocks = inBlocks(reply, (search, replace) => {
    const isKept = (line: string, i: number) =>
      line.trim() !== '' && replace.includes(line) && !(isInside && (i === 0 || i === search.length - 1));
    const kept = search.flatMap((line, i) => (isKept(line, i) ? [i] : []));
    const at = kept[index(random, kept.length)];
    return [search.flatMap((line, i) => (i === at ? change(line) : [line])), replace];
  });
  const lines = blocks.split('\n');
  const inside: number[] = [];
  inHunks(blocks, (line) => {
    const at = lines.indexOf(line, (inside.at(-1) ?? -1) + 1);
    inside.push(at);
    return line;
  });
  const context = inside.filter((at) => /^ \s*\S/.test(lines[at] ?? ''));
  const chosen = context[index(random, context.length)];
  return lines
    .flatMap((line, i) => (i === chosen ? change(line.slice(1)).map((text) => ` ${text}`) : [line]))
    .join('\n');
}

const swap = (lines: Lines, a: number, b: number): Lines =>
  lines.map((line, i) => (i === a ? (lines[b] ?? '') : i === b ? (lines[a] ?? '') : line));

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function educated(text: string): string {
  return text
    .replace(/(^|[\s([{=,:])"/gm, '$1\u201c')
    .replaceAll('"', '\u201d')
    .replace(/(^|[\s([{=,:])'/gm, '$1\u2018')
    .replaceAll("'", '\u2019');
}

const cuts: Mutation[] = [
  ...[0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95].map((part) =>
    mutation(`cut after ${part * 100} %`, (reply) => reply.slice(0, Math.floor(reply.length * part))),
  ),
  ...[1, 2, 5, 12, 25].map((left) =>
    mutation(`cut ${left} characters before the end`, (reply) => reply.slice(0, -left)),
  ),
  mutation('cut anywhere', (reply, random) => reply.slice(0, index(random, reply.length))),
  mutation('cut at a line', (reply, random) => {
    const lines = reply.split('\n');
    return `${lines.slice(0, index(random, lines.length)).join('\n')}\n`;
  }),
];

const forms: Mutation[] = [
  mutation('CRLF', (reply) => reply.replaceAll('\n', '\r\n')),
  mutation('CR', (reply) => reply.replaceAll('\n', '\r')),
  mutation('mixed line ends', (reply, random) => reply.replace(/\n/g, () => (random() < 0.5 ? '\n' : '\r\n'))),
  mutation('a byte order mark in front', (reply) => `\uFEFF${reply}`),
  ...[' ', '   ', '\t'].map((blank) =>
    mutation(`${JSON.stringify(blank)} behind every line`, (reply) => mapLines(reply, (line) => line + blank)),
  ),
  mutation('blanks behind some lines', (reply, random) =>
    mapLines(reply, (line) => (random() < 0.3 ? `${line}  ` : line)),
  ),
  mutation('blanks in blank lines', (reply) => inBlocks(reply, (a, b) => [a.map((l) => l || '    '), b])),
  ...['  ', '    ', '\t'].map((indent) =>
    mutation(`indented by ${JSON.stringify(indent)}`, (reply) =>
      mapLines(reply, (line) => (line === '' ? line : indent + line)),
    ),
  ),
  mutation('quoted as in a mail', (reply) => mapLines(reply, (line) => `> ${line}`)),
  mutation('as a JSON string', (reply) => JSON.stringify(reply)),
  mutation('in a longer fence', (reply) => `\`\`\`\`\`markdown\n${reply}\n\`\`\`\`\`\n`),
  mutation('in a fence of the same length', (reply) => `\`\`\`\n${reply}\n\`\`\`\n`),
  mutation(
    'words behind',
    (reply) => `${reply}\n\nThis mends the cause. Tell me if:\n- more is needed\n- a test fails\n`,
  ),
  mutation('words in front', (reply) => `Sure! Here is the patch:\n\n${reply}`),
  mutation('lines with blanks only at the end', (reply) => `${reply}\n   \n\t\n`),
];

const damagedCharacters: Mutation[] = [
  ...['\u200b', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u202e', '\u200e', '\u2066'].flatMap((character) => {
    const name = `U+${character.charCodeAt(0).toString(16).toUpperCase()}`;
    const put = (line: string, at: number) => line.slice(0, at) + character + line.slice(at);
    return [
      mutation(`${name} somewhere in every line`, (reply, random) =>
        mapLines(reply, (line) => put(line, index(random, line.length + 1))),
      ),
      mutation(`${name} in front of edited lines`, (reply) => inContent(reply, (line) => character + line)),
      mutation(`${name} in markers and paths`, (reply, random) =>
        mapLines(reply, (line) =>
          isMarker(line) || isPath(line) || isDiffHeader(line) ? put(line, index(random, line.length + 1)) : line,
        ),
      ),
    ];
  }),
  mutation('typographic quotes', educated),
  mutation('typographic quotes in edits', (reply) => inContent(reply, educated)),
  mutation('typographic double quotes', (reply) => inContent(reply, (line) => line.replaceAll('"', '\u201d'))),
  mutation('typographic single quotes', (reply) => inContent(reply, (line) => line.replaceAll("'", '\u2019'))),
  mutation('typographic dashes', (reply) => inContent(reply, (line) => line.replaceAll('-', '\u2013'))),
  mutation('one-character ellipses', (reply) => inContent(reply, (line) => line.replaceAll('...', '\u2026'))),
  mutation('no-break spaces', (reply) => inContent(reply, (line) => line.replaceAll(' ', '\u00a0'))),
  mutation('no-break spaces before lines', (reply) =>
    inContent(reply, (line) => line.replace(/^ +/, (blank) => '\u00a0'.repeat(blank.length))),
  ),
  mutation('escaped for HTML', escaped),
  mutation('escaped for HTML with quotes', (reply) =>
    escaped(reply).replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
  ),
  mutation('angle brackets escaped', (reply) => reply.replaceAll('<', '&lt;').replaceAll('>', '&gt;')),
  mutation('edited lines escaped for HTML', (reply) => inContent(reply, escaped)),
  mutation('SEARCH escaped for HTML', (reply) => inBlocks(reply, (a, b) => [a.map(escaped), b])),
  mutation('REPLACE escaped for HTML', (reply) => inBlocks(reply, (a, b) => [a, b.map(escaped)])),
];

const indentation: Mutation[] = [
  ...[2, 3, 4, 8].flatMap((width) => [
    mutation(`a tab for ${width} spaces`, (reply) =>
      inContent(reply, (line) =>
        line.replace(
          /^ +/,
          (blank) => '\t'.repeat(Math.floor(blank.length / width)) + ' '.repeat(blank.length % width),
        ),
      ),
    ),
    mutation(`${width} spaces for a tab`, (reply) =>
      inContent(reply, (line) => line.replace(/^\t+/, (tabs) => ' '.repeat(tabs.length * width))),
    ),
  ]),
  mutation('edits one level deeper', (reply) => inContent(reply, (line) => (line === '' ? line : `    ${line}`))),
  mutation('edits at the margin', (reply) =>
    inBlocks(reply, (a, b) => {
      const least = Math.min(...[...a, ...b].filter((line) => line !== '').map((line) => line.search(/\S|$/)));
      return [a.map((line) => line.slice(least)), b.map((line) => line.slice(least))];
    }),
  ),
  mutation('the first line of SEARCH at the margin', (reply) =>
    inBlocks(reply, ([first = '', ...a], b) => [[first.trimStart(), ...a], b]),
  ),
  mutation('all indentation lost', (reply) => inContent(reply, (line) => line.trimStart())),
];

const onPath = (name: string, change: (path: string) => string): Mutation =>
  mutation(`path ${name}`, (reply) => {
    const lines = reply.split('\n');
    return lines
      .map((line, i) => {
        const below = lines.slice(i + 1).find((other) => other !== '' && !isFence(other));
        return isPath(line) && below === '<<<<<<< SEARCH' ? change(line) : line;
      })
      .join('\n')
      .replace(/^((?:---|\+\+\+) )[ab]\/(\S+)$/gm, (_, sign: string, path: string) => sign + change(path));
  });

const paths: Mutation[] = [
  onPath('in backticks', (path) => `\`${path}\``),
  onPath('in bold', (path) => `**${path}**`),
  onPath('as a heading', (path) => `### ${path}`),
  onPath('with a label', (path) => `File: ${path}`),
  onPath('with a label in bold', (path) => `**File:** \`${path}\``),
  onPath('in a list', (path) => `1. ${path}:`),
  onPath('in a comment', (path) => `<!-- ${path} -->`),
  onPath('with a note', (path) => `${path} (modified)`),
  onPath('from here', (path) => `./${path}`),
  onPath('with a/', (path) => `a/${path}`),
  onPath('with b/', (path) => `b/${path}`),
  onPath('absolute', (path) => `/app/${path}`),
  onPath('of the runner', (path) => `/home/runner/work/shop/shop/${path}`),
  onPath('of Windows', (path) => path.replaceAll('/', '\\')),
  onPath('in capitals', (path) => path.toUpperCase()),
  onPath('of another folder', (path) => `other/${path}`),
  onPath('of another name', (path) => path.replace(/\.(\w+)$/, '_old.$1')),
  onPath('above the tree', (path) => `../${path}`),
  onPath('twice', (path) => `${path}\n${path}`),
  onPath('lost', () => ''),
  onPath('in words', (path) => `Now change the file ${path} like this.`),
  onPath('of the other file', (path) => (path.includes('test') ? path.replace(/tests?\//, '') : `tests/${path}`)),
];

const fences: Mutation[] = [
  mutation('no fences', (reply) => reply.replace(/^`{3,}.*\n?/gm, '')),
  mutation('longer fences', (reply) => reply.replaceAll('```', '`````')),
  mutation('tildes for fences', (reply) => reply.replaceAll('```', '~~~')),
  mutation('closing fences lost', (reply) => reply.replace(/^```$/gm, '')),
  mutation('fences around both sections', (reply) =>
    inBlocks(reply, (a, b) => [
      ['```python', ...a, '```'],
      ['```python', ...b, '```'],
    ]),
  ),
  mutation('a fence across both sections', (reply) =>
    inBlocks(reply, (a, b) => [
      ['```', ...a],
      [...b, '```'],
    ]),
  ),
  mutation('a fence around SEARCH', (reply) => inBlocks(reply, (a, b) => [['```', ...a, '```'], b])),
  mutation('path behind the fence', (reply) => reply.replace(/^([\w./-]+\.\w+)\n```\w*$/gm, '```python $1')),
  mutation('fences inside of fences', (reply) => reply.replace(/^```(\w*)$/gm, '```$1\n```')),
];

const markers: Mutation[] = [
  ...[5, 6, 8, 9].map((length) =>
    mutation(`markers of ${length} signs`, (reply) =>
      reply.replace(/^([<=>])\1{6}(?= SEARCH$| REPLACE$|$)/gm, (_, sign: string) => sign.repeat(length)),
    ),
  ),
  mutation('markers of four signs', (reply) =>
    reply.replace(/^([<=>])\1{6}(?= SEARCH$| REPLACE$|$)/gm, (_, sign: string) => sign.repeat(4)),
  ),
  mutation('markers without a space', (reply) => reply.replace(/^(<{7}|>{7}) /gm, '$1')),
  mutation('ORIGINAL and UPDATED', (reply) =>
    reply.replace(/^<{7} SEARCH$/gm, '<<<<<<< ORIGINAL').replace(/^>{7} REPLACE$/gm, '>>>>>>> UPDATED'),
  ),
  mutation('dashes and plus signs as markers', (reply) =>
    reply.replace(/^<{7} SEARCH$/gm, '------- SEARCH').replace(/^>{7} REPLACE$/gm, '+++++++ REPLACE'),
  ),
  mutation('path behind SEARCH', (reply) =>
    reply.replace(/^([\w./-]+\.\w+)\n(```\w*\n)?<{7} SEARCH$/gm, '$2<<<<<<< SEARCH $1'),
  ),
  mutation('a colon behind SEARCH', (reply) => reply.replace(/^<{7} SEARCH$/gm, '<<<<<<< SEARCH:')),
  mutation('markers in small letters', (reply) => reply.replace(/^<{7} SEARCH$/gm, '<<<<<<< search')),
  mutation('HEAD for SEARCH', (reply) => reply.replace(/^<{7} SEARCH$/gm, '<<<<<<< HEAD')),
  ...['<<<<<<< SEARCH', '=======', '>>>>>>> REPLACE'].flatMap((marker) => [
    mutation(`the first ${marker} lost`, (reply) => reply.replace(`${marker}\n`, '')),
    mutation(`the first ${marker} twice`, (reply) => reply.replace(`${marker}\n`, `${marker}\n${marker}\n`)),
  ]),
  mutation('conflict markers in REPLACE', (reply) =>
    inBlocks(reply, (a, b) => [a, ['<<<<<<< HEAD', ...b, '=======', ...a, '>>>>>>> main']]),
  ),
];

const lines: Mutation[] = [
  // Without the first or the last one, the edit is a whole edit of another place.
  mutation('a kept line inside of SEARCH dropped', (reply, random) => atKeptLine(reply, random, () => [], true)),
  mutation('a kept line of SEARCH twice', (reply, random) => atKeptLine(reply, random, (line) => [line, line])),
  mutation('a word of a kept line changed', (reply, random) =>
    atKeptLine(reply, random, (line) => [line.replace(/\w{3,}/, 'otherwise')]),
  ),
  mutation('a letter of a kept line changed', (reply, random) =>
    atKeptLine(reply, random, (line) => [line.replace(/(\w)(\w)/, '$2$1')]),
  ),
  mutation('a comment at a kept line', (reply, random) =>
    atKeptLine(reply, random, (line) => [`${line}  # as before`]),
  ),
  mutation('dots for a kept line', (reply, random) => atKeptLine(reply, random, () => ['...'])),
  mutation('a word of SEARCH changed', (reply) =>
    inBlocks(reply, (a, b) => [a.map((line, i) => (i === 0 ? line.replace(/\w{3,}/, 'unheard') : line)), b]),
  ),
  mutation('lines of SEARCH exchanged', (reply, random) =>
    inBlocks(reply, (a, b) => [swap(a, 0, index(random, a.length)), b]),
  ),
  mutation('SEARCH backwards', (reply) => inBlocks(reply, (a, b) => [a.toReversed(), b])),
  mutation('SEARCH empty', (reply) => inBlocks(reply, (_, b) => [[], b])),
  mutation('REPLACE as SEARCH', (reply) => inBlocks(reply, (_, b) => [b, b])),
  mutation('words for the rest of REPLACE', (reply) =>
    inBlocks(reply, (a, [first = '', ...b]) => [a, b.length > 0 ? [first, '    # ... rest of the code ...'] : [first]]),
  ),
  mutation('blank lines around both', (reply) =>
    inBlocks(reply, (a, b) => [
      ['', ...a, ''],
      ['', ...b, ''],
    ]),
  ),
  mutation('numbers before the lines of both', (reply) =>
    inBlocks(
      reply,
      (a, b) => [a, b].map((all) => all.map((line, i) => `${String(i + 41).padStart(4)} | ${line}`)) as [Lines, Lines],
    ),
  ),
  mutation('numbers and colons before the lines', (reply) =>
    inBlocks(reply, (a, b) => [a.map((line, i) => `${i + 7}: ${line}`), b.map((line, i) => `${i + 7}: ${line}`)]),
  ),
  mutation('numbers and tabs before the lines', (reply) =>
    inBlocks(reply, (a, b) => [a.map((line, i) => `${i + 98}\t${line}`), b.map((line, i) => `${i + 98}\t${line}`)]),
  ),
  mutation('numbers before the lines of SEARCH', (reply) =>
    inBlocks(reply, (a, b) => [a.map((line, i) => `${i + 1} | ${line}`), b]),
  ),
  mutation('numbers before the lines of REPLACE', (reply) =>
    inBlocks(reply, (a, b) => [a, b.map((line, i) => `${i + 1} | ${line}`)]),
  ),
  mutation('signs of a diff in both sections', (reply) =>
    inBlocks(reply, (a, b) => [a.map((line) => `-${line}`), b.map((line) => `+${line}`)]),
  ),
  mutation('plus signs in REPLACE', (reply) => inBlocks(reply, (a, b) => [a, b.map((line) => `+${line}`)])),
  mutation('a diff in REPLACE', (reply) =>
    inBlocks(reply, (a, b) => [a, [...a.map((line) => `-${line}`), ...b.map((line) => `+${line}`)]]),
  ),
  mutation('blocks backwards', (reply) => {
    const blocks = reply.match(/^[\w./-]+\.\w+\n```\w*\n<{7} SEARCH\n[\s\S]*?>{7} REPLACE\n```$/gm) ?? [];
    const left = [...blocks].reverse();
    return reply.replace(/^[\w./-]+\.\w+\n```\w*\n<{7} SEARCH\n[\s\S]*?>{7} REPLACE\n```$/gm, () => left.shift() ?? '');
  }),
  mutation('everything twice', (reply) => `${reply}\n\n${reply}`),
  mutation('lines backwards', (reply) => reply.split('\n').reverse().join('\n')),
  mutation('a line lost outside of edits', (reply) => reply.replace(/^Subject:.*\n/m, '')),
];

function inHunksOnly(reply: string, isKept: (line: string) => boolean): string {
  const kept: string[] = [];
  let isInside = false;
  for (const line of reply.split('\n')) {
    if (/^@@ /.test(line)) isInside = true;
    else if (isFence(line) || isDiffHeader(line)) isInside = false;
    else if (isInside && !isKept(line)) continue;
    kept.push(line);
  }
  return kept.join('\n');
}

const diffs: Mutation[] = [
  mutation('counts of hunks too large', (reply) =>
    reply.replace(
      /^@@ -(\d+),(\d+) \+(\d+),(\d+) @@/gm,
      (_, a, b, c, d) => `@@ -${a},${Number(b) + 2} +${c},${Number(d) + 2} @@`,
    ),
  ),
  mutation('counts of hunks too small', (reply) =>
    reply.replace(
      /^@@ -(\d+),(\d+) \+(\d+),(\d+) @@/gm,
      (_, a, b, c, d) => `@@ -${a},${Number(b) - 1} +${c},${Number(d) - 1} @@`,
    ),
  ),
  mutation('no counts in hunks', (reply) => reply.replace(/^@@ -(\d+),\d+ \+(\d+),\d+ @@/gm, '@@ -$1 +$2 @@')),
  mutation('no numbers in hunks', (reply) => reply.replace(/^@@ .*@@.*$/gm, '@@ ... @@')),
  mutation('bare hunk lines', (reply) => reply.replace(/^@@ .*@@.*$/gm, '@@')),
  mutation('hunks that stand elsewhere', (reply) =>
    reply.replace(/^@@ -(\d+)(,\d+)? \+(\d+)/gm, (_, a, b = '', c) => `@@ -${Number(a) + 7}${b} +${Number(c) + 7}`),
  ),
  mutation('hunks with a wrong new place', (reply) =>
    reply.replace(/^(@@ -\S+ \+)(\d+)/gm, (_, start, line) => `${start}${Number(line) + 3}`),
  ),
  mutation('no line of git', (reply) => reply.replace(/^(?:diff --git|index|new file mode) .*\n/gm, '')),
  mutation('no names in the diff', (reply) => reply.replace(/^(?:---|\+\+\+) .*\n/gm, '')),
  mutation('names without a and b', (reply) => reply.replace(/^((?:---|\+\+\+) )[ab]\//gm, '$1')),
  mutation('names with a time', (reply) =>
    reply.replace(/^((?:---|\+\+\+) \S+)$/gm, '$1\t2026-01-01 00:00:00.000000000 +0000'),
  ),
  mutation('an index line', (reply) => reply.replace(/^(diff --git .*)$/gm, '$1\nindex 0123456..789abcd 100644')),
  mutation('a mode change', (reply) => reply.replace(/^(diff --git .*)$/gm, '$1\nold mode 100644\nnew mode 100755')),
  mutation('a rename', (reply) => reply.replace(/^(\+\+\+ b\/)(.*)$/gm, '$1new-$2')),
  mutation('a deletion', (reply) => reply.replace(/^\+\+\+ b\/.*$/gm, '+++ /dev/null')),
  mutation('spaces of blank context lines lost', (reply) => reply.replace(/^ $/gm, '')),
  mutation('spaces of context lines lost', (reply) => inHunks(reply, (line) => line.replace(/^ /, ''))),
  mutation('a context line less at either end', (reply) => reply.replace(/^(@@ .*\n) .*\n/gm, '$1')),
  mutation('no context at all', (reply) => inHunksOnly(reply, (line) => !line.startsWith(' '))),
  mutation('hunks without a fence at the end', (reply) => reply.replace(/\n```\s*$/, '\n')),
];

/** Each keeps enough of the reply to tell what was meant, or takes so much that it shows. */
export const mutations: readonly Mutation[] = [
  ...cuts,
  ...forms,
  ...damagedCharacters,
  ...indentation,
  ...paths,
  ...fences,
  ...markers,
  ...lines,
  ...diffs,
];
