/** Segments of a path, decoded and in lower case. */
export type Segments = readonly string[];

/** A path that can be taken apart in one way only. How routers compare its segments is another question: readings.ts. */
export interface RequestPath {
  readonly segments: Segments;
  /** The same, as the client spelled them; undefined: so, letter by letter. */
  readonly spelled: readonly Spelling[] | undefined;
  /** A slash at the end is not a segment here; some routers take it for an empty one. */
  readonly endsInSlash: boolean;
}

export interface Spelling {
  /** As sent. */
  readonly raw: string;
  readonly decoded: string;
}

const PLAIN = /^\/(?:[a-z0-9_~-][a-z0-9._~-]*(?:\/[a-z0-9_~-][a-z0-9._~-]*)*\/?)?$/;

/**
 * The path of a request, taken apart so that no server behind the gateway can find other segments in it. What servers
 * disagree about is refused, not repaired: dot segments (plain or encoded), empty segments, encoded slashes and backslashes,
 * control characters, path parameters after `;` (Java servers cut them off), an encoded `?` or `#` (a proxy that decodes and
 * forwards would end the path there), what is encoded twice, and what is not UTF-8.
 *
 * A raw `|` or `^` is read as encoded: browsers send both as they are (URL standard, path percent-encode set), and every
 * Auth0 user id has a bar.
 *
 * @param target path and query as in the request line (RFC 9112 §3.2.1, origin form)
 * @returns undefined: the path is ambiguous
 */
export function parsePath(target: string): RequestPath | undefined {
  const end = target.indexOf("?");
  const path = end < 0 ? target : target.slice(0, end);
  const endsInSlash = path.endsWith("/");
  if (PLAIN.test(path)) return { segments: split(path), spelled: undefined, endsInSlash };
  if (!path.startsWith("/") || hasForbidden(path)) return undefined;
  const spelled: Spelling[] = [];
  for (const raw of split(path)) {
    const decoded = decodeSegment(raw);
    if (decoded === undefined) return undefined;
    spelled.push({ raw, decoded });
  }
  return { segments: spelled.map(({ decoded }) => lowerAscii(decoded)), spelled, endsInSlash };
}

export const listSpelled = ({ segments, spelled }: RequestPath): readonly Spelling[] =>
  spelled ?? segments.map((raw) => ({ raw, decoded: raw }));

function split(path: string): string[] {
  const trimmed = path.endsWith("/") ? path.slice(1, -1) : path.slice(1);
  return trimmed === "" ? [] : trimmed.split("/");
}

/** What must not stand in a raw path: all but visible ASCII, and the characters that end or bend it. */
function hasForbidden(path: string): boolean {
  return path.includes("//") || /[^\x21-\x7e]|[\\#;"<>`{}]/.test(path);
}

function decodeSegment(raw: string): string | undefined {
  const decoded = decodeOnce(raw);
  if (decoded === undefined || decoded === "." || decoded === "..") return undefined;
  return /[/\\;?#\p{Cc}]|%[0-9a-f]{2}/iu.test(decoded) ? undefined : decoded;
}

function decodeOnce(segment: string): string | undefined {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** ASCII only: toLowerCase makes a k of the Kelvin sign. */
export const lowerAscii = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** In lower case. HEAD is GET: servers answer it from the same handler, so it needs and costs the same. */
export function readMethod(method: string): string {
  const name = method.toLowerCase();
  return name === "head" ? "get" : name;
}
