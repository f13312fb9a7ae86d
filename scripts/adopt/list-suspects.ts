interface TextFile {
  readonly file: string;
  readonly text: string;
}

/** What keys of well-known services look like, and what people call a value that they should not have written down. */
const PATTERNS: readonly RegExp[] = [
  /\b(?:sk|rk)_(?:live|test)_\w{8,}/,
  /\bwhsec_\w{8,}/,
  /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bgh[pousr]_\w{20,}/,
  /\bxox[abprs]-[\w-]{10,}/,
  /\bAIza[\w-]{30,}/,
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/"'`]+:[^\s@/"'`$]{4,}@/i,
  /(?:secret|passw(?:or)?d|api_?key|access_?token|auth_?token|private_?key)\w*["']?\s*[:=]\s*(["'`])(?!https?:)[^"'`\s${}]{10,}\1/i,
];

/**
 * Lines of code and pages that look as if somebody had written a secret into them, as `actions/crm/code.js:12`. They are adopted as
 * they are; the value is shown nowhere.
 */
export function listSuspects(files: readonly TextFile[]): readonly string[] {
  return files
    .filter(({ file }) => /\.(?:js|html|json)$/.test(file))
    .flatMap(({ file, text }) =>
      text
        .split("\n")
        .flatMap((line, index) => (PATTERNS.some((pattern) => pattern.test(line)) ? [`${file}:${index + 1}`] : [])),
    );
}
