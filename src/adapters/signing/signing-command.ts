// The operator's command → signatures by a key that this machine need not have: what is to be signed goes in, the signature comes out.
import { execFile } from 'node:child_process';
import { SelfHealError } from '../../errors.ts';

const timeoutMs = 10_000;
const maxOutputBytes = 16_384;
/** Ours, and no business of a command that only signs. */
const keptBack = ['WEBHOOK_SECRET', 'GEMINI_API_KEY', 'DATABASE_URL', 'OPA_TOKEN', 'GITHUB_TOKEN', 'GH_TOKEN'];

/** What it says on its error output is not told: it may name keys, and the message reaches people who may not know them. */
export function signingCommand([program, ...args]: readonly string[]): (input: string) => Promise<Uint8Array> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !keptBack.includes(name)));
  return (input) =>
    new Promise((resolve, reject) => {
      if (program === undefined) return reject(failed('is empty'));
      const options = {
        env,
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
        maxBuffer: maxOutputBytes,
        shell: false,
      } as const;
      const child = execFile(program, args, options, (error, stdout) => {
        if (error) return reject(failed(whyOf(error)));
        const signature = stdout.trim();
        if (!/^[\w+/-]+={0,2}$/.test(signature)) return reject(failed('printed something that is not base64'));
        resolve(Buffer.from(signature.replaceAll('-', '+').replaceAll('_', '/'), 'base64'));
      });
      // A command that ends without reading has an exit code, which says more than the broken pipe.
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(input);
    });
}

const failed = (why: string): SelfHealError =>
  new SelfHealError(
    'signing-failed',
    `The command in SIGNING_COMMAND ${why}. It has to read the input and to print its RS256 signature in base64 ` +
      '(docs/configuration.md); run it by hand to see what it says.',
  );

function whyOf(error: {
  code?: string | number | null | undefined;
  killed?: boolean | undefined;
  signal?: unknown;
}): string {
  if (error.code === 'ENOENT' || error.code === 'EACCES') return `cannot be started (${error.code})`;
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return `printed more than ${maxOutputBytes} bytes`;
  if (error.killed) return `did not end within ${timeoutMs / 1_000} seconds`;
  return typeof error.code === 'number' ? `ended with exit code ${error.code}` : `was ended (${String(error.signal)})`;
}
