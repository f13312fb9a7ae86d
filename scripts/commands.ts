import type { OptionValues } from "./terminal/options.ts";
import { ENV, ENV_AND_OVERLAY, ENVS, GEOIP, HOST, JSON_ALONE, OF_A_DEPLOY, YES } from "./terminal/shared-options.ts";
import type { Description } from "./terminal/usage.ts";

/** A command: its name is that of its script in package.json, and of its file, where a hyphen stands for a colon. */
export interface Command extends Description {
  /** Whether it makes a project of a folder that has no tenant.yaml yet. */
  readonly beginsProject?: true;
  /** What it does while it prints nothing for over a second, in one word: a terminal shows it. */
  readonly waiting?: string;
  /** Loads what does the work: only what is started is read. */
  readonly load: () => Promise<{ run(invocation: Invocation): Promise<number> }>;
}

/** What a command is started with. */
export interface Invocation<Name extends string = string> {
  readonly options: Name extends CommandName ? OptionValues<(typeof COMMANDS)[Name]["options"]> : object;
  /** Empty for a command that takes none. */
  readonly word: string;
  /** The project's folder. */
  readonly directory: string;
  readonly processEnv: NodeJS.ProcessEnv;
  /** All commands, by name. */
  readonly commands: ReadonlyMap<string, Description>;
}

/** What is loaded answers the exit code. */
type Loading<Name extends string> = Promise<{ run(invocation: Invocation<Name>): Promise<number> }>;

type CommandName = keyof typeof COMMANDS;

