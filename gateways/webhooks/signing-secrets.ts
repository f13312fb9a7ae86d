/**
 * Secrets of webhooks in one text: with commas between, or one a line, as the file has them that `npm run stripe:catalogue` keeps.
 * Undefined: not all of it is such secrets.
 */
export function parseSigningSecrets(text: string): readonly string[] | undefined {
  const secrets = text.trim().split(/\s*[,\n]\s*/);
  return secrets.every((secret) => /^whsec_[^\s,]{8,}$/.test(secret)) ? secrets : undefined;
}
