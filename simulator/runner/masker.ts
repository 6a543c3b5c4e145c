// Replaces secrets by `***`, also in the encodings that GitHub's runner knows them in.

/** A secret in base64 at each of the three offsets it can have in a longer text; the first and last characters vary. */
function base64Forms(secret: string): string[] {
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.from(`${'0'.repeat(shift)}${secret}`)
      .toString('base64')
      .replace(/=+$/, '');
    return encoded.slice(shift === 0 ? 0 : shift + 1, -1);
  });
}

function formsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    json,
    secret.replaceAll("'", "''"),
    encodeURIComponent(secret.toWellFormed()),
    ...base64Forms(secret),
  ];
}

export class Masker {
  private forms: string[] = [];

  add(secret: string): void {
    const lines = secret.split(/\r?\n/).map((line) => line.trim());
    const whole = secret.trim();
    if (whole === '') return;
    const forms = new Set([...this.forms, ...formsOf(whole), ...lines.filter((line) => line !== '')]);
    // Longest first, so that a secret that contains another is masked whole; too short an encoding would mask ordinary text.
    this.forms = [...forms].filter((form) => form.length > 2 || form === whole).sort((a, b) => b.length - a.length);
  }

  mask(text: string): string {
    let masked = text;
    for (const form of this.forms) if (masked.includes(form)) masked = masked.replaceAll(form, '***');
    return masked;
  }

  hides(text: string): boolean {
    return this.mask(text) !== text;
  }
}
