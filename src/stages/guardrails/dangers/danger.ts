// What a dangerous addition is: a pattern of code, by what it does.

export const dangerKinds = {
  process: ['starts a process', 'do it in the language itself, as the code around it does'],
  evaluates: ['runs text as code, or loads code by a name that is not written out', 'call what is meant by its name'],
  network: ['talks to the network', 'work with what the function is given'],
  environment: ['reads the environment or credentials', 'take the value from where the program takes it today'],
  trust: [
    'switches off a check of certificates, signatures, sessions or permissions',
    'leave the check on and mend what it found',
  ],
  origins: ['opens the service to other origins', 'leave the allowed origins as they are'],
  markup: ['writes text into a page without escaping it', 'let the template or `textContent` escape it'],
  deserialises: ['builds objects from data that somebody else may write', 'use JSON, or the safe loader'],
  permissions: ['changes permissions', 'leave permissions to the deployment'],
  deletes: ['deletes files', 'leave files alone, or use a temporary folder that removes itself'],
  reflects: ['reaches what the code does not name', 'write the name out'],
  builtins: ['changes objects that tests and libraries rely on', 'change your own code, not what is built in'],
  ends: [
    'ends the process, or changes how it ends, so that a failure does not show',
    'throw or return the error to the caller',
  ],
  waits: ['waits instead of mending the cause', 'wait for the event itself, or remove the race'],
  decides: ['makes a condition that is always true or false', 'test what is meant'],
  tells: ['lets the program tell that it is being tested', 'behave alike, whoever calls'],
  decodes: ['decodes text that a reader cannot read', 'write the text as it is'],
  files: ['names files that hold secrets or belong to the system', 'use the files of the repository only'],
  commands: ['holds a shell command that fetches, deletes or hides', 'leave it out'],
} as const;
export type DangerKind = keyof typeof dangerKinds;

/** What matches is the API's name: the same name in the file before means that nothing new is added. */
export interface Danger {
  kind: DangerKind;
  /** Global; linear. */
  pattern: RegExp;
  /** `code`: literals are placeholders. `full`: with their text. */
  view: 'code' | 'full';
}

export const code = (kind: DangerKind, pattern: RegExp): Danger => ({ kind, pattern, view: 'code' });
export const full = (kind: DangerKind, pattern: RegExp): Danger => ({ kind, pattern, view: 'full' });
