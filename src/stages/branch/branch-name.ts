// An incident and what is done about it → the branch's name.

export const branchPrefix = 'self-heal/';

/** `self-heal/<incident>-<slug>`; the slug is only for people, the id is what counts. */
export function branchName(incidentId: string, subject: string): string {
  const slug = subject
    .toLowerCase()
    .replace(/^[a-z]+(\([^)]*\))?!?:\s*/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return `${branchPrefix}${incidentId}${slug ? `-${slug}` : ''}`;
}
