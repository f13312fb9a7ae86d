import { callCertutil, NICKNAME } from "./certutil.ts";

/** The authority's certificate as a database has it, PEM; undefined where it does not. Throws what callCertutil throws. */
export async function findTrusted(folder: string): Promise<string | undefined> {
  const text = await callCertutil(folder, "-L", "-n", NICKNAME, "-a");
  return text?.replaceAll("\r", "").trim();
}
