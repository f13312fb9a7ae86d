import { startLocalTenant } from "../../local/auth0/server.ts";
import { isMapping } from "../../scripts/tenant/shape.ts";
import { type Answer, call, localDirectory, managementToken } from "../support/local-tenant.ts";
import { createCounterparts } from "./counterparts.ts";
import { listMissingMembers } from "./list-missing-members.ts";
import { addPresupposed, prepareTenant, type Target } from "./prepare-tenant.ts";
import { listPresupposed } from "./presupposed.ts";
import type { RecordedCall, Recording } from "./recordings.ts";

/** A recorded call, and what the local tenant answered to the same request. */
export interface Replayed {
  readonly recording: string;
  /** Its place in the recording, from 0. */
  readonly index: number;
  readonly recorded: RecordedCall;
  readonly own: Answer;
  /** Members that the recorded answer has and ours lacks; none where the status differs. */
  readonly missing: readonly string[];
}

/** A recording waited for its builds; here they are over at once, and no registry is asked for a package. */
const BUILDS = {
  pendingFor: 0,
  buildingFor: 0,
  retryingFor: 0,
  packages: {
    find: () => undefined,
    ensure: () => Promise.resolve(),
    findLatest: () => Promise.resolve("1.0.0"),
    close() {},
  },
};

/** Plays a recording to a tenant of its own, which has beforehand what the recording takes for granted. */
export async function replayRecording({ name, calls }: Recording, project: string): Promise<readonly Replayed[]> {
  const tenant = await startLocalTenant({ directory: localDirectory, project, actionBuilds: BUILDS });
  try {
    const target = { tenant, token: await managementToken(tenant), counterparts: createCounterparts() };
    for (const host of new Set(calls.map(({ url }) => url.host))) target.counterparts.learn(host, tenant.domain);
    await prepareTenant(target);
    await addPresupposed(target, listPresupposed(calls));
    const replayed: Replayed[] = [];
    for (const [index, recorded] of calls.entries()) {
      const own = await send(target, recorded);
      if (recorded.status < 400 && own.status < 400) target.counterparts.compare(recorded.answer, own.body);
      if (isNotHere(own)) await addMade(target, recorded, calls.slice(index + 1));
      const missing = own.status === recorded.status ? listMissingMembers(recorded.answer, own.body) : [];
      replayed.push({ recording: name, index, recorded, own, missing });
    }
    return replayed;
  } finally {
    await tenant.close();
  }
}

/** Whether it is the answer of an endpoint that this tenant does not have. */
export const isNotHere = ({ body }: Answer): boolean => isMapping(body) && body.errorCode === "not_implemented_locally";

/** What such an endpoint made is there all the same, for the calls that follow. */
function addMade(target: Target, { answer }: RecordedCall, following: readonly RecordedCall[]): Promise<void> {
  const text = JSON.stringify(answer);
  return addPresupposed(
    target,
    listPresupposed(following).filter(({ id }) => text.includes(id)),
  );
}

function send(
  { tenant, token, counterparts: { translate } }: Target,
  { method, url, body, contentType }: RecordedCall,
): Promise<Answer> {
  // Go escapes more in a query than JavaScript does.
  const query = [...url.searchParams].map(([name, value]) => `${name}=${encodeURIComponent(translate(value))}`);
  return call(tenant, `${translate(url.pathname)}?${query.join("&")}`, {
    method,
    token,
    ...(contentType !== undefined && { headers: { "content-type": contentType } }),
    ...(body !== "" && { body: translate(body) }),
  });
}
