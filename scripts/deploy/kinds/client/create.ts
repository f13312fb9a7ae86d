import type { Management } from "auth0";
import type { Change } from "../../plan/change.ts";
import { report, type WriteContext } from "../../write/context.ts";
import { settlePost } from "../../write/settle-post.ts";
import type { LiveRecord } from "../live-record.ts";

/**
 * New clients, through the SDK: their names are not unique at Auth0, and the Deploy CLI repeats a POST whose answer was
 * lost, which leaves two of one name.
 */
export async function createClients(
  changes: readonly Change[],
  _present: readonly LiveRecord[],
  context: WriteContext,
): Promise<void> {
  for (const { name } of changes.filter(({ operation }) => operation === "create")) {
    const wanted = (context.desired.document.clients ?? []).find((entry) => entry.name === name);
    if (wanted === undefined) throw new Error(`client ${name} is planned but not in the document`);
    await settlePost(
      async () =>
        (await context.management.clients.create({ ...wanted } as Management.CreateClientRequestContent)).client_id,
      () => findClient(name, context),
    );
    report(context, `created client ${name}`);
  }
}

async function findClient(name: string, { management }: WriteContext): Promise<string | undefined> {
  for await (const client of await management.clients.list({ per_page: 100, fields: "client_id,name" })) {
    if (client.name === name) return client.client_id;
  }
  return undefined;
}
