import { type FaultKind, faultKinds } from "./fault-kinds.ts";

/** A fault to come: what happens to the next requests of one kind. */
export interface Fault {
  readonly kind: FaultKind;
  /** `GET`, `POST`, `DELETE`; every method when left out. */
  readonly method?: string;
  /** A route as the resource declares it (`/v1/customers/:id`), or one exact path; every path when left out. */
  readonly path?: string;
  /** How many requests it befalls; 1 when left out. */
  readonly times?: number;
  /** For `delay`, `busy` and `drip`: milliseconds; 1000 when left out. */
  readonly ms?: number;
}

interface FaultTarget {
  readonly method: string;
  readonly path: string;
  readonly route: string;
}

export interface Faults {
  /** Throws a TypeError that says what is wrong with it. */
  add(fault: Fault): void;
  clear(): void;
  /** What is still to come. */
  pending(): readonly Fault[];
  /** The first fault that fits, counted as used. */
  take(target: FaultTarget): Fault | undefined;
}

export function createFaults(): Faults {
  let entries: { readonly fault: Fault; left: number }[] = [];
  return {
    add(fault) {
      checkFault(fault);
      entries.push({ fault, left: fault.times ?? 1 });
    },
    clear() {
      entries = [];
    },
    pending: () => entries.map(({ fault, left }) => ({ ...fault, times: left })),
    take(target) {
      const entry = entries.find(({ fault }) => isFor(fault, target));
      if (entry === undefined) return undefined;
      entry.left -= 1;
      if (entry.left === 0) entries = entries.filter((other) => other !== entry);
      return entry.fault;
    },
  };
}

function isFor(fault: Fault, { method, path, route }: FaultTarget): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false;
  return fault.path === undefined || fault.path === route || fault.path === path;
}

function checkFault(fault: Fault): void {
  if (!Object.hasOwn(faultKinds, fault.kind)) {
    throw new TypeError(`Unknown kind of fault '${fault.kind}': use one of ${Object.keys(faultKinds).join(", ")}.`);
  }
  for (const name of ["times", "ms"] as const) {
    const value = fault[name];
    if (value !== undefined && !(Number.isInteger(value) && value > 0)) {
      throw new TypeError(`A fault's '${name}' is a whole number from 1.`);
    }
  }
}
