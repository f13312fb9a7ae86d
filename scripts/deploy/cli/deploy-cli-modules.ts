/** What of the Deploy CLI is used below its command line (8.44). */
interface Context {
  readonly mgmtClient: unknown;
  readonly assets: Sections;
  loadAssetsFromLocal(options: { readonly disableKeywordReplacement: boolean }): Promise<void>;
  dump(): Promise<void>;
}

export interface ContextModule {
  setupContext(config: Config, command: "import" | "export"): Promise<Context>;
}

/** A handler reads and writes one section. */
interface Handler {
  readonly type: string;
  load(): Promise<Sections>;
}

/** What an export begins with. */
export interface Loader {
  readonly handlers: readonly Handler[];
  assets: Sections;
}

export interface ReadingTools {
  readonly Auth0: { readonly prototype: object };
}

export type Sections = Readonly<Record<string, unknown>>;
export type Config = Readonly<Record<string, unknown>>;
