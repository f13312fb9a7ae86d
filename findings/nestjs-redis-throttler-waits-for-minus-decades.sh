#!/usr/bin/env bash
# @nestjs-redis/throttler-storage@1.0.0 with @nestjs/throttler@6.4.0 and ioredis-mock@8.13.1, Node 20.20.2, run 2026-12-01.
# Expected: a refused client is told the seconds until its block ends, as the storage in memory tells it.
# It does: from the milliseconds that are left it takes the seconds since 1970. Seen:
#   as stated: blocked for 60 s: in memory Retry-After 60; in Redis below -1700000000, at the second refusal too
# Why it matters: a client that reads the header waits for nothing and is refused again at once, for as long as the block lasts.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts --legacy-peer-deps \
  @nestjs-redis/throttler-storage@1.0.0 @nestjs/throttler@6.4.0 @nestjs/common@11.2.10 @nestjs/core@11.2.10 \
  @nestjs/platform-express@11.2.10 reflect-metadata@0.2.2 rxjs@7.8.2 ioredis@5.8.2 ioredis-mock@8.13.1
cat >check.cjs <<'EOF'
require("reflect-metadata");
const { createHash } = require("node:crypto");
const { Controller, Get, Module } = require("@nestjs/common");
const { APP_GUARD, NestFactory } = require("@nestjs/core");
const { RedisThrottlerStorage } = require("@nestjs-redis/throttler-storage");
const { ThrottlerGuard, ThrottlerModule } = require("@nestjs/throttler");
const Redis = require("ioredis-mock");

// The two calls of node-redis that the storage makes.
const redis = new Redis();
const scripts = new Map();
const client = {
  scriptLoad: async (script) => {
    const sha = createHash("sha1").update(script).digest("hex");
    scripts.set(sha, script);
    return sha;
  },
  evalSha: (sha, { keys, arguments: args }) => redis.eval(scripts.get(sha), keys.length, ...keys, ...args),
};
const refusals = async (storage) => {
  class Api {
    read() {
      return {};
    }
  }
  Get()(Api.prototype, "read", Object.getOwnPropertyDescriptor(Api.prototype, "read"));
  Controller()(Api);
  class App {}
  Module({
    imports: [ThrottlerModule.forRoot({ throttlers: [{ ttl: 60_000, limit: 1 }], storage })],
    controllers: [Api],
    providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
  })(App);
  const app = await NestFactory.create(App, { logger: false });
  await app.listen(0, "127.0.0.1");
  const { port } = app.getHttpServer().address();
  const answers = [];
  for (let n = 0; n < 3; n += 1) answers.push(await fetch(`http://127.0.0.1:${port}/`));
  await app.close();
  if (answers.map(({ status }) => status).join() !== "200,429,429") throw new Error("the limit is another");
  return answers.slice(1).map(({ headers }) => Number(headers.get("retry-after")));
};
(async () => {
  const [memory] = await refusals(undefined);
  const inRedis = await refusals(new RedisThrottlerStorage(client));
  const below = (value) => value < -1_700_000_000;
  const what = inRedis.every(below) ? "below -1700000000, at the second refusal too" : inRedis.join(" and ");
  const seen = `blocked for 60 s: in memory Retry-After ${memory}; in Redis ${what}`;
  const asStated = seen === "blocked for 60 s: in memory Retry-After 60; in Redis below -1700000000, at the second refusal too";
  console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
  process.exit(asStated ? 0 : 1);
})();
EOF
node check.cjs
