"use strict";
const { existsSync, readFileSync } = require("node:fs");
const { join, relative, sep } = require("node:path");
const { parse } = require("yaml");

/**
 * Jest's resolver: what the sources of an Action load is the version that tenant.yaml declares for it, as at Auth0, where the project's
 * own node_modules has another or none. What several Actions share is given the version that they agree on.
 */
module.exports = (request, options) =>
  options.defaultResolver(request, { ...options, basedir: chooseFolder(request, options) });

function chooseFolder(request, { basedir, rootDir = process.cwd() }) {
  const [area, folder] = relative(rootDir, basedir).split(sep);
  const name = /^(@[^/]+\/)?[^./@][^/]*/.exec(request)?.[0];
  if (area !== "actions" || folder === undefined || name === undefined || name.startsWith("node:")) return basedir;
  const versions = listDeclared(rootDir).filter((one) => one.name === name && [one.folder, "shared"].includes(folder));
  const [version, another] = new Set(versions.map((one) => one.version));
  if (version === undefined || another !== undefined) return basedir;
  if (readVersion(join(rootDir, "node_modules", name)) === version) return basedir;
  const own = join(rootDir, ".local/packages", `${name.replace("/", "+")}@${version}`);
  if (existsSync(join(own, "node_modules", name))) return own;
  throw new Error(
    `${name}@${version}, which tenant.yaml declares for actions/${folder}, is not on this machine. "npm run build" installs it.`,
  );
}

let declared;

function listDeclared(rootDir) {
  declared ??= parseTenant(rootDir).flatMap(({ code = "", dependencies }) =>
    (dependencies ?? []).map(({ name, version }) => ({ folder: /([^/]+)\.js$/.exec(code)?.[1], name, version })),
  );
  return declared;
}

/** Keywords may stand unquoted, which YAML does not take. */
function parseTenant(rootDir) {
  const text = readFileSync(join(rootDir, "tenant.yaml"), "utf8");
  return parse(text.replace(/(@@|##)(\w+)\1/g, "$2")).actions ?? [];
}

function readVersion(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
  } catch {
    return undefined;
  }
}
