import { describeRecorded, type Row } from "../../../support/recorded.ts";

const DRAFT =
  "all_changes_deployed code created_at dependencies id name runtime secrets status supported_triggers updated_at";
const DEPLOYED = `${DRAFT} current_version deployed_version`;
const REQUESTED =
  "action code created_at dependencies deployed id number runtime secrets status supported_triggers updated_at";
const VERSION = `${REQUESTED} built_at`;
const BINDING = "action created_at display_name id trigger_id updated_at";
const MODULE =
  "actions_using_module_total all_changes_published code created_at dependencies id name secrets updated_at";
const MODULE_VERSION = "code created_at dependencies id module_id secrets version_number";
const ERROR = "statusCode error message";

const ACTION = {
  name: "act",
  code: "exports.onExecutePostLogin = async () => {};",
  dependencies: [],
  runtime: "node18",
  secrets: [],
  supported_triggers: [{ id: "post-login", version: "v2" }],
};

const ROWS: readonly Row[] = [
  { call: "GET /actions/actions?page=0&per_page=100", status: 200, envelope: ["per_page", "actions"] },
  { call: "POST /actions/actions", body: ACTION, keep: { id: "id" }, status: 201, envelope: "one", always: DRAFT },
  { call: "GET /actions/actions/{id}", status: 200, envelope: "one", always: DRAFT },
  {
    call: "POST /actions/actions/{id}/deploy",
    keep: { version: "id" },
    status: 200,
    envelope: "one",
    always: REQUESTED,
  },
  { call: "PATCH /actions/actions/{id}", body: ACTION, status: 200, envelope: "one", always: DEPLOYED },
  {
    call: "GET /actions/actions?page=0&per_page=100",
    status: 200,
    envelope: ["total", "per_page", "actions"],
    always: DEPLOYED,
  },
  {
    call: "GET /actions/actions/{id}/versions?per_page=50",
    status: 200,
    envelope: ["total", "per_page", "versions"],
    always: VERSION,
  },
  { call: "GET /actions/actions/{id}/versions/{version}", status: 200, envelope: "one", always: VERSION },
  { call: "POST /actions/actions/{id}/versions/{version}/deploy", status: 200, envelope: "one", always: REQUESTED },
  {
    call: "GET /actions/triggers",
    status: 200,
    envelope: ["triggers"],
    always: "binding_policy compatible_triggers default_runtime id runtimes status version",
  },
  {
    call: "GET /actions/triggers/post-login/bindings?page=0&per_page=50",
    status: 200,
    envelope: ["per_page", "bindings"],
  },
  {
    call: "PATCH /actions/triggers/post-login/bindings",
    body: { bindings: [{ ref: { type: "action_name", value: "act" }, display_name: "act" }] },
    status: 200,
    envelope: ["bindings"],
    always: BINDING,
  },
  {
    call: "GET /actions/triggers/post-login/bindings?page=0&per_page=50",
    status: 200,
    envelope: ["total", "per_page", "bindings"],
    always: BINDING,
  },
  { call: "DELETE /actions/actions/{id}", status: 409, envelope: "one", always: ERROR },
  { call: "DELETE /actions/actions/{id}?force=true", status: 204, envelope: "none" },
  { call: "GET /actions/actions/{id}", status: 404, envelope: "one", always: ERROR },
  { call: "GET /actions/executions/none", status: 404, envelope: "one", always: ERROR },
  { call: "GET /actions/modules?page=0&per_page=100", status: 200, envelope: ["total", "page", "per_page", "modules"] },
  {
    call: "POST /actions/modules",
    body: { name: "greeter", code: "module.exports = {};" },
    keep: { module: "id" },
    status: 201,
    envelope: "one",
    always: MODULE,
  },
  { call: "POST /actions/modules/{module}/versions", status: 200, envelope: "one", always: MODULE_VERSION },
  {
    call: "GET /actions/modules/{module}/versions?page=0&per_page=50",
    status: 200,
    envelope: ["total", "page", "per_page", "versions"],
    always: MODULE_VERSION,
  },
  {
    call: "GET /actions/modules/{module}",
    status: 200,
    envelope: "one",
    always: MODULE,
    sometimes: "latest_version latest_version_number",
  },
  { call: "DELETE /actions/modules/{module}", status: 204, envelope: "none" },
];

describeRecorded("Actions, as real tenants were recorded", ROWS, {
  actionBuilds: { pendingFor: 0, buildingFor: 0, retryingFor: 0, deployingFor: 0 },
});
