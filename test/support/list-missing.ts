import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isMapping } from "../../scripts/tenant/shape.ts";

/** A value of a tenant file, and the folder that the files it names are in. */
interface Side {
  readonly value: unknown;
  readonly folder: string;
}

/**
 * Where an export does not say what a file says; it may say more. What it masks, as `##NAME##`, is taken for the same.
 *
 * @returns paths, as `logStreams[0].sink.httpEndpoint`
 */
export function listMissing(file: Side, exported: Side, path = ""): readonly string[] {
  const [ours, theirs] = [readContent(file), readContent(exported)];
  if (typeof theirs === "string" && /^##\w+##$/.test(theirs)) return [];
  const at = (value: unknown, other: unknown, place: string) =>
    listMissing({ ...file, value }, { ...exported, value: other }, place);
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    return ours.flatMap((one: unknown, index) => {
      const place = `${path}[${index}]`;
      const best = theirs.map((other: unknown) => at(one, other, place)).sort((a, b) => a.length - b.length)[0];
      return best ?? [place];
    });
  }
  if (isMapping(ours) && isMapping(theirs)) {
    return Object.entries(ours).flatMap(([name, one]) =>
      Object.hasOwn(theirs, name) ? at(one, theirs[name], `${path}.${name}`) : [`${path}.${name}`],
    );
  }
  return ours === theirs ? [] : [path];
}

function readContent({ value, folder }: Side): unknown {
  if (typeof value !== "string" || !value.startsWith("./")) return value;
  const text = readFileSync(join(folder, value), "utf8");
  return value.endsWith(".json") ? (JSON.parse(text) as unknown) : text;
}
