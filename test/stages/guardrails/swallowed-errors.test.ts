// Swallowed errors: what makes an error disappear is refused in every language; narrow handling, passing on, and what stood there before are not.
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { swallowedErrors } from '../../../src/stages/guardrails/swallowed-errors.ts';
import { judged } from './judged.ts';

const plain: Readonly<Record<string, string>> = {
  js: 'export function f(a) {\n  return g(a);\n}\n',
  py: 'def f(a):\n    return g(a)\n',
  java: 'class A {\n  int f(int a) {\n    return g(a);\n  }\n}\n',
  rb: 'def f(a)\n  g(a)\nend\n',
  cs: 'class A {\n  int F(int a) {\n    return G(a);\n  }\n}\n',
  php: '<?php\nfunction f($a) {\n  return g($a);\n}\n',
  go: 'package p\n\nfunc f(a int) error {\n\treturn g(a)\n}\n',
  cpp: 'int f(int a) {\n  return g(a);\n}\n',
  swift: 'func f(a: Int) -> Int? {\n  return g(a)\n}\n',
  kt: 'fun f(a: Int): Int {\n  return g(a)\n}\n',
};
const body: Readonly<Record<string, RegExp>> = {
  py: /return g\(a\)/,
  rb: /g\(a\)/,
  php: /return g\(\$a\);/,
  cs: /return G\(a\);/,
  swift: /return g\(a\)/,
  kt: /return g\(a\)/,
  go: /return g\(a\)/,
};
const with_ = (language: string, code: string): string =>
  (plain[language] ?? '').replace(body[language] ?? /return g\(a\);/, () => code);
const judge = (language: string, code: string, change = 'Mend it.') =>
  judged(swallowedErrors, `src/app.${language}`, plain[language] ?? '', with_(language, code), {
    diagnosis: { change },
  });

