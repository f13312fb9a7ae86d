import type { BuiltAction } from "../../build/build-project.ts";
import { buildTenant } from "../../build/build-project.ts";
import { connectToTenant } from "../../deploy/connect.ts";
import { deriveDigestKey, digestSecrets } from "../../deploy/kinds/action/marker.ts";
import { type Desired, type DesiredAction, desireAction } from "../../deploy/plan/desired.ts";
import { readTenantAccess } from "../../deploy/tenant-access.ts";
import type { TenantAction } from "../../tenant/document.ts";
import type { TenantFile } from "../../tenant/read-tenant.ts";
import { desireDocument, type Entry, toDocument } from "../entry.ts";
import type { AdoptOptions } from "../options.ts";
import { type LiveSource, readLiveSource } from "../read/read-live-source.ts";

/** A tenant, and what a plan of this project needs to be compared with it. */
export interface Comparison {
  readonly source: LiveSource;
  /** @param isVerbatim whether the code of this Action is sent as it is; else it is what the project builds */
  readonly desire: (entries: readonly Entry[], isVerbatim: (entry: Entry) => boolean) => Desired;
}

/** @throws {CommandError} of building the project, connecting and reading the tenant */
export async function compareWithTenant(
  { environment, sections, retryPolicy }: AdoptOptions,
  file: TenantFile,
  owner: string,
): Promise<Comparison> {
  const access = await readTenantAccess(environment, file, "credentials");
  const source = await readLiveSource(await connectToTenant(access, retryPolicy), sections);
  const key = deriveDigestKey({ digestKey: environment.SECRETS_DIGEST_KEY, clientSecret: access.clientSecret });
  const { actions } = await buildTenant(file, environment);
  return {
    source,
    desire: (entries, isVerbatim) =>
      desireDocument(toDocument(...entries), {
        owner,
        digestSecrets: (secrets) => digestSecrets(key, secrets),
        actions: entries
          .filter(({ kind }) => kind.type === "action")
          .map((entry) =>
            desireEntry(entry.value as TenantAction, isVerbatim(entry) ? undefined : findBuilt(actions, entry.name)),
          ),
      }),
  };
}

const findBuilt = (actions: readonly BuiltAction[], name: string): BuiltAction | undefined =>
  actions.find((action) => action.name === name);

function desireEntry(action: TenantAction, built: BuiltAction | undefined): DesiredAction {
  return desireAction(action, built ?? { code: action.code, file: action.name, form: "as it is" });
}
