// The Deploy CLI's own import, in a process of its own, since its configuration is global. What it checks and sends is its
// own; only what takes time is taken out: the schemas of kinds that are not in the file, its pace of 8 requests a second, and
// its waits of two seconds for Auth0's backend. Run as: node plain-import.cjs; one import a message, each answered before
// the next is sent.
const { createRequire } = require("node:module");
const { join } = require("node:path");

const requireOfCli = createRequire(require.resolve("auth0-deploy-cli"));
const pools = requireOfCli("promise-pool-executor");
const { PromisePoolExecutor } = pools;
pools.PromisePoolExecutor = class extends PromisePoolExecutor {
  constructor({ frequencyLimit, ...options }) {
    super(options);
  }
};
requireOfCli("auth0-deploy-cli/lib/tools/utils").sleep = () => new Promise((resolve) => setTimeout(resolve, 20));
const schema = requireOfCli("auth0-deploy-cli/lib/tools/auth0/schema").default;
const { deploy } = requireOfCli("auth0-deploy-cli");

process.on("message", (request) => {
  run(request).then(
    () => process.send({ isImported: true }),
    (error) => process.send({ isImported: false, message: String(error.message ?? error) }),
  );
});

async function run({ directory, domain, clientId, clientSecret, keywords, types }) {
  for (const type of Object.keys(schema.properties)) {
    if (!types.includes(type) && type !== "exclude" && type !== "include") schema.properties[type] = {};
  }
  await deploy({
    input_file: join(directory, "tenant.yaml"),
    base_path: directory,
    config: {
      AUTH0_DOMAIN: domain,
      AUTH0_CLIENT_ID: clientId,
      AUTH0_CLIENT_SECRET: clientSecret,
      AUTH0_KEYWORD_REPLACE_MAPPINGS: keywords,
      AUTH0_INCLUDED_ONLY: types,
      AUTH0_ALLOW_DELETE: false,
    },
    env: false,
  });
}
