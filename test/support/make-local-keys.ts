import { join } from "node:path";
import { openSigningKeys } from "../../local/auth0/signing-keys.ts";
import { systemClock } from "../../local/clock.ts";
import { ensureCertificateAuthority } from "../../local/http/certificate-authority.ts";
import { openJournal } from "../../local/state/journal.ts";

const directory = join(import.meta.dirname, "../../.local");

/** Before the first suite: the authority and the signing keys are made once, not by several workers at the same time. */
export default async function makeLocalKeys(): Promise<void> {
  const authority = await ensureCertificateAuthority(join(directory, "tls"));
  await authority.issue("tenant", ["localhost", "127.0.0.1"]);
  await openSigningKeys(join(directory, "keys"), openJournal().collection("signing_keys"), systemClock);
}
