import type Stripe from "stripe";
import type { Billing } from "../../gateways/authorizer/billing/billing.ts";
import type { Desk } from "../../gateways/billing-portal/desk.ts";
import type { Directory, User } from "./directory.ts";
import type { Judge, Outcome } from "./judge.ts";
import type { Ledger } from "./ledger.ts";
import type { Deeds, Via } from "./life.ts";
import type { LogIn, Token } from "./log-in.ts";
import type { Outages } from "./outages.ts";

export interface DeedsParts {
  readonly directory: Directory;
  readonly ledger: Ledger;
  readonly judge: Judge;
  readonly logIn: LogIn;
  readonly billing: Pick<Billing, "charge">;
  readonly desk: Desk;
  /** With a key that may do everything. */
  readonly stripe: Stripe;
  readonly sold: { readonly scope: string; readonly price: string };
  readonly now: () => number;
  readonly outages: Outages;
}

/** What people do, at the tenant, at Stripe and at the gateway. */
export function createDeeds(parts: DeedsParts): Deeds {
  const { directory, ledger, judge, billing, desk, stripe, sold, now, outages } = parts;
  const isDown = () => outages.wellSince === undefined;
  const tokens = new Map<string, Token>();
  const renewedAt = new Map<string, number>();
  let users = 0;

  const getToken = async (user: User, via: Parameters<LogIn>[1]): Promise<Token | undefined> => {
    const token = await parts.logIn(user, via);
    if (token !== undefined) tokens.set(user.id, token);
    if (via === "refresh exchange") renewedAt.set(user.id, now());
    return token;
  };
  const ask = async (user: User, token: Token, isAsIssued = true): Promise<Outcome> => {
    const charge = await billing.charge({ claims: token.claims, scopes: [sold.scope], metered: false });
    if (charge.kind === "paid" && token.hasScope) return "let in";
    if (charge.kind === "refused" && charge.code === "billing_unavailable") return "not known";
    // 403 insufficient_scope, or 402 customer_required: another token is asked for once, and for the latter once a minute.
    const isRested = now() - (renewedAt.get(user.id) ?? Number.NEGATIVE_INFINITY) >= 50_000;
    const isWorth = charge.kind === "paid" || (charge.code === "customer_unknown" && isRested);
    const next = isAsIssued && isWorth ? await getToken(user, "refresh exchange") : undefined;
    return next === undefined ? "refused" : ask(user, next, false);
  };
  const tryAt = async (what: Promise<unknown>): Promise<boolean> =>
    what.then(
      () => true,
      () => false,
    );

  return {
    signUp(person, via, email) {
      users += 1;
      return directory.add({ id: nameUser(via, users), person, email, isVerified: via !== "samlp" });
    },
    logIn: async (user) => (await getToken(user, "database")) !== undefined,
    async call(user) {
      const known = tokens.get(user.id);
      const token = known && known.expiresAt > now() ? known : await getToken(user, "refresh exchange");
      judge.look(user);
      if (token !== undefined) judge.judge(user, await ask(user, token));
    },
    // While Stripe is down the portal tries for seconds, in vain.
    goToCheckout: async (user) => !isDown() && (await desk.subscribe(toDesk(user), sold.scope)).kind === "go",
    async pay(user) {
      const customer = String(user.metadata.stripe_customer_id);
      const made = stripe.subscriptions.create({ customer, items: [{ price: sold.price }] });
      const isDone = await tryAt(made.then(({ id }) => ledger.buy(id, customer, user)));
      judge.look(user);
      return isDone;
    },
    returnToPortal: async (user) => void (await desk.show(toDesk(user), true)),
    async cancel(user) {
      const subscriptions = ledger.listOf(user);
      for (const id of subscriptions) if (await tryAt(stripe.subscriptions.cancel(id))) ledger.end(id);
      judge.look(user);
      return subscriptions.length > 0 && !ledger.pays(user);
    },
    link(primary, secondary) {
      directory.link(primary, secondary);
      judge.look(primary);
    },
    unlink(primary) {
      const other = primary.identities.find(({ id }) => id !== primary.id);
      if (other === undefined) return undefined;
      const parted = directory.unlink(primary, other.id);
      ledger.part(primary, parted);
      for (const user of [primary, parted]) judge.look(user);
      return parted;
    },
    rename: directory.rename,
    remove: directory.remove,
    isStripeDown: isDown,
    untilLoss: () => outages.untilLoss,
  };
}

const toDesk = ({ id }: User) => ({ userId: id, organization: undefined });

const nameUser = (via: Via, number: number): string => (via === "samlp" ? `samlp|corp|${number}` : `${via}|${number}`);
