import type { Backend, GatewayModel } from "../model/gateway-model.ts";

/** Those of all routes, each once. */
export const listBackends = ({ routes }: GatewayModel): readonly Backend[] => [
  ...new Map(routes.map(({ backend }) => [backend.name, backend])).values(),
];

/** As an upstream its name is looked up once, at start; in a variable it would take a resolver. */
export function renderUpstream(backend: Backend): readonly string[] {
  const { hostname, port, protocol } = new URL(backend.url);
  const server = `${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
  return [`upstream ${upstreamOf(backend)} {`, `  server ${server};`, "}"];
}

const upstreamOf = ({ name }: Backend): string => `backend_${name.replaceAll("-", "_")}`;

/** For proxy_pass: the upstream, with the path that the backend's address has. */
export function addressOf(backend: Backend): string {
  const { protocol, pathname } = new URL(backend.url);
  return `${protocol}//${upstreamOf(backend)}${pathname === "/" ? "" : pathname}`;
}
