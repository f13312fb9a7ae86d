/** Something tried to leave this machine. */
export class HostNotMappedError extends Error {
  override readonly name = "HostNotMappedError";
  readonly code = "HOST_NOT_MAPPED";
  /** Host and port, or what else was asked for. */
  readonly target: string;
  /** What to do about it, for the server's log. */
  readonly hint: string;

  constructor(target: string) {
    super(`No connection to ${target}: only hosts mapped to this machine can be reached here.`);
    this.target = target;
    this.hint = `${target} is not on this machine; --host ${target.replace(/:443$/, "")}=http://localhost:PORT leads it to a server that is`;
  }
}
