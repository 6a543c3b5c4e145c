// The App's id and somebody who signs → JWTs for the App, each used for a while, so that not every request needs a signature.
import { SelfHealError } from '../../errors.ts';
import type { Credentials } from './client.ts';

/** The signature (RS256) over what is given: the key stays where it is. */
export type Sign = (input: string) => Promise<Uint8Array>;

/** GitHub allows ten minutes, and its clock may be behind ours: https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app */
const lifetimeSeconds = 9 * 60;
const clockSkewSeconds = 30;
const spareSeconds = 60;

export function signedJwts(appId: number, sign: Sign): Credentials {
  let current: { authorization: Promise<string>; goodUntil: number } | undefined;

  const signed = async (seconds: number): Promise<string> => {
    const claims = { iat: seconds - clockSkewSeconds, exp: seconds + lifetimeSeconds, iss: appId };
    const input = `${encoded({ alg: 'RS256', typ: 'JWT' })}.${encoded(claims)}`;
    const signature = Buffer.from(await sign(input));
    // An RSA signature is as long as its key: 2048 bits at GitHub, more where an operator wants it.
    if (signature.length < 256 || signature.length > 2_048)
      throw new SelfHealError(
        'signing-failed',
        `The signature has ${signature.length} bytes, and an RSA key of 2048 bits or more gives at least 256: sign with RS256.`,
      );
    return `bearer ${input}.${signature.toString('base64url')}`;
  };

  return {
    async authorization() {
      const seconds = Math.floor(Date.now() / 1_000);
      if (!current || current.goodUntil <= seconds) {
        const fresh = { authorization: signed(seconds), goodUntil: seconds + lifetimeSeconds - spareSeconds };
        current = fresh;
        fresh.authorization.catch(() => {
          // Whoever asked has the error; the next one asks anew.
          if (current === fresh) current = undefined;
        });
      }
      return current.authorization;
    },
    refused() {
      current = undefined;
    },
  };
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
