import type { Entry } from "./entry.ts";
import type { EntryStore } from "./entry-store.ts";
import type { Begun, SharedKind, Sharing, Ticket } from "./sharing.ts";

/** How one kind of what is known is shared. */
export interface SharedForm<T> {
  readonly sharing: Sharing;
  readonly kind: SharedKind;
  /** To JSON. */
  render(value: T): unknown;
  /** Undefined: it is not of this form. */
  parse(value: unknown): T | undefined;
}

/**
 * How this node's knowledge of a key stands: `alone` where it goes by itself, `agreed` with what is shared, or `lost` where the
 * store knows nothing of it any more: then a change may have been lost with it.
 */
type Standing = "alone" | "agreed" | "lost";

export interface Learner<T> {
  /** Whether the store need not be asked about this entry now. */
  isAgreed(entry: Entry<T>): boolean;
  /** Makes the entry of a key what the nodes know last. It waits for the store as long as that lets it. */
  learn(key: string): Promise<Standing>;
  begin(): Promise<Begun>;
  /** @returns whether the other nodes can know it now */
  tell(key: string, entry: Pick<Entry<T>, "value" | "doubts">, ticket: Ticket | undefined): Promise<boolean>;
}

/** Milliseconds for which a key is not looked up again. */
const AGREED_FOR = 2_000;

/** @param clock milliseconds since the epoch */
export function createLearner<T>(
  form: SharedForm<T> | undefined,
  store: EntryStore<Entry<T>>,
  clock: () => number,
): Learner<T> {
  if (form === undefined)
    return {
      isAgreed: () => true,
      learn: async () => "alone",
      begin: async () => ({ readAt: clock() }),
      tell: async () => true,
    };
  const { sharing, kind } = form;
  const looking = new Map<string, Promise<Standing>>();

  const tell: Learner<T>["tell"] = async (key, { value, doubts }, ticket) =>
    ticket !== undefined && (await sharing.put(kind, key, { value: form.render(value), doubts }, ticket));

  const look = async (key: string): Promise<Standing> => {
    const looked = await sharing.look(kind, key);
    if (looked === undefined) return "alone";
    const entry = store.peek(key);
    const { found } = looked;
    const told = found && parseTold(found.value, form);
    if (found === undefined || told === undefined) {
      if (entry === undefined) return "agreed";
      entry.agreedAt = clock();
      return "lost";
    }
    const readAt = clock() - found.age;
    if (entry === undefined || isLater(found.ticket, readAt, entry))
      store.keep(key, { ...told, readAt, goodAt: readAt, ticket: found.ticket, agreedAt: clock() });
    else {
      entry.agreedAt = clock();
      // The others missed it.
      if (entry.ticket?.number !== found.ticket.number) void tell(key, entry, entry.ticket);
    }
    return "agreed";
  };

  const isAgreed = ({ agreedAt }: Entry<T>): boolean => !sharing.isUp || clock() - agreedAt < AGREED_FOR;
  return {
    isAgreed,
    async learn(key) {
      if (!sharing.isUp) return "alone";
      const entry = store.peek(key);
      if (entry !== undefined && isAgreed(entry)) return "agreed";
      const current = looking.get(key);
      if (current !== undefined) return current;
      const started = look(key).finally(() => looking.delete(key));
      looking.set(key, started);
      return started;
    },
    async begin() {
      const readAt = clock();
      return { readAt, ticket: sharing.isUp ? await sharing.draw() : undefined };
    },
    tell,
  };
}

/** What was read while the store was away, or before its restart, has no number that compares: then the age decides. */
function isLater<T>(ticket: Ticket, readAt: number, entry: Entry<T>): boolean {
  return entry.ticket?.run === ticket.run ? ticket.number > entry.ticket.number : readAt > entry.readAt;
}

function parseTold<T>(told: unknown, form: SharedForm<T>): Pick<Entry<T>, "value" | "doubts"> | undefined {
  if (typeof told !== "object" || told === null) return undefined;
  const { value: rendered, doubts } = told as { value?: unknown; doubts?: unknown };
  const value = form.parse(rendered);
  return value === undefined || !Number.isSafeInteger(doubts) || Number(doubts) < 0
    ? undefined
    : { value, doubts: Number(doubts) };
}
