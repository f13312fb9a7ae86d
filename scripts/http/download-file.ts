import { createWriteStream } from "node:fs";
import type { IncomingMessage } from "node:http";
import { get } from "node:https";
import { pipeline } from "node:stream/promises";
import { isMapping } from "../tenant/shape.ts";
import { createTrustingAgent } from "./trusting-agent.ts";

/** Milliseconds without a byte. */
const SILENCE = 30_000;

/** Says what was answered, or what became of the connection, and never where. */
export class DownloadFailed extends Error {
  override readonly name = "DownloadFailed";
}

/**
 * Writes what an address has to a file that its owner alone can read, piece by piece. The address may be a secret.
 *
 * @param ca one more authority to trust, as PEM
 * @throws {DownloadFailed} and what the disk says
 */
export async function downloadFile(address: string, file: string, ca: string | undefined): Promise<void> {
  if (!address.startsWith("https://")) throw new DownloadFailed("the address is not one of https");
  const response = await open(address, ca);
  if (response.statusCode !== 200) {
    response.resume();
    throw new DownloadFailed(`the answer was ${response.statusCode}`);
  }
  let failure: unknown;
  response.once("error", (error) => {
    failure = error;
  });
  await pipeline(response, createWriteStream(file, { mode: 0o600 })).catch((error: unknown) => {
    throw failure === undefined ? error : lost(failure);
  });
}

function open(address: string, ca: string | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { timeout: SILENCE, ...(ca !== undefined && { agent: createTrustingAgent(ca) }) };
    const request = get(address, options, resolve);
    request.once("timeout", () => request.destroy(Object.assign(new Error("silent"), { code: "ETIMEDOUT" })));
    request.once("error", (error) => reject(lost(error)));
  });
}

/** By its code alone: Node's own texts may have the address. */
const lost = (error: unknown): DownloadFailed =>
  new DownloadFailed(`the connection failed (${isMapping(error) && error.code ? error.code : "unknown"})`);
