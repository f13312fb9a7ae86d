/** Another process writes to this directory. */
export class MeteringLocked extends Error {
  override readonly name = "MeteringLocked";
  readonly code = "METERING_LOCKED";
}

/** The directory cannot be made, read or written: a full disk, a read-only one, somebody else's. */
export class MeteringDirectoryUnusable extends Error {
  override readonly name = "MeteringDirectoryUnusable";
  readonly code = "METERING_DIRECTORY_UNUSABLE";

  constructor(directory: string, cause: NodeJS.ErrnoException) {
    super(
      `Usage cannot be written to ${directory} (${describeFault(cause)}). Free some room there, give it to this process's user, ` +
        "or name another directory, on a disk that outlasts this process: METERING_DIRECTORY",
      { cause },
    );
  }
}

/** Whether it comes from the operating system, and not from a bug of ours. */
export function isFault(error: unknown): error is NodeJS.ErrnoException {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^E[A-Z0-9]+$/.test(code);
}

/** `ENOSPC`, `EACCES`: an operator needs no more, and a message could quote what was written. */
export function describeFault(error: unknown): string {
  if (isFault(error)) return String(error.code);
  return error instanceof Error ? error.name : "unknown";
}
