import { appendFile, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { hideSecrets } from "../../redaction/hidden-secrets.ts";

/** Adds a signing secret to a file that only its owner can read, before anything else can go wrong: Stripe does not tell it again. */
export async function keepSecret(file: string, secret: string): Promise<void> {
  hideSecrets([secret]);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await appendFile(file, `${secret}\n`, { mode: 0o600 });
}
