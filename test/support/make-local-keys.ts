import { startTestTenant } from "./local-tenant.ts";

/** Before the first suite: the authority and the signing keys are made once, not by several workers at the same time. */
export default async function makeLocalKeys(): Promise<void> {
  const tenant = await startTestTenant();
  await tenant.close();
}
