// Text of any language → what of it is dangerous to add, and which table holds for which file.
import { type GrammarName, grammarOf } from '../../../syntax/grammars.ts';
import { cpp, csharp, go, java, rust } from './compiled.ts';
import { type Danger, full } from './danger.ts';
import { ecmascript } from './ecmascript.ts';
import { php, python, ruby, shell } from './scripting.ts';

const anywhere: readonly Danger[] = [
  full(
    'files',
    /\/etc\/(?:passwd|shadow|hosts|sudoers|cron\w*|ld\.so\w*|profile|environment)\b|\/(?:proc|sys|root)\/\w+/g,
  ),
  full(
    'files',
    /\.(?:ssh|aws|kube|gnupg|docker)\/\w*|\bid_(?:rsa|ed25519|ecdsa)\b|\bauthorized_keys\b|\bdocker\.sock\b/g,
  ),
  full(
    'files',
    /["'`/]\.(?:env|netrc|npmrc|pypirc|git-credentials|bash_history|bashrc|profile)\b|\/\.git\/|\.github\/workflows/g,
  ),
  full('files', /\b(?:GITHUB_(?:TOKEN|ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)|ACTIONS_(?:RUNTIME|ID_TOKEN|CACHE)\w*)\b/g),
  full(
    'files',
    /\b(?:GH_TOKEN|NPM_TOKEN|AWS_(?:SECRET|ACCESS|SESSION)\w*|GEMINI_API_KEY|OPENAI_API_KEY|PRIVATE_KEY)\b/g,
  ),
  full('files', /\b(?:LD_PRELOAD|LD_LIBRARY_PATH|DYLD_\w+|NODE_OPTIONS|PYTHONSTARTUP|BASH_ENV|PROMPT_COMMAND)\b/g),
  full(
    'commands',
    /\b(?:curl|wget) +(?:-\w+ +)*["']?(?:https?:|\$|-)|\/dev\/(?:tcp|udp)\/|\|\s?(?:ba|z|da)?sh\b(?! ?\w)/g,
  ),
  full(
    'commands',
    /\b(?:ba|z|da)?sh -[ci]\b|\bpowershell(?:\.exe)? -|\brm -[rf]{1,2}\b|\bnc -e\b|\bchmod (?:\+x|[0-7]{3,4})\b/g,
  ),
  full(
    'commands',
    /\bbase64 (?:-d|-D|--decode)|\bgit (?:config|push|remote)\b|\b(?:npm|pip3?|gem|cargo|yarn) install\b/g,
  ),
  full(
    'commands',
    /::(?:set-output|set-env|add-path|add-mask|save-state|stop-commands|error|warning|notice|group|debug)(?:::| )|##\[\w+\]/g,
  ),
  full('trust', /\bNODE_TLS_REJECT_UNAUTHORIZED\b|\bPYTHONHTTPSVERIFY\b|\bGIT_SSL_NO_VERIFY\b/g),
];

/** Of code, not of scripts that start the tests or of texts that speak of them. */
const runners: readonly Danger[] = [
  full(
    'tells',
    /(?<![a-z])(?:vitest|jest|mocha|jasmine|pytest|unittest|minitest|rspec|phpunit|junit|surefire|xunit|nunit|testhost)(?![a-z])|\btest\.v\b/gi,
  ),
  full('tells', /["'`][^"'`\s]{0,40}[._](?:test|spec)(?:\.\w{1,4})?["'`]/g),
];

const byGrammar: Readonly<Record<GrammarName, readonly Danger[]>> = {
  bash: shell,
  'c-sharp': csharp,
  cpp,
  css: [],
  go,
  ini: [],
  java,
  javascript: ecmascript,
  php,
  powershell: [...shell, ...csharp],
  python,
  ruby,
  rust,
  tsx: ecmascript,
  typescript: ecmascript,
};
/** Nothing in them runs by itself. */
const isData =
  /\.(?:json5?|jsonl|ya?ml|toml|xml|csv|tsv|txt|md|mdx|rst|adoc|sql|s[ac]ss|less|svg|po|pot|properties|graphql|proto|golden|log)$/i;
const isPage = /\.(?:html?|vue|svelte|astro|ejs|hbs)$/i;
/** A language that has no grammar here is judged by all that have one. */
const everyLanguage = [...ecmascript, ...python, ...ruby, ...php, ...go, ...java, ...rust, ...csharp];

export function dangersFor(path: string): readonly Danger[] {
  const grammar = grammarOf(path);
  if (grammar === 'bash' || grammar === 'powershell') return [...byGrammar[grammar], ...anywhere];
  if (grammar) return [...byGrammar[grammar], ...runners, ...anywhere];
  if (isPage.test(path)) return [...ecmascript, ...anywhere];
  return isData.test(path) ? anywhere : [...everyLanguage, ...anywhere];
}
