// One edit → what is wrong with it whatever file it meets: left-out lines, redaction marks, escaped characters.
import type { Edit } from './edit-blocks.ts';

const comment = /^(?:\/\/|#|--|;|%|\/\*|<!--|\{\/\*|""")\s*/;
const leftOut = /^(?:\.{3}|…)(?:\s*\(?[\w' ]{0,60}\)?\s*(?:\.{3}|…)?)?\s*(?:\*\/\}?|-->)?$/;
const bareLeftOut = /^(?:\.{3}|…)(?:\s+[\w' ]{1,60}\s+(?:\.{3}|…))?$/;
const leftOutInWords =
  /^(?:\.{3}|…)?\s*(?:the )?(?:rest|remainder|remaining|existing|other|previous|unchanged)\b[\w' ]{0,40}\b(?:code|file|function|functions|implementation|unchanged|here|same|class|methods|tests|lines)\b[\w' ]{0,40}(?:\.{3}|…)?\s*(?:\*\/\}?|-->)?$/i;

/** What the model is told, or undefined for an edit that may be tried. */
export function editFault(edit: Edit): string | undefined {
  const searched = new Set(edit.search.split('\n').map((line) => line.trim()));
  for (const line of edit.replace.split('\n')) {
    if (searched.has(line.trim())) continue;
    if (isLeftOut(line, edit.path))
      return `${edit.path}: REPLACE leaves lines out (\`${line.trim().slice(0, 80)}\`): write every line of the replacement`;
  }
  if (/\[redacted:/.test(edit.replace))
    return `${edit.path}: REPLACE holds \`[redacted:…]\`, which stands for text that was hidden from you: leave such lines out of the edit`;
  const escaped = /&(?:lt|gt|amp|quot|#39|#x27);/;
  const markup = /\.(?:html?|xml|svg|vue|svelte|astro|md|mdx|erb|ejs|hbs|twig|jinja2?|php|tmpl)$/i;
  if (escaped.test(edit.replace) && !escaped.test(edit.search) && !markup.test(edit.path))
    return `${edit.path}: REPLACE holds HTML entities such as \`&lt;\` or \`&amp;\`: write the characters themselves`;
  return undefined;
}

function isLeftOut(line: string, path: string): boolean {
  const text = line.trim();
  // In Python a line of three dots is a statement of its own.
  if (text === '...' && /\.pyi?$/.test(path)) return false;
  const body = text.replace(comment, '');
  return body === text ? bareLeftOut.test(text) : leftOut.test(body) || leftOutInWords.test(body);
}
