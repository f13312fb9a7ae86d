import type { GatewayModel } from "./gateway-model.ts";

/** For gateways that get no token of their own: such a backend would refuse them, or must trust the network they share. */
export function warnOfCredentials({ routes }: GatewayModel): readonly string[] {
  const names = new Set(routes.flatMap(({ backend }) => (backend.credentials ? [backend.name] : [])));
  return [...names].map(
    (name) => `It asks for no token of its own (client credentials), which the backend ${name} wants: KrakenD does`,
  );
}
