import type { Paint } from "../terminal/paint.ts";
import { renderColumns } from "../terminal/table.ts";
import { foldLines } from "../terminal/wrap.ts";
import type { Place } from "./look-at.ts";

const NOTES: { readonly [State in Place["state"]]?: string } = {
  "another one": " (an authority of another start)",
  unknown: " (certutil, which reads it, is missing)",
};

/** @param file the authority's certificate, as it is reached from where the command was started */
export function renderTrust(places: readonly Place[], file: string, paint: Paint): string {
  const rows = places.map(({ program, where, state }) => [
    state === "trusted" ? paint("green", "✓") : paint("dim", "-"),
    program,
    `${where}${NOTES[state] ?? ""}`,
  ]);
  return [
    foldLines(`${file} vouches for localhost, 127.0.0.1 and ::1, and for nothing else.`),
    "",
    renderColumns(rows),
    "",
    "Browsers: npm run trust -- --add, and --remove when it is to go again.",
    `curl:     curl --cacert ${file} https://localhost:4433/`,
    `Node:     export NODE_EXTRA_CA_CERTS=${file}`,
    "System, Debian and Ubuntu (as root; undone by the same without the file):",
    `          cp ${file} /usr/local/share/ca-certificates/auth0-stripe-actions.crt`,
    "          update-ca-certificates",
    "System, macOS: security add-trusted-cert -p ssl (remove-trusted-cert undoes it)",
    `          -k ~/Library/Keychains/login.keychain-db ${file}`,
    `System, Windows: certutil -user -addstore Root ${file}`,
    "          (-delstore undoes it)",
  ].join("\n");
}
