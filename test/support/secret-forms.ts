/** A secret as it is, and as JSON, URLs and base64 write it; of the latter's three alignments a part each. */
export const formsOf = (secret: string): readonly string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
  ...[0, 1, 2].map((cut) => Buffer.from(secret.slice(cut)).toString("base64").slice(0, 16)),
];
