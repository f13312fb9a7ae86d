import type { ManagementClient } from "auth0";

/** A user at Auth0, as far as it matters who pays. */
export interface User {
  id: string;
  /** Who it is: one person may have several users. */
  readonly person: number;
  email: string;
  readonly isVerified: boolean;
  readonly createdAt: string;
  /** `provider|id`, its own first. */
  identities: readonly { readonly id: string; readonly email: string }[];
  metadata: Record<string, unknown>;
  logins: number;
}

/** Auth0's users, without a network. */
export interface Directory {
  add(user: Pick<User, "id" | "person" | "email" | "isVerified">): User;
  all(): readonly User[];
  rename(user: User, email: string): void;
  /** The second becomes an identity of the first, whose metadata stay. */
  link(primary: User, secondary: User): void;
  /** Of a linked identity a user of its own, without metadata. */
  unlink(primary: User, id: string): User;
  remove(user: User): void;
  /** What the gateways use of the Management API. */
  readonly management: Pick<ManagementClient, "users">;
}

/** @param tell is given each event of the stream, as Auth0 sends it */
export function createDirectory(now: () => number, tell: (event: object) => void): Directory {
  const users = new Map<string, User>();
  const say = (kind: "created" | "updated" | "deleted", user: User): void =>
    tell({
      id: `evt_${kind}_${user.id}_${now()}`,
      specversion: "1.0",
      type: `user.${kind}`,
      time: new Date(now()).toISOString(),
      data: { object: renderUser(user) },
    });
  const add: Directory["add"] = ({ id, person, email, isVerified }) => {
    const createdAt = new Date(now()).toISOString();
    const user = { id, person, email, isVerified, createdAt, identities: [{ id, email }], metadata: {}, logins: 0 };
    users.set(id, user);
    say("created", user);
    return user;
  };
  const remove = (user: User): void => {
    users.delete(user.id);
    say("deleted", user);
  };

  return {
    add,
    all: () => [...users.values()],
    rename(user, email) {
      user.email = email;
      user.identities = user.identities.map((identity) =>
        identity.id === user.id ? { ...identity, email } : identity,
      );
      say("updated", user);
    },
    link(primary, secondary) {
      primary.identities = [...primary.identities, ...secondary.identities];
      remove(secondary);
      say("updated", primary);
    },
    unlink(primary, id) {
      const email = primary.identities.find((identity) => identity.id === id)?.email ?? "";
      primary.identities = primary.identities.filter((identity) => identity.id !== id);
      say("updated", primary);
      return add({ id, person: primary.person, email, isVerified: true });
    },
    remove,
    management: {
      users: {
        async get(id: string) {
          const user = users.get(id);
          if (user === undefined) throw Object.assign(new Error("Not Found"), { statusCode: 404 });
          return renderUser(user);
        },
        async list({ q }: { q: string }) {
          const [, provider, id] = /^identities\.provider:"(.*)" AND identities\.user_id:"(.*)"$/.exec(q) ?? [];
          const [, customer] = /^app_metadata\.stripe_customer_id:"(.*)"$/.exec(q) ?? [];
          const found = [...users.values()].filter(({ identities, metadata }) =>
            customer === undefined
              ? identities.some((identity) => identity.id === `${provider}|${id}`)
              : metadata.stripe_customer_id === customer,
          );
          return { data: found.map(renderUser) };
        },
        async update(id: string, { app_metadata: changes = {} }: { app_metadata?: Record<string, unknown> }) {
          const user = users.get(id);
          if (user === undefined) throw Object.assign(new Error("Not Found"), { statusCode: 404 });
          Object.assign(user.metadata, changes);
        },
      },
    } as unknown as Directory["management"],
  };
}

/** As the Management API and an Action's event have it. */
export const renderUser = (user: User) => ({
  user_id: user.id,
  email: user.email,
  email_verified: user.isVerified,
  created_at: user.createdAt,
  app_metadata: { ...user.metadata },
  identities: user.identities.map(({ id, email }) => {
    const bar = id.indexOf("|");
    const provider = id.slice(0, bar);
    return { provider, connection: provider, user_id: id.slice(bar + 1), profileData: { email } };
  }),
});
