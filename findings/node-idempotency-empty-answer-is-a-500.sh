#!/usr/bin/env bash
# @node-idempotency/nestjs@1.0.4 with @node-idempotency/core@1.0.7, Node 20.20.2, run 2026-12-01.
# Expected: a request that is sent again with its key is given the answer of the first time, status and body.
# It does: an answer without a body is kept without one, which is read as an answer that was an error. The error that is not there is
# asked for its status, and the retry is a 500. Seen:
#   as stated: with a body: 201, again 201; without: 204, again 500; runs 2
# Why it matters: what a client retries after a lost answer, a cancellation or a deletion, succeeded and is reported as a failure.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts --legacy-peer-deps \
  @node-idempotency/nestjs@1.0.4 @nestjs/common@10.4.22 @nestjs/core@10.4.22 @nestjs/platform-express@10.4.22 \
  reflect-metadata@0.2.2 rxjs@7.8.2
cat >check.cjs <<'EOF'
require("reflect-metadata");
const { Controller, HttpCode, Module, Post } = require("@nestjs/common");
const { APP_INTERCEPTOR, NestFactory } = require("@nestjs/core");
const { NodeIdempotencyInterceptor, NodeIdempotencyModule } = require("@node-idempotency/nestjs");

let runs = 0;
class Subscriptions {
  create() {
    runs += 1;
    return { id: "sub_1" };
  }
  cancel() {
    runs += 1;
  }
}
const decorate = (name, ...decorators) => {
  const descriptor = Object.getOwnPropertyDescriptor(Subscriptions.prototype, name);
  for (const decorator of decorators) decorator(Subscriptions.prototype, name, descriptor);
};
decorate("create", Post("create"));
decorate("cancel", Post("cancel"), HttpCode(204));
Controller()(Subscriptions);
class App {}
Module({
  imports: [NodeIdempotencyModule.forRootAsync({ storage: { adapter: "memory" } })],
  controllers: [Subscriptions],
  providers: [{ provide: APP_INTERCEPTOR, useClass: NodeIdempotencyInterceptor }],
})(App);
(async () => {
  const app = await NestFactory.create(App, { logger: false });
  await app.listen(0, "127.0.0.1");
  const { port } = app.getHttpServer().address();
  const ask = async (path) => {
    const headers = { "idempotency-key": path };
    return (await fetch(`http://127.0.0.1:${port}/${path}`, { method: "POST", headers })).status;
  };
  const created = [await ask("create"), await ask("create")];
  const cancelled = [await ask("cancel"), await ask("cancel")];
  const seen = `with a body: ${created.join(", again ")}; without: ${cancelled.join(", again ")}; runs ${runs}`;
  const asStated = seen === "with a body: 201, again 201; without: 204, again 500; runs 2";
  console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
  process.exit(asStated ? 0 : 1);
})();
EOF
node check.cjs
