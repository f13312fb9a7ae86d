import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

export interface BuiltImage {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly entrypoint: readonly string[];
  readonly user: number;
}

/**
 * Carries out a Containerfile's steps in a folder that stands for the image's root: no image can be pulled where tests run. Knows
 * what the one here says, and refuses everything else.
 *
 * @param context where its sources are copied from
 */
export async function buildInFolder(text: string, context: string, root: string): Promise<BuiltImage> {
  let directory = root;
  let user = 0;
  let entrypoint: readonly string[] = [];
  const environment: Record<string, string> = {};
  /** A path of the image. The node image has Node; everything else is made by the steps. */
  const place = (value: string): string => value.replaceAll(/(?<=^| |=)\/(?=app|var)/g, `${root}/`);
  for (const line of text.split("\n")) {
    const [, instruction = "", rest = ""] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (line === "" || line.startsWith("#") || ["FROM", "VOLUME", "EXPOSE", "STOPSIGNAL"].includes(instruction))
      continue;
    if (instruction === "WORKDIR") {
      directory = place(rest);
      mkdirSync(directory, { recursive: true });
    } else if (instruction === "COPY") copy(rest.split(" "), context, directory);
    else if (instruction === "RUN") await runAs(user, place(rest), directory);
    else if (instruction === "ENV") {
      const [name = "", ...value] = rest.split("=");
      environment[name] = place(value.join("="));
    } else if (instruction === "USER") user = Number(rest.split(":")[0]);
    else if (instruction === "ENTRYPOINT") entrypoint = JSON.parse(rest) as string[];
    else throw new Error(`Nothing is known here of ${line}`);
  }
  return { directory, environment, entrypoint, user };
}

/** Only root can be another user. */
async function runAs(user: number, command: string, directory: string): Promise<void> {
  await promisify(execFile)("sh", ["-c", command], {
    cwd: directory,
    env: { PATH: process.env.PATH, HOME: user === 0 ? directory : "/nonexistent" },
    ...(process.getuid?.() === 0 && user !== 0 && { uid: user, gid: user }),
  });
}

/** Into a folder, or one folder under its name. */
function copy(words: readonly string[], context: string, directory: string): void {
  const target = words.at(-1) ?? "";
  for (const source of words.slice(0, -1)) {
    const from = join(context, source);
    if (!existsSync(from)) throw new Error(`There is no ${from}`);
    cpSync(from, join(directory, target, target.endsWith("/") ? source : ""), { recursive: true });
  }
}