/** All commands, in the order in which they are listed. */
export const COMMANDS = {
  rehearse: {
    waiting: "rehearsing",
    summary: "see what logins do",
    about: `Starts a fresh tenant and a fresh Stripe account on this machine, builds, deploys as "npm run deploy" does, and
      prints what the tenant then holds. Then people sign up and log in there: for each it prints which Actions ran, which
      Stripe customer they have and what their token says, all of it compared with what must be. It needs no credentials: the
      values are those of .env.example. Rows of your own are files of rehearsal/ (docs/actions.md). Nothing is left running.`,
    options: {
      host: HOST,
      json: {
        help: 'print one line of JSON ({"rows":[{"name":...,"ok":true,...}]}) and nothing else, with npm run --silent',
      },
    },
    notes: "Exits 0 when every row is right, 1 when one is not, 2 on wrong use.",
    load: (): Loading<"rehearse"> => import("./rehearse.ts"),
  },
  local: {
    summary: "keep a tenant and a Stripe running",
    about: `Starts a tenant and a Stripe account on this machine and keeps them running until Ctrl-C. What is deployed to the
      tenant, its users and Stripe's customers are kept for the next start, and so are the credentials. The tenant's log goes
      to standard error.`,
    options: {
      port: {
        takes: "<number>",
        help: "listen there instead of 4433, or on LOCAL_TENANT_PORT, and for Stripe on the next one; 0 takes any free ports",
      },
      directory: {
        takes: "<path>",
        help: "keep keys and state there instead of .local/, for a second tenant beside the first",
      },
      fresh: { help: "forget what was deployed, users and customers; the credentials become new ones" },
      host: HOST,
      geoip: GEOIP,
      json: {
        help: `print one line of JSON and nothing else: domain, clientId, clientSecret, caFile, verifyEmailUrl, and stripe
          with url and secretKey`,
      },
    },
    notes: "Exits 0 when stopped, 1 when the port is taken or the tenant already runs, 2 on wrong use.",
    load: (): Loading<"local"> => import("./local.ts"),
  },
  dev: {
    summary: "change an Action and see what a login does now",
    about: `Starts a tenant and a Stripe account on this machine, deploys tenant.yaml and the Actions, makes what stripe.json
      names, and starts the authorizer with the billing portal and its receiver of webhooks, and examples/spa with an API that is billed. Then it
      watches actions/, tenant.yaml, routes.yaml and stripe.json: what is saved is live in about a tenth of a second, the last login
      is tried with it, types and the Action's tests follow. What does not build leaves live what was. Prints each login as it
      happens. Ctrl-C ends all of it; what tenant and Stripe hold is kept.`,
    options: {
      port: {
        takes: "<number>",
        help: "the tenant listens there instead of 4433, and Stripe on the next one; 0 takes any free ports",
      },
      directory: { takes: "<path>", help: "keep keys and state there instead of .local/" },
      fresh: { help: "forget what was deployed, users, customers and usage" },
      host: HOST,
      inspect: { help: "let a debugger stop Actions: it prints where; nothing runs out of time then" },
      geoip: GEOIP,
      json: {
        help: `print lines of JSON: one with the addresses (tenantUrl, pageUrl, ...) once all is there, and one with at and
          text for all that happens`,
      },
    },
    notes: `SPA_URL and AUTHORIZER_PORT in the process's environment move the page (3000) and the authorizer (4455). Exits 0 when
      stopped, 1 when a port is taken or the first deploy fails, 2 on wrong use.`,
    load: (): Loading<"dev"> => import("./dev.ts"),
  },
  trust: {
    summary: "have browsers trust the local tenant",
    about: `Says which browsers and programs on this machine trust the certificates of the local tenant, and how the others come
      to. With --add, Chromium and Firefox do, by certutil (Debian: libnss3-tools). The authority vouches for localhost,
      127.0.0.1 and ::1 alone, for 90 days.`,
    options: {
      add: { help: "have the browsers of this person trust it" },
      remove: { help: "take it out of these browsers again" },
      directory: { takes: "<path>", help: "where the tenant's keys are instead of .local/" },
      json: JSON_ALONE,
    },
    notes: "Exits 0 when it could look, and change what it was told to; 1 when not; 2 on wrong use.",
    load: (): Loading<"trust"> => import("./trust.ts"),
  },
  example: {
    summary: "log in yourself",
    about: `Serves examples/spa at SPA_URL: log in at the tenant in the environment, see what the access token says, and call
      a small API that accepts exactly that tenant's tokens. Deploy first; or name any tenant and its single-page application
      by AUTH0_DOMAIN and SPA_CLIENT_ID. Nothing costs money here, whatever stripe.json says.`,
    options: { env: ENV_AND_OVERLAY, json: { help: "print one line of JSON (url) and nothing else" } },
    notes: "Exits 0 when stopped, 1 when the port is taken, 2 when the tenant or the application does not fit.",
    load: (): Loading<"example"> => import("./example.ts"),
  },
  build: {
    waiting: "building",
    summary: "bundle and check",
    about: `Bundles every Action of tenant.yaml to dist/actions/<name>.js and checks the tenant file and the bundles against
      what Auth0 accepts.`,
    options: {
      env: ENV_AND_OVERLAY,
      json: { help: "print one line of JSON instead of the table" },
    },
    notes: "Exits 0 when all is built, 1 when something is refused (then dist/ stays as it was), 2 on wrong use.",
    load: (): Loading<"build"> => import("./build.ts"),
  },
  new: {
    summary: "begin an Action of your own",
    about: `Makes the folder of an Action with a handler that lets everybody pass, a test for it, its entry in tenant.yaml and its
      place at the end of its trigger's flow. What tenant.yaml has already stays as it is. docs/actions.md leads through it.`,
    word: { form: "<Action's name>", missing: "Name one Action." },
    options: { trigger: { takes: "<name>", help: "when it runs; post-login without it" }, json: JSON_ALONE },
    notes: "Exits 0 when it is made, 2 when the name or the trigger cannot be used: then nothing was written.",
    load: (): Loading<"new"> => import("./new.ts"),
  },
  adopt: {
    beginsProject: true,
    waiting: "reading",
    summary: "take over a tenant that is there already",
    about: `Reads a tenant, or an export of the Deploy CLI, and writes what is in it into this project: tenant.yaml, or what
      tenant.yaml does not have yet; the code of Actions, byte for byte; pages, scripts and templates; names of variables for
      secrets. Then a plan has nothing to do. Sends nothing but reads, and overwrites no entry. docs/adopt.md leads through it.`,
    options: {
      env: { takes: "<name>", help: "read the tenant of environments/<name>.env, and write names of variables there" },
      overlay: {
        help: "leave tenant.yaml as it is, and write what this tenant has differently into environments/<name>.yaml",
      },
      from: { takes: "<path>", help: "adopt an export of a0deploy instead, in either of its formats" },
      only: { takes: "<section,...>", help: "these sections of tenant.yaml alone" },
      except: { takes: "<section,...>", help: "all sections but these" },
      force: { help: "overwrite files that are there with another content" },
      json: JSON_ALONE,
    },
    notes: `Exits 0 when what could be read is in the project, also when something was left out, which the report says; 2 on
      wrong use, or where a file is in the way; 1 when something failed. Then nothing was written.`,
    load: (): Loading<"adopt"> => import("./adopt.ts"),
  },
  scopes: {
    waiting: "asking",
    summary: "know what the deploying client must be allowed",
    about: `Lists the scopes of the Management API that a client needs to deploy this tenant.yaml, and no others. With
      credentials in the environment it also says which of them the client has; without, it needs no tenant.`,
    options: {
      env: ENV_AND_OVERLAY,
      "plan-only": { help: "what npm run plan and npm run status need: a client that only reads" },
      "allow-delete": { takes: "<type>:<name>", multiple: true, help: "what deleting this needs as well" },
      json: JSON_ALONE,
    },
    notes: "Exits 0 when nothing is missing or nobody was asked about, 2 when the client lacks a scope.",
    load: (): Loading<"scopes"> => import("./scopes.ts"),
  },
  plan: {
    waiting: "planning",
    summary: "know what a deploy would change",
    about: `Builds, reads the tenant and prints what a deploy would change, field by field; sends nothing but reads.`,
    options: {
      env: ENVS,
      all: { help: "plan all of environments/" },
      json: { help: "print the plan as JSON, and nothing else (docs/deploy.md says its form)" },
      "allow-delete": { takes: "<type>:<name>", multiple: true, help: "plan the deletion of exactly this" },
      ...OF_A_DEPLOY,
    },
    notes: `Exits 0 when there is nothing to do, 10 when there are changes, 2 on wrong use or configuration, 1 when something
      failed; of several environments as the worst of them would, in this order.`,
    load: (): Loading<"plan"> => import("./plan.ts"),
  },
  deploy: {
    waiting: "deploying",
    summary: "make the tenant what tenant.yaml says",
    about: `Builds the Actions, plans, writes what differs from tenant.yaml to the tenant in the environment, and checks what
      is live afterwards; if that is not right, what was live before comes back. AUTH0_DOMAIN, AUTH0_CLIENT_ID,
      AUTH0_CLIENT_SECRET and the keywords of tenant.yaml come from .env, from environments/<name>.env and from the process's
      environment; later wins.`,
    options: {
      env: { ...ENVS, help: `${ENVS.help}; of several one after the other` },
      wave: {
        takes: "<name>,...",
        multiple: true,
        help: "deploy to these at once; the next wave begins when all of this one went right",
      },
      yes: { help: "do not ask before a change to a tenant that is not marked as development" },
      json: { help: "of several: print the table as JSON on standard output, all else on standard error" },
      "allow-delete": {
        takes: "<type>:<name>",
        multiple: true,
        help: "delete exactly this, after unbinding it; nothing else is ever deleted",
      },
      ...OF_A_DEPLOY,
    },
    notes: `Exits 0 when what is live is what tenant.yaml says, 1 when something failed, 2 on wrong use or when a variable, a
      key or a scope is not as it must be: then nothing was sent.

      Several environments are all planned before the first is written to, and none is where one cannot be planned. After the
      first that fails no other is begun; a table says what became of each, and the same command again completes it. Exits as
      the worst of them would: 0, 2, 130, 1.`,
    load: (): Loading<"deploy"> => import("./deploy.ts"),
  },
  status: {
    waiting: "reading",
    summary: "see what is live",
    about: `Says what is live: of every Action its place in the flow, version, age, size and digest of its code, whether that
      is this checkout's, and its secrets' names and dates. Sends nothing but reads.`,
    options: { env: ENV_AND_OVERLAY, json: JSON_ALONE },
    notes: "Exits 0 when it could look, whatever it saw; 1 when the tenant does not answer, 2 on wrong use.",
    load: (): Loading<"status"> => import("./status.ts"),
  },
  why: {
    waiting: "reading",
    summary: "know why a login was denied",
    about: `Says why a login was denied: the entry in the tenant's log, the Actions that ran, how long each took, what it
      printed, and where its code threw. Of a user it shows the newest failed logins, with --all those that succeeded, too.
      Email addresses of others, keys and tokens are not shown. Sends nothing but reads; the client needs read:logs and read:actions.`,
    word: {
      form: "<email | phone number | user id | log id>",
      missing: "Say whose login, or which entry.",
    },
    options: {
      all: { help: "show logins of a user that succeeded, too" },
      limit: { takes: "<number>", help: "this many logins of a user, up to 50; 3 without it" },
      env: ENV_AND_OVERLAY,
      json: JSON_ALONE,
    },
    notes: "Exits 0 also when no login failed, 1 when there is no such entry, 2 on wrong use or without the scope.",
    load: (): Loading<"why"> => import("./why.ts"),
  },
  rollback: {
    waiting: "rolling back",
    summary: "roll back",
    about: `Puts an earlier version of an Action live again; without --action, of all Actions of the newest deploy. Auth0
      makes a new version with the old content. Bindings, roles and the rest of the tenant stay as they are.`,
    options: {
      action: { takes: "<name>", help: "only this one" },
      to: { takes: "<version>", help: "this version of it; without it the last one that ran other code" },
      env: ENV_AND_OVERLAY,
      yes: YES,
      json: { help: "print what is live now as JSON; what is asked goes to standard error" },
    },
    notes: "Exits 0 when the old code is what runs, 1 when something failed, 2 on wrong use.",
    load: (): Loading<"rollback"> => import("./rollback.ts"),
  },
  unbind: {
    waiting: "unbinding",
    summary: "take one Action out, now",
    about: `Takes one Action out of the login flow at once: no question, no build, one write. The Action itself stays, the
      others run on in their order, and the next deploy binds it again unless tenant.yaml no longer does.`,
    word: { form: "<Action's name>", missing: "Name one Action." },
    options: { env: ENV_AND_OVERLAY, json: JSON_ALONE },
    notes: "Exits 0 when it is out, 1 when a flow could not be read or written, 2 on wrong use.",
    load: (): Loading<"unbind"> => import("./unbind.ts"),
  },
  gateways: {
    summary: "configure gateways",
    about: `Makes a folder for each gateway from tenant.yaml, routes.yaml, stripe.json and the environment: what to copy to
      where the gateway runs. The same input makes the same files. docs/gateways.md says which gateway can do what.`,
    options: {
      env: ENV_AND_OVERLAY,
      out: { takes: "<directory>", help: "write there instead of dist/gateways" },
      json: { help: "print one line of JSON instead of the summary" },
    },
    notes: `Reads AUTH0_DOMAIN (or AUTH0_ISSUER), API_IDENTIFIER, AUTHORIZER_URL (http://127.0.0.1:4455), GATEWAY_PORT (8080),
      GATEWAY_RATE_LIMIT (requests a minute and subject, 300), GATEWAY_SCOPE_CLAIM (scope, permissions), GATEWAY_PAID_SCOPES
      (authorizer, token), GATEWAY_CA_FILE.

      Exits 0 when all is written, 2 when the input does not fit together; then nothing is written.`,
    load: (): Loading<"gateways"> => import("./gateways.ts"),
  },
  authorizer: {
    summary: "answer what gateways ask",
    about: `Starts the forward-auth service: proxies ask it whether to let a request through (/authorize for Traefik, Caddy
      and KrakenD, /auth-request for NGINX, /ext-authz/ for Envoy). It decides by routes.yaml and stripe.json, and counts
      metered requests. Also there: /healthz, /readyz, /metrics. docs/gateways.md says how to set it up.`,
    options: { env: ENV, json: { help: "print one line of JSON (url) and nothing else" } },
    notes: `Reads AUTH0_DOMAIN (or AUTH0_ISSUER), API_IDENTIFIER, STRIPE_GATEWAY_KEY, AUTHORIZER_PORT (4455). With
      STRIPE_WEBHOOK_SECRET it receives Stripe's webhooks on /webhooks/stripe, and with WEBHOOK_CLIENT_ID and
      WEBHOOK_CLIENT_SECRET it writes what is paid to app_metadata, for require-subscription. With PORTAL_CLIENT_ID and
      PORTAL_CLIENT_SECRET it serves the page of VERIFY_EMAIL_URL, and with STRIPE_PORTAL_KEY the billing portal of
      PORTAL_URL (docs/billing-portal.md). With AUTH0_EVENTS_TOKEN it hears from Auth0's event stream on /webhooks/auth0
      of users who change or are deleted.

      Exits 0 when stopped by SIGTERM or SIGINT, 1 when the port or the journal is taken or cannot be written, 2 on wrong
      configuration. A supervisor starts "node scripts/run.mjs authorizer": npm does not hand signals on.`,
    load: (): Loading<"authorizer"> => import("./authorizer.ts"),
  },
  metering: {
    summary: "see what is billed, send it again",
    about: `Looks into the directory in which the authorizer counts usage, also while it runs. status: what is counted and not
      sent yet, what could not be billed, who writes. dead-letters: each event that could not be billed, and why. resend: shows
      which of them can be sent again so that nothing counts twice, looks at Stripe's meters where that takes it, asks, and
      sends them.`,
    word: {
      form: "<status | dead-letters | resend>",
      choices: ["status", "dead-letters", "resend"],
      missing: "Say status, dead-letters or resend.",
    },
    options: { env: ENV, yes: YES, json: JSON_ALONE },
    notes: `Reads METERING_DIRECTORY (.local/metering); resend also STRIPE_GATEWAY_KEY, which must be allowed to read meters
      where an event has to be looked for, and STRIPE_API_URL.

      Exits 0 when it is shown, or when all is billed now, 1 when something is not, 2 on wrong use.`,
    load: (): Loading<"metering"> => import("./metering.ts"),
  },
  package: {
    waiting: "packing",
    summary: "pack the middlewares for an API",
    about: `Builds the Express and Fastify middlewares, the authorizer and the receiver of webhooks as a package with types, in
      dist/package, and packs it into a file that "npm install <file>" takes. Prints its size and what it brings along.
      docs/gateways.md says how an API uses it.`,
    options: { json: { help: "print one line of JSON (file, size, unpackedSize, files, dependencies)" } },
    notes: "Sizes are in bytes in the JSON. Exits 0 when it is packed, 2 on wrong use.",
    load: (): Loading<"package"> => import("./package.ts"),
  },
  "stripe:catalogue": {
    waiting: "comparing",
    summary: "make products, prices, meters",
    about: `Compares Stripe's products, prices and meters with the paid scopes in stripe.json and prints what is missing; with
      --apply it is made. Nothing is ever deleted or archived, and a second run has nothing to do. Then prints the restricted
      keys to make, with links that fill in the dashboard's form, and the events that the receiver of webhooks takes. With
      --webhooks the endpoint and the event destination that send them are made too; their signing secrets go to a file that
      only you can read.`,
    options: {
      env: ENV,
      apply: { help: "make what is missing; asks first where the key is a live one" },
      yes: YES,
      webhooks: {
        takes: "<address>",
        help: "of your gateway: https://api.example.com; Stripe is to send events there",
      },
      json: { help: "print one line of JSON and nothing else" },
    },
    notes: `Reads STRIPE_CATALOGUE_KEY, and STRIPE_API_URL where Stripe is not api.stripe.com.

      Exits 0 when there is nothing (more) to do, 10 when there is, 2 on wrong use or configuration, 1 when something failed.`,
    load: (): Loading<"stripe:catalogue"> => import("./stripe-catalogue.ts"),
  },
  backfill: {
    waiting: "planning",
    summary: "give users from before a Stripe customer",
    about: `Plans which Stripe customers the users would get who are from before sync-stripe-customer went live, by the rules that it
      goes by at a login; with --apply they get them. Who needs a person is listed: without a verified email, blocked, or with
      somebody else's customer. The same command goes on where an earlier one was ended. docs/backfill.md leads through it.`,
    options: {
      env: ENV_AND_OVERLAY,
      from: {
        takes: "<path>",
        help: "the users of this export (NDJSON, also gzip) instead of one that the tenant makes",
      },
      apply: { help: "make and link customers; asks first where the key is a live one" },
      "auth0-rate": { takes: "<number>", help: "requests a second to Auth0; 10 without it" },
      "stripe-rate": { takes: "<number>", help: "requests a second to Stripe; 20 without it" },
      yes: YES,
      json: JSON_ALONE,
    },
    notes: `Reads WEBHOOK_CLIENT_ID and WEBHOOK_CLIENT_SECRET, and the settings of sync-stripe-customer in tenant.yaml.

      Exits 0 when there is nothing (more) to do, 10 when there is, 2 on wrong use or configuration, 1 when something failed or
      could not be settled: then run it again.`,
    load: (): Loading<"backfill"> => import("./backfill.ts"),
  },
  "tenant-schema": {
    summary: "take over a new Deploy CLI or auth0",
    about: `Writes scripts/tenant/schema/*.json anew from the installed packages: what auth0-deploy-cli checks of a tenant
      file, and the names and types of the fields that the auth0 package declares. Run it after an update of either.`,
    options: {
      check: { help: "write nothing, and exit 1 when a file is not as it would be written" },
      json: { help: "print one line of JSON (stale: the files that were not as they would be written)" },
    },
    notes: "Exits 0 when the files are as they would be written, 1 with --check when not, 2 on wrong use.",
    load: (): Loading<"tenant-schema"> => import("./tenant-schema.ts"),
  },
  "test:gateways": {
    summary: "try the configuration on real gateways",
    about: `Puts one table of tokens and requests to the real gateways, with the configuration that npm run gateways makes for
      them. Installs what is missing: nginx, caddy, prometheus and systemd from Debian (as root), Express Gateway from npm, KrakenD built with Go
      1.25 or later and kept in the user's cache (KRAKEND names one that is there already). What cannot be had is skipped, and
      said.`,
    options: {
      "require-all": { help: "what is skipped fails the run; so does CI=true" },
      without: {
        takes: "<gateway>",
        multiple: true,
        help: `leave this one out: its skip does not fail the run. For krakend, whose Go modules cannot be had everywhere`,
      },
      update: { help: "write the table into docs/gateways.md" },
    },
    notes: "Exits 0 when every gateway that ran is right, 1 when one is not, 2 on wrong use.",
    load: (): Loading<"test:gateways"> => import("./test-gateways.ts"),
  },
  doctor: {
    waiting: "looking",
    summary: "find what keeps a command from working here",
    about: `Looks at Node, the ports, tenant.yaml and the certificate, then asks the tenant in the environment whether it lets
      the client in, what time it is and what it allows, and Stripe what the Actions' key may do. Each thing that is wrong
      comes with what to do. Sends nothing but reads; without credentials no tenant is asked.`,
    options: { env: ENV_AND_OVERLAY, json: JSON_ALONE },
    notes: "Exits 0 when nothing is wrong, 1 when something is, 2 on wrong use.",
    load: (): Loading<"doctor"> => import("./doctor.ts"),
  },
  completion: {
    summary: "complete commands and options in your shell",
    about: `Prints a script that completes the commands of auth0-stripe-actions, also behind npx, their options and the names of
      environments. In bash: source <(npx auth0-stripe-actions completion bash), in ~/.bashrc for good. In zsh the same, after
      compinit. In fish: npx auth0-stripe-actions completion fish | source.`,
    word: {
      form: "<bash | zsh | fish>",
      choices: ["bash", "zsh", "fish"],
      missing: "Name one shell: bash, zsh or fish.",
    },
    options: {},
    notes: "Exits 0 when it is printed, 2 on wrong use.",
    load: (): Loading<"completion"> => import("./completion.ts"),
  },
} satisfies Readonly<Record<string, Command>>;
