/** Segments are decoded and in lower case; a slash at the end is gone. Undefined: the path is ambiguous. */
export type Segments = readonly string[];

const plain = /^\/(?:[a-z0-9_~-][a-z0-9._~-]*(?:\/[a-z0-9_~-][a-z0-9._~-]*)*\/?)?$/;

/**
 * The path of a request, read so that no server behind the gateway can read another one from it. What servers disagree
 * about is refused, not repaired: dot segments (plain or encoded), empty segments, encoded slashes and backslashes,
 * control characters, path parameters after `;` (Java servers cut them off), what is encoded twice, and what is no
 * UTF-8. Case is folded because many servers do: `/USERS` must not be a way around the scope of `/users`.
 *
 * @param target path and query as in the request line (RFC 9112 §3.2.1, origin form)
 */
export function parsePath(target: string): Segments | undefined {
  const end = target.indexOf("?");
  const path = end < 0 ? target : target.slice(0, end);
  if (plain.test(path)) return split(path);
  if (!path.startsWith("/") || hasForbidden(path)) return undefined;
  const segments = split(path).map(decodeSegment);
  return segments.every((segment) => segment !== undefined) ? segments : undefined;
}

function split(path: string): string[] {
  const trimmed = path.endsWith("/") ? path.slice(1, -1) : path.slice(1);
  return trimmed === "" ? [] : trimmed.split("/");
}

/** What must not stand in a raw path: all but visible ASCII, and the characters that end or bend it. */
function hasForbidden(path: string): boolean {
  return path.includes("//") || /[^\x21-\x7e]|[\\#;"<>^`{|}]/.test(path);
}

function decodeSegment(segment: string): string | undefined {
  const decoded = decodeOnce(segment);
  if (decoded === undefined || decoded === "." || decoded === "..") return undefined;
  if (/[/\\\p{Cc}]|%[0-9a-f]{2}/iu.test(decoded)) return undefined;
  // ASCII only: toLowerCase makes a k of the Kelvin sign.
  return decoded.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function decodeOnce(segment: string): string | undefined {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** In lower case. HEAD is GET: servers answer it from the same handler, so it needs and costs the same. */
export function readMethod(method: string): string {
  const name = method.toLowerCase();
  return name === "head" ? "get" : name;
}
