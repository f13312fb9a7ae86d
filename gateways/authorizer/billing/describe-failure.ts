/** Kind, status and code. Never the message, which may quote a parameter, an answer or the end of a key. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { type, statusCode, code } = error as { type?: unknown; statusCode?: unknown; code?: unknown };
  // The SDK's classes are all called Error; what Stripe gives as a kind or a code is a word.
  return [isWord(type) ? type : error.name, typeof statusCode === "number" ? statusCode : "", isWord(code) ? code : ""]
    .filter((part) => part !== "")
    .join(" ");
}

const isWord = (value: unknown): value is string =>
  typeof value === "string" && /^[A-Za-z][A-Za-z_]{0,60}$/.test(value);
