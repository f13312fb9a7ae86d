/** Code whose tests must fail when it is changed. */
export interface MutatedFolder {
  readonly name: string;
  /** What of the folder is mutated. */
  readonly sources: readonly string[];
  /** Tests of which one must fail: files and folders, under `test/`. */
  readonly tests: readonly string[];
}

export const FOLDERS: readonly MutatedFolder[] = [
  { name: "actions", sources: ["actions"], tests: ["actions"] },
  {
    name: "scripts/deploy",
    sources: ["scripts/deploy/kinds", "scripts/deploy/plan", "scripts/deploy/checks"],
    tests: ["scripts/deploy"],
  },
  { name: "scripts/tenant", sources: ["scripts/tenant"], tests: ["scripts/tenant"] },
  { name: "gateways/authorizer", sources: ["gateways/authorizer"], tests: ["gateways/authorizer"] },
  {
    name: "gateways/metering",
    sources: ["gateways/metering"],
    tests: ["gateways/metering", "gateways/webhooks/thin-events.test.ts", "scripts/metering"],
  },
  {
    name: "local/auth0/authentication/token",
    sources: ["local/auth0/authentication/token"],
    tests: ["local/auth0/authentication", "local/auth0/token.test.ts"],
  },
];
