/** A browser that is logged in. Times in milliseconds since the epoch. */
export interface Session {
  /** `sid` in an id token: public. The cookie also holds a secret, of which only the digest is kept. */
  readonly id: string;
  readonly secret_digest: string;
  readonly user_id: string;
  readonly created_at: number;
  readonly updated_at: number;
  /** When the user last proved who they are: `auth_time`. */
  readonly authenticated_at: number;
  readonly last_interacted_at: number;
  readonly expires_at: number;
  readonly idle_expires_at: number;
  /** Ids of the clients that logged in with it. */
  readonly clients: readonly string[];
  readonly cookie_mode: "persistent" | "non-persistent";
  readonly device: SessionDevice;
  readonly authentication_methods: readonly { readonly name: string; readonly at: number }[];
  /** Name of the connection that the user came by. */
  readonly connection: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface SessionDevice {
  readonly initial_ip: string;
  readonly initial_user_agent: string;
  readonly last_ip: string;
  readonly last_user_agent: string;
}
