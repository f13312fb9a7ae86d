import type { BuiltAction } from "../../build/build-project.ts";
import { buildTenant } from "../../build/build-project.ts";
import { connectToTenant } from "../../deploy/connect.ts";
import { deriveDigestKey, digestSecrets } from "../../deploy/kinds/action/marker.ts";
import { type Desired, type DesiredAction, desireAction } from "../../deploy/plan/desired.ts";
import { readTenantAccess } from "../../deploy/tenant-access.ts";
import type { TenantAction } from "../../tenant/document.ts";
import type { Environment } from "../../tenant/read-environment.ts";
import type { TenantFile } from "../../tenant/read-tenant.ts";
import { desireDocument, type Entry, toDocument } from "../entry.ts";
import type { AdoptOptions } from "../options.ts";
import { type LiveSource, readLiveSource } from "../read/read-live-source.ts";

/** What a plan of this project needs to be compared with a tenant. */
export type Desire = (entries: readonly Entry[], isVerbatim: (entry: Entry) => boolean) => Desired;

/** A tenant, and how this project is compared with it. */
export interface Comparison {
  readonly source: LiveSource;
  /** Of a tenant file: the code of an Action that is not sent as it is, is what the project builds of it. */
  desireWith(file: TenantFile, environment: Environment): Promise<Desire>;
}

/** @throws {CommandError} of connecting and reading the tenant; desireWith of building the project */
export async function compareWithTenant(
  { environment, sections, retryPolicy }: AdoptOptions,
  file: TenantFile,
  owner: string,
): Promise<Comparison> {
  const access = await readTenantAccess(environment, file, "credentials");
  const source = await readLiveSource(await connectToTenant(access, retryPolicy), sections);
  const key = deriveDigestKey({ digestKey: environment.SECRETS_DIGEST_KEY, clientSecret: access.clientSecret });
  return {
    source,
    async desireWith(built, values) {
      const { actions } = await buildTenant(built, values);
      return (entries, isVerbatim) =>
        desireDocument(toDocument(...entries), {
          owner,
          digestSecrets: (secrets) => digestSecrets(key, secrets),
          actions: entries
            .filter(({ kind }) => kind.type === "action")
            .map((entry) =>
              desireEntry(entry.value as TenantAction, isVerbatim(entry) ? undefined : findBuilt(actions, entry.name)),
            ),
        });
    },
  };
}

const findBuilt = (actions: readonly BuiltAction[], name: string): BuiltAction | undefined =>
  actions.find((action) => action.name === name);

function desireEntry(action: TenantAction, built: BuiltAction | undefined): DesiredAction {
  return desireAction(action, built ?? { code: action.code, file: action.name, form: "as it is" });
}
