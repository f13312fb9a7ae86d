import { isMapping } from "../../scripts/tenant/shape.ts";

/** The members whose values a tenant makes up, so that the recorded tenant's differ from this one's. */
const MADE_UP = /^(_?id|ids|kid|next|slug|ticket|client_secret|.*_ids?|.*_kid|.*Id)$/;
/** What tells two members of a list apart that are the same thing. */
const NAMES = ["name", "identifier", "email", "domain", "display_name", "audience"];
/** Shorter ones would be found inside other words. */
const SHORTEST = 6;

const escapeForPattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Which value of this tenant stands for which of the recorded one: ids, tickets, pages. */
export interface Counterparts {
  learn(recorded: string, own: string): void;
  /** Looks for values of the same member in two answers to the same request. */
  compare(recorded: unknown, own: unknown): void;
  /** The recorded text with this tenant's values, in the path of a request too. */
  translate(text: string): string;
}

export function createCounterparts(): Counterparts {
  const owns = new Map<string, string>();
  let pattern: RegExp | undefined;

  function learn(recorded: string, own: string): void {
    if (recorded === own || recorded.length < SHORTEST || owns.has(recorded)) return;
    owns.set(recorded, own);
    if (encodeURIComponent(recorded) !== recorded) owns.set(encodeURIComponent(recorded), encodeURIComponent(own));
    pattern = undefined;
  }

  function compare(recorded: unknown, own: unknown, key = ""): void {
    if (typeof recorded === "string" && typeof own === "string") {
      if (MADE_UP.test(key)) learn(recorded, own);
    } else if (Array.isArray(recorded) && Array.isArray(own)) {
      for (const [index, member] of recorded.entries()) compare(member, findSame(member, own, index), key);
    } else if (isMapping(recorded) && isMapping(own)) {
      for (const name of Object.keys(recorded)) compare(recorded[name], own[name], name);
    }
  }

  return {
    learn,
    compare,
    translate(text) {
      // The longest first: one id may be the beginning of another.
      pattern ??= new RegExp(
        [...owns.keys()]
          .sort((a, b) => b.length - a.length)
          .map(escapeForPattern)
          .join("|"),
        "g",
      );
      return owns.size === 0 ? text : text.replace(pattern, (recorded) => owns.get(recorded) ?? recorded);
    },
  };
}

/** The member of another list that is the same thing: of the same name, or where members have none, in the same place. */
export function findSame(member: unknown, others: readonly unknown[], index: number): unknown {
  if (!isMapping(member)) return others[index];
  const name = NAMES.find((name) => typeof member[name] === "string");
  return name === undefined ? others[index] : others.find((other) => isMapping(other) && other[name] === member[name]);
}
