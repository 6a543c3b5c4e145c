// The App's credentials as they were set → who the App is, and what signs for it.
import type { AppKey } from '../adapters/github/tokens.ts';
import { signingCommand } from '../adapters/signing/signing-command.ts';
import type { Credentials } from '../config/settings.ts';

export const appIdentity = (credentials: Credentials): { appId: number } & AppKey =>
  'privateKey' in credentials
    ? { appId: credentials.appId, privateKey: credentials.privateKey }
    : { appId: credentials.appId, sign: signingCommand(credentials.signingCommand) };
