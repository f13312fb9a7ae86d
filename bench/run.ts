import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * `npm run bench -- [name] [arguments]`: one benchmark, or all of them, each in a process of its own. A benchmark is a file
 * beside this one; it exports `run`, which prints a table and fulfils with whether every target was met. Exits 1 if not.
 */
interface Benchmark {
  readonly run?: (args: readonly string[]) => Promise<boolean>;
}

/** Minutes long, and about right or wrong rather than fast: npm run soak, npm run soak:payers. */
const OTHERS = ["run", "soak", "soak-payers"];

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -".ts".length))
  .filter((name) => !OTHERS.includes(name));
const [name, ...args] = process.argv.slice(2);

if (name === undefined) {
  for (const each of names) {
    console.log(`\n${each}\n${"=".repeat(each.length)}\n`);
    if ((await runApart(each)) !== 0) process.exitCode = 1;
  }
} else if (names.includes(name)) {
  process.argv.splice(2, 1);
  const { run }: Benchmark = await import(`./${name}.ts`);
  if (run !== undefined && !(await run(args))) process.exitCode = 1;
} else {
  console.error(`There is no benchmark "${name}". There are: ${names.join(", ")}`);
  process.exitCode = 2;
}

async function runApart(each: string): Promise<number> {
  const file = join(import.meta.dirname, "run.ts");
  const child = spawn(process.execPath, [...process.execArgv, file, each], { stdio: "inherit" });
  const [code] = (await once(child, "close")) as [number | null];
  return code ?? 1;
}
