import { expect, it } from '@jest/globals';
import { guardsKept } from '../../../src/stages/guardrails/guards-kept.ts';
import { judged } from './judged.ts';

it.each([
  ['src/a.py', '@login_required\ndef f(a):\n    return a\n', 'def f(a):\n    return a\n'],
  ['src/a.js', "app.get('/x', requireAuth, (q, r) => r.end());\n", "app.get('/x', (q, r) => r.end());\n"],
  ['src/a.js', 'if (!crypto.timingSafeEqual(a, b)) deny();\n', 'if (a !== b) deny();\n'],
  ['src/A.java', 'class A { @PreAuthorize("x") void f() {} }\n', 'class A { void f() {} }\n'],
  ['src/a.rb', 'before_action :authenticate_user!\n', 'x = 1\n'],
  ['src/a.php', '<?php echo htmlspecialchars($a);\n', '<?php echo $a;\n'],
  ['src/a.js', 'if (verifySignature(a)) accept();\n', '// if (verifySignature(a)) accept();\naccept();\n'],
])('%s: a guard that goes is refused', async (path, before, after) => {
  expect(await judged(guardsKept, path, before, after)).toMatchObject([{ rule: 'guards-kept' }]);
});

it('a guard may be mended, moved or added', async () => {
  const before = 'if (requireAuth(a)) run(a);\n';
  expect(await judged(guardsKept, 'src/a.js', before, 'if (a && requireAuth(a)) run(a);\n')).toEqual([]);
  expect(await judged(guardsKept, 'src/a.js', before, 'if (!requireAuth(a)) throw new Error();\nrun(a);\n')).toEqual(
    [],
  );
  expect(await judged(guardsKept, 'src/a.js', 'run(a);\n', before)).toEqual([]);
});