it.each([
  ['js', 'try { return g(a); } catch {}'],
  ['js', 'try { return g(a); } catch (e) {}'],
  ['js', 'try { return g(a); } catch (e) { /* ignored */ }'],
  ['js', 'try { return g(a); } catch (e) { return null; }'],
  ['js', 'try { return g(a); } catch (e) { return []; }'],
  ['js', 'try { return g(a); } catch (e) { console.error(e); }'],
  ['js', 'try { return g(a); } catch (e) { console.error(e); return undefined; }'],
  ['js', 'try { return g(a); } catch (e) { void e; }'],
  ['js', 'try { return g(a); } catch { return other(a); }'],
  ['js', 'try { return g(a); } catch (e) { const x = e; }'],
  ['js', 'try { return g(a); } catch (e) { String(e); }'],
  ['js', 'return g(a).then((x) => x, () => null);'],
  ['js', 'try { return g(a); } finally { return 0; }'],
  ['js', 'return g(a).catch(() => null);'],
  ['js', 'return g(a).catch(() => {});'],
  ['js', 'return g(a).catch((e) => undefined);'],
  ['js', 'return g(a).catch((e) => { console.log(e); });'],
  ['js', 'return g(a).catch(console.error);'],
  ['js', 'return g(a).catch(function () { return 0; });'],
  ['py', 'try:\n        return g(a)\n    except:\n        pass'],
  ['py', 'try:\n        return g(a)\n    except Exception:\n        pass'],
  ['py', 'try:\n        return g(a)\n    except KeyError:\n        pass'],
  ['py', 'try:\n        return g(a)\n    except Exception:\n        return None'],
  ['py', 'try:\n        return g(a)\n    except (KeyError, BaseException) as e:\n        return 0'],
  ['py', 'try:\n        return g(a)\n    except Exception as e:\n        logging.exception(e)'],
  ['py', 'try:\n        return g(a)\n    except Exception as e:\n        print(e)\n        return 0'],
  ['py', 'try:\n        return g(a)\n    except ZeroDivisionError:\n        return 0'],
  ['py', 'try:\n        return g(a)\n    except ValueError: ...'],
  ['py', 'try:\n        return g(a)\n    except Exception as e:\n        _ = e'],
  ['py', 'try:\n        return g(a)\n    except Exception as e:\n        str(e)'],
  ['py', 'try:\n        return g(a)\n    except Exception as e:\n        return str(e)'],
  ['py', 'try:\n        return g(a)\n    except Exception as e:\n        return f"no: {e}"'],
  ['js', 'try { return g(a); } catch (e) { return e.message; }'],
  ['js', 'try { return g(a); } catch (e) { return String(e); }'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the code that is judged
  ['js', 'try { return g(a); } catch (e) { return `no: ${e}`; }'],
  ['java', 'try { return g(a); } catch (Exception e) { return e.getMessage(); }'],
  ['rb', 'begin\n    g(a)\n  rescue => e\n    e.message\n  end'],
  ['js', 'return Promise.allSettled([g(a)]);'],
  ['py', 'with contextlib.suppress(KeyError):\n        return g(a)'],
  ['py', 'try:\n        return g(a)\n    finally:\n        return 0'],
  ['java', 'try { return g(a); } catch (Exception e) { }'],
  ['java', 'try { return g(a); } catch (Throwable t) { return 0; }'],
  ['java', 'try { return g(a); } catch (IOException e) { }'],
  ['java', 'try { return g(a); } catch (Exception e) { String s = e.toString(); }'],
  ['java', 'try { return g(a); } catch (Exception e) { e.printStackTrace(); return 0; }'],
  ['java', 'try { return g(a); } catch (RuntimeException e) { log.warn("x", e); return 0; }'],
  ['rb', 'begin\n    g(a)\n  rescue => e\n    nil\n  end'],
  ['rb', 'begin\n    g(a)\n  rescue\n  end'],
  ['rb', 'begin\n    g(a)\n  rescue StandardError => e\n    puts e\n    0\n  end'],
  ['rb', 'g(a) rescue nil'],
  ['cs', 'try { return G(a); } catch { return 0; }'],
  ['cs', 'try { return G(a); } catch (Exception) { return 0; }'],
  ['cs', 'try { return G(a); } catch (Exception e) { Console.WriteLine(e); return 0; }'],
  ['php', 'try { return g($a); } catch (\\Throwable $e) { return null; }'],
  ['php', 'try { return g($a); } catch (Exception $e) { }'],
  ['php', 'return @g($a);'],
  ['go', 'err := g(a)\n\tif err != nil {\n\t}\n\treturn nil'],
  ['go', 'err := g(a)\n\tif err != nil {\n\t\treturn nil\n\t}\n\treturn h(a)'],
  ['cpp', 'try { return g(a); } catch (...) { return 0; }'],
  ['swift', 'return try? g(a)'],
  ['kt', 'return try { g(a) } catch (e: Exception) { 0 }'],
])('%s: %s is refused', async (language, code) => {
  const [finding] = await judge(language, code);
  expect(finding).toMatchObject({
    rule: 'swallowed-errors',
    line: expect.any(Number),
    why: expect.stringMatching(/\w{4}/),
  });
});

it.each([
  ['js', 'if (!a) return 0;\n  return g(a);'],
  ['js', 'try { return g(a); } catch (e) { throw new Error("no g", { cause: e }); }'],
  ['js', 'try { return g(a); } catch (e) { if (!(e instanceof RangeError)) throw e; return 0; }'],
  ['js', "try { return g(a); } catch (e) { if (e.code === 'ENOENT') return null; throw e; }"],
  ['js', 'try { return g(a); } catch (e) { return { ok: false, error: e.message }; }'],
  ['js', 'try { return g(a); } catch (e) { next(e); }'],
  ['js', 'try { return g(a); } catch (e) { const message = e.message; return { message }; }'],
  ['js', 'return g(a).catch((e) => { throw new Error("x", { cause: e }); });'],
  ['js', 'return g(a).catch((e) => reply(500, e));'],
  ['js', 'try { return g(a); } finally { close(a); }'],
  ['js', 'try { return g(a); } catch (e) { return reply(String(e)); }'],
  ['js', 'const all = await Promise.allSettled([g(a)]);\n  return all.map((one) => one.reason ?? one.value);'],
  ['py', 'try:\n        return g(a)\n    except ValueError as e:\n        return str(e)'],
  ['py', 'try:\n        return g(a)\n    except KeyError:\n        return other(a)'],
  ['py', 'try:\n        return g(a)\n    except KeyError:\n        return 0'],
  ['py', 'try:\n        return g(a)\n    except (TypeError, ValueError):\n        return float(a)'],
  ['py', 'try:\n        return g(a)\n    except Exception as e:\n        raise RuntimeError("no g") from e'],
  ['py', 'try:\n        return g(a)\n    except Exception:\n        close(a)\n        raise'],
  ['java', 'try { return g(a); } catch (NumberFormatException e) { return fallback(a); }'],
  ['java', 'try { return g(a); } catch (IOException e) { throw new UncheckedIOException(e); }'],
  ['rb', 'begin\n    g(a)\n  rescue KeyError\n    other(a)\n  end'],
  ['rb', 'begin\n    g(a)\n  rescue => e\n    raise ArgumentError, e.message\n  end'],
  ['cs', 'try { return G(a); } catch (FormatException) { return Parse(a); }'],
  ['php', 'try { return g($a); } catch (JsonException $e) { throw new InvalidArgumentException("x", 0, $e); }'],
  ['go', 'if err := g(a); err != nil {\n\t\treturn fmt.Errorf("g: %w", err)\n\t}\n\treturn nil'],
  ['go', 'if err := g(a); errors.Is(err, io.EOF) {\n\t\treturn nil\n\t}\n\treturn nil'],
])('%s: %s is honest', async (language, code) => {
  expect(await judge(language, code)).toEqual([]);
});

it('the named failure may have a default where the diagnosis says so', async () => {
  const code = 'try:\n        return g(a)\n    except ZeroDivisionError:\n        return 0';
  expect(await judge('py', code, 'A discount of 0 falls back to the full price.')).toEqual([]);
});

it('a handler that stood there may stay, move, and be written anew as careless as it was', async () => {
  const before = 'export async function f(a) {\n  try {\n    push(await g(a));\n  } catch {\n    push(0);\n  }\n}\n';
  const after =
    'export async function f(a) {\n  const b = a;\n  try {\n    return await g(b);\n  } catch {\n    return 0;\n  }\n}\n';
  expect(await judged(swallowedErrors, 'src/a.js', before, after)).toEqual([]);
  expect(await judged(swallowedErrors, 'src/a.js', before, before.replace('push(0);', ''))).toHaveLength(1);
  const second = `${before}export function h() {\n  try { g(); } catch { push(0); }\n}\n`;
  expect(await judged(swallowedErrors, 'src/a.js', before, second)).toMatchObject([{ line: 9 }]);
});

it('never throws, whatever the text', async () => {
  const path = fc.constantFrom('a.js', 'a.py', 'a.rb', 'a.php', 'a.go', 'A.java', 'a.kt', 'a.txt');
  const text = fc.array(
    fc.oneof(
      fc.constantFrom(
        'try',
        'catch',
        '(e)',
        '{',
        '}',
        ':',
        '\n',
        'except',
        'rescue',
        'return',
        ' ',
        '.catch(',
        '=>',
        '"',
      ),
      fc.string(),
    ),
  );
  await fc.assert(
    fc.asyncProperty(path, text, text, async (name, before, after) => {
      expect(Array.isArray(await judged(swallowedErrors, name, before.join(''), after.join('')))).toBe(true);
    }),
    { seed: 5, numRuns: 40 },
  );
});
