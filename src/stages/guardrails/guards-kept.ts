// Rule: a check of who somebody is, what they may do, or whether data is genuine is never taken out.
import type { CodeView } from './code-view.ts';
import type { Finding, Rule } from './rule.ts';
import { viewsOf } from './views.ts';

const rule = 'guards-kept';

const guards: readonly RegExp[] = [
  /\b(?:login|permission|auth\w*|roles?|staff|admin|superuser|scopes?)_required\b|\b(?:permission|authentication)_classes\b/g,
  /\b(?:require|ensure|check|verify|assert|validate|is|has)_?(?:auth\w*|login|loggedin|permissions?|roles?|access|admin|owner|scopes?|signature|csrf\w*|session|token|jwt)\b/gi,
  /\b(?:Pre|Post)Authorize\b|\bRolesAllowed\b|\bSecured\b|\[Authorize\b|\bValidateAntiForgeryToken\b|\bauthorize!|\bbefore_action\b/g,
  /\b(?:authenticate|authorize)(?:_user)?!?(?=[\w(!: ])|\bcsrf_protect\b|\bcsrfProtection\b|\bhelmet\b|\brateLimit\b/g,
  /\b(?:compare_digest|timingSafeEqual|ConstantTimeCompare|hash_equals|secure_compare|FixedTimeEquals)\b/g,
  /\b(?:escape(?:html|_html|shellarg)?|html_escape|htmlspecialchars|sanitize\w*|shlex\.quote|secure_filename|mysqli_real_escape_string|quote_ident)\(/gi,
];

export const guardsKept: Rule = async (files) => {
  const perFile = files.map(async (file): Promise<Finding[]> => {
    if (file.isTest) return [];
    const { before, after } = await viewsOf(file);
    const counts = guards.map((pattern) => ({ had: uses(before, pattern), has: uses(after, pattern) }));
    const lost = counts.find(({ had, has }) => has.length < had.length);
    if (!lost) return [];
    const gone = lost.had.find((guard) => count(lost.has, guard) < count(lost.had, guard)) ?? '';
    const why = `the patch takes out \`${gone}\`, which looks like a check of permissions or of what comes from outside`;
    return [{ rule, path: file.path, why, acceptable: 'keep the check, and mend the code around it' }];
  });
  return (await Promise.all(perFile)).flat();
};

const uses = ({ code }: CodeView, pattern: RegExp): string[] => [...code.matchAll(pattern)].map(([name]) => name);
const count = (names: readonly string[], name: string): number => names.filter((other) => other === name).length;
