import { type Account, readSeconds } from "../account.ts";
import { type CheckoutRecord, type CheckoutSession, checkoutCollection } from "./checkout-record.ts";

/** The sessions, and their ends. */
export function openCheckouts(account: Account) {
  const { journal, clock, publish } = account;
  const checkouts = checkoutCollection(journal);

  const expire = (record: CheckoutRecord): CheckoutSession => {
    const session: CheckoutSession = { ...record.session, status: "expired", url: null };
    checkouts.set(record.id, { ...record, session });
    publish("checkout.session.expired", session, record.session);
    return session;
  };

  return {
    get: (id: string) => checkouts.get(id),
    save: (record: CheckoutRecord) => checkouts.set(record.id, record),
    /** Newest first. */
    filter: (matches: (session: CheckoutSession) => boolean): CheckoutSession[] =>
      checkouts
        .filter(({ session }) => matches(session))
        .map(({ session }) => session)
        .reverse(),
    expire,
    complete(record: CheckoutRecord, changes: Partial<CheckoutSession>): CheckoutSession {
      const session: CheckoutSession = { ...record.session, ...changes, status: "complete", url: null };
      checkouts.set(record.id, { ...record, session });
      publish("checkout.session.completed", session, record.session);
      return session;
    },
    /** Lets those expire whose time is over. */
    catchUp(): void {
      const now = readSeconds(clock);
      for (const record of checkouts.filter(({ session }) => session.status === "open" && session.expires_at <= now)) {
        expire(record);
      }
    },
  };
}
