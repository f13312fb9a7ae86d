"use strict";
const { createRequire } = require("node:module");

/**
 * The Deploy CLI's own reading, in a process of its own: one message, one tenant file. Everything is its code but the client that
 * would ask a tenant. Of its schema only the sections in the file are compiled, which spares ten seconds a file.
 */
const requireOfCli = createRequire(require.resolve("auth0-deploy-cli"));
const schema = requireOfCli("./tools/auth0/schema").default;
const { default: YamlContext } = requireOfCli("./context/yaml");
const { load } = requireOfCli("js-yaml");
const { keywordReplace } = requireOfCli("./tools");
const fs = require("node:fs");
const all = { ...schema.properties };

/** A tenant that has nothing, for the one list that reading may ask for. */
const emptyTenant = { clients: { list: async () => ({ data: [], hasNextPage: () => false }) } };

process.on("message", ({ id, file, directory, mappings }) => {
  read(file, directory, mappings).then(
    (assets) => process.send({ id, assets }),
    (error) => process.send({ id, failure: String(error.message) }),
  );
});

async function read(file, directory, mappings) {
  const sections = listSections(file, mappings);
  for (const [name, whole] of Object.entries(all)) schema.properties[name] = sections.has(name) ? whole : {};
  const context = new YamlContext(
    { AUTH0_INPUT_FILE: file, AUTH0_BASE_PATH: directory, AUTH0_KEYWORD_REPLACE_MAPPINGS: mappings },
    emptyTenant,
  );
  await context.loadAssetsFromLocal();
  const { exclude: _exclude, include: _include, ...assets } = context.assets;
  return Object.fromEntries(Object.entries(assets).filter(([, value]) => value !== null && value !== undefined));
}

function listSections(file, mappings) {
  try {
    return new Set(Object.keys(load(keywordReplace(fs.readFileSync(file, "utf8"), mappings)) ?? {}));
  } catch {
    return new Set();
  }
}
