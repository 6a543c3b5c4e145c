// A request's Authorization header → who is calling.
import { looksLikeJwt, verifyAppJwt } from './app-jwt.ts';
import { badCredentials } from './errors.ts';
import type { GitHub } from './github.ts';
import type { Caller } from './tokens.ts';

/** The token in the header: `token X`, `Bearer X`, or the password of basic authentication. */
function credentialsIn(authorization: string): string | null {
  const [scheme, value] = authorization.trim().split(/\s+/, 2);
  if (!value) return null;
  if (/^(token|bearer)$/i.test(scheme ?? '')) return value;
  if (!/^basic$/i.test(scheme ?? '')) return null;
  const [login, ...password] = Buffer.from(value, 'base64').toString('utf8').split(':');
  return password.join(':') || login || null;
}

export function authenticate(github: GitHub, authorization: string | null): Caller {
  if (!authorization) return { kind: 'anonymous' };
  const credentials = credentialsIn(authorization);
  if (credentials === null) throw badCredentials();
  if (looksLikeJwt(credentials)) {
    // A clock moved forward makes installation tokens old; the App's own signature is made by the machine's clock.
    verifyAppJwt(credentials, github.app, Date.now());
    return { kind: 'app', app: github.app };
  }
  const caller = github.tokens.find(credentials);
  if (!caller) throw badCredentials();
  return caller;
}
