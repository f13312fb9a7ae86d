/**
 * JSON that other programs' configuration can hold as it is: in its texts nothing but letters, digits and a few signs that none
 * of them gives a meaning; every other character is written `\uXXXX`, which means the same.
 */
export function renderPlainJson(value: unknown): string {
  return JSON.stringify(value).replace(/"(?:[^"\\]|\\.)*"/g, (text) => `"${escapeSigns(JSON.parse(text) as string)}"`);
}

const escapeSigns = (text: string): string =>
  text.replace(/[^A-Za-z0-9 _.,:/~-]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
