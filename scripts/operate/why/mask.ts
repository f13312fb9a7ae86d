const PERSONAL: readonly (readonly [RegExp, string])[] = [
  [/\b(?:sk|rk|rkcs|pk|whsec)_[\w*…]+/g, "[key]"],
  [/\beyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)*/g, "[token]"],
];
const EMAIL = /[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+/g;

/**
 * Takes out of a log's texts what is nobody's to read there: email addresses but the one that was asked about, keys and
 * tokens of whatever kind; what this environment knows as a secret is taken out of all that is printed. Auth0's descriptions and an Action's own output may hold any of them.
 *
 * @param known what the operator typed
 */
export function createMask(known: string): (text: string) => string {
  return (text) => {
    const withoutEmails = text.replaceAll(EMAIL, (email) =>
      email.toLowerCase() === known.toLowerCase() ? email : "[email]",
    );
    return PERSONAL.reduce((masked, [pattern, replacement]) => masked.replaceAll(pattern, replacement), withoutEmails);
  };
}
