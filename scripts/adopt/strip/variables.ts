import { valueAt } from "../../tenant/paths.ts";
import { isMapping, type Path } from "../../tenant/shape.ts";
import type { Entry } from "../entry.ts";

/** Names of the variables for secrets that only Auth0 knows, each given once. */
export interface Variables {
  /** @param path of the secret in the entry */
  nameFor(entry: Entry, path: Path): string;
}

export function createVariables(): Variables {
  const owners = new Map<string, string>();
  return {
    nameFor(entry, path) {
      const owner = JSON.stringify([entry.kind.type, entry.name, path]);
      const names = listNames(entry, path);
      const free = (name: string): boolean => (owners.get(name) ?? owner) === owner;
      let name = names.find(free);
      for (let number = 2; name === undefined; number += 1) {
        name = [`${names[0]}_${number}`].find(free);
      }
      owners.set(name, owner);
      return name;
    },
  };
}

/** From the shortest to one that says where it belongs: `GOOGLE_OAUTH2_CLIENT_SECRET`, `CONNECTION_GOOGLE_OAUTH2_CLIENT_SECRET`. */
function listNames({ kind, name, value }: Entry, path: Path): readonly string[] {
  const owner = name === "settings" || name === "default" ? kind.type : name;
  const member = nameOf(value, path);
  return [
    [owner, member],
    [kind.type, name, member],
  ].map((words) => toVariable(words.join(" ")) || "SECRET");
}

/** In a list that is what its entry is called, not that it has a value. */
function nameOf(value: unknown, path: Path): string {
  const entry = valueAt(value, path.slice(0, -1));
  const isInList = typeof path.at(-2) === "number";
  return String(isInList && isMapping(entry) && typeof entry.name === "string" ? entry.name : path.at(-1));
}

function toVariable(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .replace(/^(?=\d)/, "N")
    .toUpperCase();
}
