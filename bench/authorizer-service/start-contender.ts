import { join } from "node:path";
import type { Setting } from "../authorizer/setting.ts";
import { startChild } from "../shared/child.ts";

export interface ContenderOrder extends Pick<Setting, "issuer" | "audience" | "jwk"> {
  readonly name: "bare" | "service";
}

export interface Contender {
  readonly port: number;
  close(): Promise<void>;
}

export async function startContender(
  name: ContenderOrder["name"],
  { issuer, audience, jwk }: Setting,
): Promise<Contender> {
  const child = startChild(join(import.meta.dirname, "serve.ts"));
  const order: ContenderOrder = { name, issuer, audience, jwk };
  return { port: await child.ask<number>(order), close: child.close };
}
