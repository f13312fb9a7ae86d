import { inspect } from "node:util";

/** Shorter ones ("on", "7", "deny") stand in every text, and nobody's secret is that short. */
const MIN_LENGTH = 6;
/** Shorter ones are hidden as a whole word only: they may be a part of longer ones. */
const MIN_LENGTH_WITHIN_WORDS = 8;
const REPLACEMENT = "[redacted]";

/** Where a long value may be broken, and colours: what stands between ESC and `m`. */
const seam = new RegExp(`\\r?\\n[ \\t]*|${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

interface Form {
  readonly text: string;
  /** A value in the middle of base64 shares its first and last character with what stands beside it. */
  readonly isPartOfRun: boolean;
  readonly isWholeWord: boolean;
  /** `password`, `smtp_pass`: a field may be called so, and its name is not a secret. */
  readonly isLikeName: boolean;
}

type Range = readonly [start: number, end: number];

/**
 * A function that takes these values out of a text: as they stand, as JSON (also within JSON), URLs, forms, HTML, base64, hexadecimal
 * digits and Node's own dumps write them, and broken over several lines. Of a value of several lines each counts for itself
 * as well, because logs come line by line. Values below six characters are left alone.
 */
export function createRedactor(values: readonly string[]): (text: string) => string {
  const parts = values
    .flatMap((value) => [value, value.trim(), ...value.split(/\r?\n/).map((line) => line.trim())])
    .filter(({ length }) => length >= MIN_LENGTH);
  const forms = [...new Set(parts)].flatMap(listForms);
  return (text) => {
    if (forms.length === 0) return text;
    const { joined, indexes } = join(text);
    const ranges = forms.flatMap((form) => findRanges(joined, indexes, text, form));
    return replaceRanges(text, ranges);
  };
}

function listForms(value: string): readonly Form[] {
  const isWholeWord = value.length < MIN_LENGTH_WITHIN_WORDS;
  const isLikeName = /^[a-z]+(?:_[a-z]+)*$/.test(value);
  const escaped = JSON.stringify(value).slice(1, -1);
  const encoded = encodeURIComponent(value);
  const form = new URLSearchParams({ "": value }).toString().slice(1);
  const bytes = Buffer.from(value);
  const plain = [
    value.replaceAll(seam, ""),
    escaped,
    JSON.stringify(escaped).slice(1, -1),
    inspect(value).slice(1, -1),
    encoded,
    form,
    ...[encoded, form].map((text) => text.replaceAll(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase())),
    escapeHtml(value),
    bytes.toString("hex"),
    bytes.toString("hex").toUpperCase(),
  ];
  const runs = [value, encoded, form].flatMap((text) => listBase64(Buffer.from(text)));
  return [
    ...[...new Set(plain)].map((text) => ({ text, isPartOfRun: false, isWholeWord, isLikeName })),
    ...[...new Set(runs)].map((text) => ({ text, isPartOfRun: true, isWholeWord: false, isLikeName: false })),
  ];
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Three, by how many bytes stand before it: the characters that these bytes alone decide (RFC 4648 §4, §5). */
function listBase64(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const all = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
    const own = all.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
    return [own, own.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** The text without its seams, and where each of its characters was. */
function join(text: string): { readonly joined: string; readonly indexes: readonly number[] } {
  const pieces: string[] = [];
  const indexes: number[] = [];
  const take = (from: number, to: number): void => {
    pieces.push(text.slice(from, to));
    for (let index = from; index < to; index += 1) indexes.push(index);
  };
  let end = 0;
  for (const match of text.matchAll(seam)) {
    take(end, match.index);
    end = match.index + match[0].length;
  }
  take(end, text.length);
  return { joined: pieces.join(""), indexes };
}

function findRanges(joined: string, indexes: readonly number[], text: string, form: Form): readonly Range[] {
  const ranges: Range[] = [];
  for (let at = joined.indexOf(form.text); at !== -1; at = joined.indexOf(form.text, at + 1)) {
    let start = indexes[at] ?? 0;
    let end = (indexes[at + form.text.length - 1] ?? 0) + 1;
    if (form.isWholeWord && (/\w/.test(text[start - 1] ?? "") || /\w/.test(text[end] ?? ""))) continue;
    if (form.isLikeName && isName(text, start, end)) continue;
    if (form.isPartOfRun) {
      while (/[\w+/-]/.test(text[start - 1] ?? "")) start -= 1;
      while (/[\w+/=-]/.test(text[end] ?? "")) end += 1;
    }
    ranges.push([start, end]);
  }
  return ranges;
}

/** Behind the dot of a path, or a key of JSON. */
function isName(text: string, start: number, end: number): boolean {
  if (/\w/.test(text[end] ?? "")) return false;
  return (
    /[\w\]]\.$/.test(text.slice(Math.max(0, start - 2), start)) ||
    (text[start - 1] === '"' && text.startsWith('":', end))
  );
}

/** What overlaps is one: what is left of a value after a part of it was replaced would stay readable. */
function replaceRanges(text: string, ranges: readonly Range[]): string {
  let result = "";
  let done = 0;
  for (const [start, end] of [...ranges].sort(([one], [other]) => one - other)) {
    if (start >= done) result += text.slice(done, start) + REPLACEMENT;
    done = Math.max(done, end);
  }
  return result + text.slice(done);
}
