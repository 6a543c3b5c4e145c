// The demo's first story → docs/images/pull-request.png: the pull request that it ends with, as the README shows it.
import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { stories } from '../demo/stories.ts';
import { type Telling, tell } from '../demo/telling.ts';
import { fullNameOf, openWorld, type World } from '../demo/world.ts';

const image = fileURLToPath(new URL('../docs/images/pull-request.png', import.meta.url));
const widthPx = 1280;
/** Twice would be sharper and above 400 kB, a weight that every reader of the README carries. */
const sharpness = 1.5;
const storyDeadlineMs = 60_000;

function browserPath(): string {
  const known = [
    process.env.CHROMIUM ?? '',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  const found = known.find((file) => file !== '' && existsSync(file));
  if (found) return found;
  throw new Error('No Chromium here: install one, or name its program in CHROMIUM.');
}

/** The story's pull request once its checks have passed; answers its address. */
async function pullRequest({ simulator, person }: World, tellings: Telling[]): Promise<string> {
  const [story] = stories;
  if (!story) throw new Error('the demo has no story');
  const telling = tell(story, fullNameOf(story), simulator, person);
  tellings.push(telling);
  const deadline = setTimeout(
    () => telling.giveUp(`not finished within ${storyDeadlineMs / 1_000} s`),
    storyDeadlineMs,
  );
  const { asExpected, ended, link } = await telling.result;
  clearTimeout(deadline);
  if (!asExpected) throw new Error(`"${story.title}" ended otherwise: ${ended}`);
  await simulator.github.idle();
  return link;
}

/** From the top of the page to the buttons that merge. */
async function shoot(url: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath: browserPath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: widthPx, height: 800 }, deviceScaleFactor: sharpness });
    await page.goto(url);
    const box = await page.locator('form', { hasText: 'Merge pull request' }).boundingBox();
    if (!box) throw new Error(`${url} shows nothing to merge`);
    const clip = { x: 0, y: 0, width: widthPx, height: Math.ceil(box.y + box.height) + 16 };
    await page.screenshot({ path: image, fullPage: true, clip });
  } finally {
    await browser.close();
  }
}

const tellings: Telling[] = [];
const world = await openWorld({
  stories: stories.slice(0, 1),
  ports: { app: 0, github: 0, gemini: 0 },
  replies: undefined,
  geminiKey: undefined,
  signal: new AbortController().signal,
  onStep: (line) => {
    for (const telling of tellings) telling.heard(line);
  },
});
try {
  const link = await pullRequest(world, tellings);
  await mkdir(path.dirname(image), { recursive: true });
  await shoot(link);
  console.log(`${path.relative('.', image)}: ${Math.round((await stat(image)).size / 1_000)} kB`);
} finally {
  await world.close();
}
