import { AsyncLocalStorage } from "node:async_hooks";

/**
 * Before each file of tests: switches off the storages that the file before it used. jest-circus 30 makes an AsyncLocalStorage a
 * file and leaves it on, and Node tells each storage that is on of each promise: late in a worker's life a promise would cost many
 * times what it costs in the first file.
 */
interface Watch {
  readonly run: typeof AsyncLocalStorage.prototype.run;
  readonly used: Set<AsyncLocalStorage<unknown>>;
}

const KEY = Symbol.for("storages that a file of tests used");
const prototype: typeof AsyncLocalStorage.prototype & { [KEY]?: Watch } = AsyncLocalStorage.prototype;

const { run, used: left } = prototype[KEY] ?? { run: prototype.run, used: [] };
for (const storage of left) storage.disable();

const used: Watch["used"] = new Set();
prototype[KEY] = { run, used };
// Made anew for each file, or the first one's modules would stay in memory for it.
prototype.run = function (this: AsyncLocalStorage<unknown>, ...args: Parameters<Watch["run"]>) {
  used.add(this);
  return Reflect.apply(run, this, args);
} as Watch["run"];
