/** Something tried to leave this machine. */
export class HostNotMappedError extends Error {
  override readonly name = "HostNotMappedError";
  readonly code = "HOST_NOT_MAPPED";
  /** Host and port, or what else was asked for. */
  readonly target: string;

  constructor(target: string) {
    super(`No connection to ${target}: only hosts mapped to this machine can be reached here.`);
    this.target = target;
  }
}
