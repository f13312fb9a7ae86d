/** What examples may name. */
export const EXAMPLE_FILES: Readonly<Record<string, string>> = {
  "databases/login.js": "function login(email, password, callback) {\n  callback(null, { email });\n}\n",
  "databases/keywords.js":
    "const a = \"##A##\";\nconst b = '@@B@@';\nconst c = @@C@@;\n// '@@B@@ ##NOT HERE## @@password@@\n",
  "connections/mail.html": "<p>##NAME##</p>\n",
  "flows/f.json": '{ "id": "##NAME##", "body": "left out", "actions": [##NUMBER##, "@@C@@", @@C@@] }\n',
  "clients/till.html": "<p>Till</p>\n",
  "actions/a.js": "exports.onExecutePostLogin = async () => {};\n",
};
