// usage: node --experimental-websocket stop-in-action.mjs <debugger's address>
// Attaches to the process of the Actions as an editor does, prints "attached", waits until one of its threads stops at a breakpoint, prints
// where, with the value of an expression there, as JSON, and lets it go on. Node 20 has its WebSocket behind that option.
const [, , address, expression] = process.argv;
const [target] = await (await fetch(`http://${address}/json/list`)).json();
const socket = new WebSocket(target.webSocketDebuggerUrl);
const answers = new Map();
/** By script: what a debugger lists it as. */
const urls = new Map();
let lastId = 0;

function send(method, params = {}) {
  lastId += 1;
  socket.send(JSON.stringify({ id: lastId, method, params }));
}
/** To a thread, by way of the process that it is in. */
function sendToThread(sessionId, method, params = {}) {
  lastId += 1;
  const id = lastId;
  send("NodeWorker.sendMessageToWorker", { sessionId, message: JSON.stringify({ id, method, params }) });
  return new Promise((resolve) => answers.set(id, resolve));
}

socket.addEventListener("open", () => send("NodeWorker.enable", { waitForDebuggerOnStart: false }));
socket.addEventListener("message", async ({ data }) => {
  const { method, params, result } = JSON.parse(data);
  if (result !== undefined && lastId === 1) console.log("attached");
  if (method === "NodeWorker.attachedToWorker") await sendToThread(params.sessionId, "Debugger.enable");
  if (method !== "NodeWorker.receivedMessageFromWorker") return;
  const said = JSON.parse(params.message);
  answers.get(said.id)?.(said.result);
  if (said.method === "Debugger.scriptParsed") urls.set(said.params.scriptId, said.params.url);
  if (said.method !== "Debugger.paused") return;
  const [frame] = said.params.callFrames;
  const { callFrameId, functionName, location } = frame;
  const seen = await sendToThread(params.sessionId, "Debugger.evaluateOnCallFrame", { callFrameId, expression });
  console.log(JSON.stringify({ functionName, url: urls.get(location.scriptId), value: seen.result.value }));
  await sendToThread(params.sessionId, "Debugger.resume");
  socket.close();
});
