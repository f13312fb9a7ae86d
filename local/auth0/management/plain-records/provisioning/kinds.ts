import type { Connection } from "../../../state/resources.ts";
import type { Tenant } from "../../../tenant.ts";
import { ManagementError } from "../../error.ts";
import type { Fields } from "../fields.ts";
import { listDirectoryFields, listScimFields } from "./mappings.ts";

/** How the users of a connection come here from elsewhere. Kept and answered; nobody provisions any. */
export interface ProvisioningKind {
  /** Below `/connections/:id`. */
  readonly name: string;
  readonly scope: string;
  readonly create: string;
  readonly update: string;
  /** Of all connections in one list. */
  readonly listPath: `/${string}`;
  readonly envelope: string;
  /** The member that says when it was last changed. */
  readonly changed: string;
  readonly listFields: (strategy: string) => readonly Fields[];
  /** Beside the mapping, where a request names none. */
  readonly initial: Fields;
  /** What it shows of its tenant and connection. */
  readonly describe: (tenant: Pick<Tenant, "name">, connection: Connection) => Fields;
  /** Throws 404 for a connection that cannot have it. */
  readonly check?: (connection: Connection) => void;
}

/** Auth0 docs, "Configure Inbound SCIM". */
const WITH_SCIM: ReadonlySet<string> = new Set(["samlp", "oidc", "okta", "waad"]);

const describeConnection = ({ id, name, strategy }: Connection): Fields => ({
  connection_id: id,
  connection_name: name,
  strategy,
});

const SCIM_CONFIGURATION: ProvisioningKind = {
  name: "scim-configuration",
  scope: "scim_config",
  create: "CreateScimConfigurationRequestContent",
  update: "UpdateScimConfigurationRequestContent",
  listPath: "/connections-scim-configurations",
  envelope: "scim_configurations",
  changed: "updated_on",
  listFields: listScimFields,
  initial: { user_id_attribute: "externalId" },
  describe: ({ name }, connection) => ({ tenant_name: name, ...describeConnection(connection) }),
  check: ({ strategy }) => {
    if (WITH_SCIM.has(strategy)) return;
    const docs = "https://auth0.com/docs/authenticate/protocols/scim/configure-inbound-scim";
    const message = `This connection type does not support SCIM. Please see our documentation for the currently supported connection types: ${docs}.`;
    throw new ManagementError(404, message);
  },
};

export const DIRECTORY_PROVISIONING: ProvisioningKind = {
  name: "directory-provisioning",
  scope: "directory_provisionings",
  create: "CreateDirectoryProvisioningRequestContent",
  update: "UpdateDirectoryProvisioningRequestContent",
  listPath: "/connections-directory-provisionings",
  envelope: "directory_provisionings",
  changed: "updated_at",
  listFields: listDirectoryFields,
  initial: { synchronize_automatically: false, synchronize_groups: "off" },
  describe: (_tenant, connection) => describeConnection(connection),
};

export const PROVISIONING_KINDS: readonly ProvisioningKind[] = [SCIM_CONFIGURATION, DIRECTORY_PROVISIONING];
