import type { HandedOverSpec } from "../handed-over/spec.ts";
import { scopesOf } from "../scopes.ts";

export const logStream = {
  type: "log-stream",
  section: "logStreams",
  created: { type: "CreateLogStreamRequestContent" },
  named: {
    "": {
      types: [/^(Create|Update)LogStreamRequestContent$/, /^LogStream\w+ResponseSchema$/],
      isClosed: true,
    },
  },
  identity: ["name"],
  fixed: ["type"],
  scopes: scopesOf("log_streams"),
  forgetsSecrets: true,
  writeOnly: [
    "sink.httpAuthorization",
    "sink.httpCustomHeaders.*.value",
    "sink.splunkToken",
    "sink.datadogApiKey",
    "sink.mixpanelServiceAccountPassword",
    "sink.segmentWriteKey",
    "sink.sumoSourceAddress",
  ],
  removal: {
    list: ({ logStreams }) => logStreams.list(),
    delete: ({ logStreams }, id) => logStreams.delete(id),
  },
} as const satisfies HandedOverSpec;
