import type { ManagementClient } from "auth0";
import { isMapping } from "../../tenant/shape.ts";
import { placeOf } from "../cli/journal-fetch.ts";
import type { WrittenRequest } from "../cli/messages.ts";
import type { Fields } from "../kinds/live-record.ts";
import { WRITTEN_SINCE } from "../write/undo.ts";
import { ATTEMPTS, fieldsOf, formerBody, isAsWritten, listDifferences, toWritten } from "./former-body.ts";

type Management = Pick<ManagementClient, "fetch">;

interface TakenBack {
  /** What is not as it was, a line each. */
  readonly left: readonly string[];
  /** Where somebody else wrote since. */
  readonly changedSince: readonly string[];
}

/**
 * Takes back what the Deploy CLI sent, the last request first, and looks whether it is as it was. What is new stays, with all in
 * it; its handlers would leave members that were added.
 *
 * @param requests in the order in which they were sent
 */
export async function takeBack(requests: readonly WrittenRequest[], management: Management): Promise<TakenBack> {
  const created = listCreated(requests);
  const old = requests.filter(({ path }) => !created.some((id) => path.includes(`/${id}`)));
  const left: string[] = [];
  const changedSince: string[] = [];
  for (const request of [...old].reverse()) {
    try {
      left.push(...(await takeBackOne(request, management)));
    } catch (error) {
      if (error instanceof Error && error.message === WRITTEN_SINCE) changedSince.push(request.path);
      else left.push(`${request.path} (${error instanceof Error ? error.message.split("\n")[0] : "unknown error"})`);
    }
  }
  return { left, changedSince };
}

/** Ids of what did not exist before. */
function listCreated(requests: readonly WrittenRequest[]): readonly string[] {
  return requests
    .filter(({ method }) => method === "POST")
    .flatMap(({ answer }) => (isMapping(answer) ? [answer.id, answer.custom_domain_id] : []))
    .filter((id) => typeof id === "string");
}

async function takeBackOne(request: WrittenRequest, management: Management): Promise<readonly string[]> {
  if (request.method === "POST") return takeAway(request, management);
  const before = toWritten(request, request.before);
  const look = async (): Promise<Fields | undefined> => toWritten(request, await get(request.path, management));
  const present = await look();
  if (before === undefined) return present === undefined ? [] : takeAway(request, management);
  if (present === undefined) return [`${request.path} (gone)`];
  if (listDifferences(request, before, present).length === 0) return [];
  const ours = [fieldsOf(request.body), toWritten(request, request.answer) ?? {}];
  if (!ours.some((fields) => isAsWritten(fields, present))) {
    throw new Error(WRITTEN_SINCE);
  }
  let differences: readonly string[] = [];
  let refusal = "";
  for (const attempt of ATTEMPTS) {
    const body = formerBody(request, { before, present }, attempt);
    const response = await send(request.method, request.path, body, management);
    if (!response.ok && response.status !== 400) throw await refused(response);
    if (!response.ok) refusal = ` (${(await refused(response)).message})`;
    const now = (await look()) ?? {};
    differences = listDifferences(request, before, now);
    if (differences.length === 0) return publishAgain(request, { before, now }, management);
  }
  return [`${request.path}: ${differences.join(", ")}${refusal}`];
}

/** Of a module Actions use a version, not the draft: what was published when the deploy began is published once more. */
async function publishAgain(
  { path }: Pick<WrittenRequest, "path">,
  { before, now }: { readonly before: Fields; readonly now: Fields },
  management: Management,
): Promise<readonly string[]> {
  if (before.all_changes_published !== true || now.all_changes_published !== false) return [];
  const response = await send("POST", `${path}/versions`, undefined, management);
  if (!response.ok) throw await refused(response);
  return [];
}

/** Where what was added to something older can be taken from it again, and by which member of the request or of its answer. */
const MEMBERS: readonly { readonly path: RegExp; readonly id?: string }[] = [
  { path: /^\/organizations\/[^/]+\/enabled_connections$/, id: "connection_id" },
  { path: /^\/organizations\/[^/]+\/client-grants$/, id: "grant_id" },
  { path: /^\/organizations\/[^/]+\/discovery-domains$/, id: "id" },
  { path: /^\/organizations\/[^/]+\/clients$/ },
  { path: /^\/connections\/[^/]+\/(scim-configuration|directory-provisioning)$/ },
  { path: /^\/branding\/templates\/universal-login$/ },
];

async function takeAway({ path, body, answer }: WrittenRequest, management: Management): Promise<readonly string[]> {
  const member = MEMBERS.find((candidate) => candidate.path.test(path));
  // What is a thing of its own stays, and is listed with what is new; so does a version of a module, with a newer one after it.
  if (member === undefined) return [];
  const id = member.id === undefined ? "" : String({ ...fieldsOf(body), ...fieldsOf(answer) }[member.id] ?? "");
  if (member.id !== undefined && id === "") return [`${path} (nobody can say what was added)`];
  const response = await send("DELETE", id === "" ? path : `${path}/${id}`, deletedBody(path, body), management);
  if (!response.ok && response.status !== 404) throw await refused(response);
  return [];
}

/** The clients of an organization are taken away as a list of ids. */
function deletedBody(path: string, body: unknown): unknown {
  if (!path.endsWith("/clients")) return undefined;
  const { clients } = fieldsOf(body);
  return { clients: (Array.isArray(clients) ? clients : []).filter(isMapping).map(({ client_id }) => client_id) };
}

async function get(path: string, management: Management): Promise<unknown> {
  const response = await management.fetch(placeOf(path), { method: "GET" });
  if (response.status === 404) return undefined;
  if (!response.ok) throw await refused(response);
  return response.json();
}

function send(method: string, path: string, body: unknown, management: Management): Promise<Response> {
  if (body === undefined) return management.fetch(path, { method });
  return management.fetch(path, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function refused(response: Response): Promise<Error> {
  const body: unknown = await response.json().catch(() => undefined);
  const said = isMapping(body) && typeof body.message === "string" ? ` ${body.message}` : "";
  return new Error(`${response.status}${said}`);
}
