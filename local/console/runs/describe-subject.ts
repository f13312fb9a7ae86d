import type { TriggerRun } from "../../auth0/actions/pipeline/pipeline.ts";

interface Subject {
  /** Email, phone number or id: a machine has none. */
  readonly who?: string;
  readonly client?: string;
}

/** Whose run it was, as far as its event says. */
export function describeSubject({ event }: Pick<TriggerRun, "event">): Subject {
  const { user, client } = event as {
    readonly user?: { readonly email?: string; readonly phone_number?: string; readonly user_id?: string };
    readonly client?: { readonly name?: string };
  };
  const who = user?.email ?? user?.phone_number ?? user?.user_id;
  return { ...(who !== undefined && { who }), ...(client?.name !== undefined && { client: client.name }) };
}
