import type { Management } from "auth0";
import type { Change } from "../plan/change.ts";
import { omit } from "../plan/patch.ts";
import { type ApplyContext, report } from "./context.ts";
import { settlePost } from "./settle-post.ts";

/**
 * New clients, through the SDK: their names are not unique at Auth0, and the Deploy CLI repeats a POST whose answer was
 * lost, which leaves two of one name.
 */
export async function createClients(changes: readonly Change[], context: ApplyContext): Promise<void> {
  for (const change of changes) {
    if (change.operation !== "create" || change.type !== "client") continue;
    const wanted = (context.document.clients ?? []).find(({ name }) => name === change.name);
    if (wanted === undefined) throw new Error(`client ${change.name} is planned but not in the document`);
    const body = { name: wanted.name, ...omit(wanted, "name") } as Management.CreateClientRequestContent;
    await settlePost(
      async () => (await context.management.clients.create(body)).client_id,
      () => findClient(wanted.name, context),
    );
    report(context, `created client ${change.name}`);
  }
}

async function findClient(name: string, { management }: ApplyContext): Promise<string | undefined> {
  for await (const client of await management.clients.list({ per_page: 100, fields: "client_id,name" })) {
    if (client.name === name) return client.client_id;
  }
  return undefined;
}
