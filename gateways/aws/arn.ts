/** `arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/path` */
export interface MethodArn {
  /** Up to and with the stage. */
  readonly stage: string;
  readonly method: string;
  /** As the client sent it, with its slash in front. */
  readonly path: string;
}

export function parseMethodArn(arn: string): MethodArn | undefined {
  const match = /^(arn:aws[a-z-]*:execute-api:[^:/]*:[^:/]*:[^:/]+\/[^/]+)\/([A-Z]+)(?:\/(.*))?$/s.exec(arn);
  const [, stage, method, rest = ""] = match ?? [];
  return stage === undefined || method === undefined ? undefined : { stage, method, path: `/${rest}` };
}

/**
 * The resource of a policy for exactly this request. In a policy `*` stands for anything and `?` for any character, and there
 * is no way to write one that stands for itself: undefined for a path that has them, plain.
 */
export function exactResource({ stage, method, path }: MethodArn): string | undefined {
  return /[*?$]/.test(path) ? undefined : `${stage}/${method}${path}`;
}
